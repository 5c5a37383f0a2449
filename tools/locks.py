# SPDX-License-Identifier: Apache-2.0
"""Writes requirements/*.txt anew from the two pyproject.toml files: `make locks`.

`runtime.txt` is what `make setup` installs; `develop.txt` holds the same versions and what tests
and checks need besides. Both name packages and hashes only, so that any index serves them.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = ["pyproject.toml", "band/pyproject.toml"]
OPTIONS = [
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    "--no-config",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make locks",
    "--quiet",
]


def compile_lock(name: str, *arguments: str) -> None:
    """Resolve into requirements/`name`; what stands there already is kept where it can be."""
    plain = {
        k: v for k, v in os.environ.items() if not k.startswith(("UV_INDEX", "UV_FIND", "PIP_"))
    }
    target = f"--output-file=requirements/{name}"
    command = [sys.executable, "-m", "uv", "pip", "compile", *PROJECTS, *OPTIONS, target]
    subprocess.run([*command, *arguments], check=True, cwd=ROOT, env=plain)


def main() -> None:
    """Runtime first; the larger one may not contradict it."""
    upgrade = sys.argv[1:]  # for instance --upgrade, or --upgrade-package=django
    compile_lock("runtime.txt", "--group=build", *upgrade)
    compile_lock(
        "develop.txt",
        "--group=build",
        "--group=test",
        "--group=check",
        "--extra=test",
        "--constraint=requirements/runtime.txt",
        *upgrade,
    )


if __name__ == "__main__":
    main()
