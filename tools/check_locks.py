# SPDX-License-Identifier: Apache-2.0
"""Checks that the locks name packages and hashes only, and hold what the projects ask for."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^[a-z0-9._-]+==[^ ]+( ;[^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def faults(lock: Path) -> list[str]:
    """One line for each line of the lock that is neither a pin, a hash nor a remark."""
    found = []
    for number, line in enumerate(lock.read_text().splitlines(), start=1):
        remark = line.lstrip().startswith("#") and "://" not in line
        if line and not (remark or PINNED.match(line) or HASH.match(line)):
            found.append(f"{lock.name}:{number}: neither a pin nor a hash: {line}")
    return found


def missing(lock: Path, project: Path) -> list[str]:
    """One line for each direct requirement of a project that the lock does not pin."""
    wanted = tomllib.loads(project.read_text())["project"].get("dependencies", [])
    names = {re.split(r"[\[<>=~ ;]", requirement)[0].lower() for requirement in wanted}
    pinned = {line.split("==")[0] for line in lock.read_text().splitlines() if "==" in line}
    return [f"{lock.name}: {name} is not locked: make locks" for name in sorted(names - pinned)]


def main() -> int:
    """Print the faults; status 1 if there are any."""
    found = []
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        found += faults(lock)
        for project in (ROOT / "pyproject.toml", ROOT / "band" / "pyproject.toml"):
            found += missing(lock, project)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
