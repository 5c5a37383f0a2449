# SPDX-License-Identifier: Apache-2.0
"""Makes the environment in .venv: `make setup` runs it as `environment.py runtime`.

Needs nothing but a Python's standard library, and says in one sentence what is missing. An older
Python still reads it, and can then say that it is too old, or hand over to a newer one.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
NEWER = ["python3.11", "python3.12", "python3.13", "python3.14"]


def say(line):
    """Print one line at once, even into a pipe."""
    print(line, flush=True)


def fail(sentence):
    """Stop, with one sentence that says what to install."""
    sys.exit("\n" + sentence)


def digest(lock):
    """What the environment depends on; the environment is made anew when it changes."""
    parts = [ROOT / "pyproject.toml", ROOT / "band" / "pyproject.toml", lock, Path(__file__)]
    whole = hashlib.sha256(str(ROOT).encode())
    for part in parts:
        whole.update(part.read_bytes())
    return whole.hexdigest()


def find_python():
    """A Python that is new enough: this one, or another on PATH."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in NEWER:
        found = shutil.which(name)
        if found:
            return found
    return fail(
        "Python 3.11 or newer is needed, and this is "
        f"{sys.version_info[0]}.{sys.version_info[1]}: install it "
        "(Debian 12: apt-get install python3 python3-venv)."
    )


def make_venv(uv):
    """An empty environment, unless there is a working one that was made for this very folder."""
    place = VENV / ".made-for"
    here = place.exists() and place.read_text() == str(VENV)
    if here and subprocess.run([str(PYTHON), "-c", ""], check=False).returncode == 0:
        return
    say("Making the environment in .venv …")
    create_venv(uv, find_python())
    place.write_text(str(VENV))


def create_venv(uv, python):
    """Make it, by uv or by Python's own module; what was there before goes."""
    if uv:
        shutil.rmtree(str(VENV), ignore_errors=True)
        subprocess.run([uv, "venv", "--quiet", "--seed", "--python", python, str(VENV)], check=True)
        return
    answer = subprocess.run(
        [python, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        if "ensurepip" in answer.stdout + answer.stderr or "No module" in answer.stderr:
            fail("Python's venv module is missing: apt-get install python3-venv")
        fail("The environment could not be made: " + (answer.stderr or answer.stdout).strip())


def install(uv, *arguments):
    """Install by uv where it is there, by pip otherwise; both check every hash."""
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON), *arguments]
        if subprocess.run(command, check=False).returncode:
            fail("Installing failed; the lines above say why.")
        return
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=str(ROOT)
    )
    follow(process)


def follow(process):
    """Show how far pip is, without its chatter; all of it if it fails."""
    lines = []
    count = 0
    for line in process.stdout:
        lines.append(line)
        if line.startswith(("Collecting", "Requirement already satisfied")):
            count += 1
            name = line.split("==")[0].replace("Requirement already satisfied:", "").split()[-1]
            if sys.stdout.isatty():
                print(f"\r\033[K  {count} packages … {name}", end="", flush=True)
            elif count % 25 == 0:
                say(f"  {count} packages …")
        elif line.startswith("Installing collected"):
            say(("\r\033[K" if sys.stdout.isatty() else "") + "  unpacking …")
    if process.wait():
        sys.stdout.write("".join(line for line in lines if "Requirement already" not in line))
        fail("Installing failed; the lines above say why (is the package index reachable?).")


def main():
    """Bring .venv to what requirements/NAME.txt says; at once if it is there already."""
    name = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    lock = ROOT / "requirements" / (name + ".txt")
    stamp = VENV / (".installed-" + name)
    wanted = digest(lock)
    if not (stamp.exists() and stamp.read_text() == wanted):
        uv = shutil.which("uv")
        make_venv(uv)
        say(f"Installing what requirements/{name}.txt locks (about a minute) …")
        install(uv, "--require-hashes", "--requirement", str(lock))
        packages = ["--editable", str(ROOT), "--editable", str(ROOT / "band")]
        install(uv, "--no-deps", "--no-build-isolation", *packages)
        stamp.write_text(wanted)
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    command = [str(VENV / "bin" / "firstflight"), "messages", "compile"]
    subprocess.run(command, check=True, cwd=str(ROOT), env=environment)


if __name__ == "__main__":
    main()
