# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL for this project alone: started in a folder, stopped by whoever leaves last.

    python -m firstflight.config.embedded_postgres start --data var/dev-postgres   # prints the URL
    python -m firstflight.config.embedded_postgres stop --data var/dev-postgres

In Python: `with running(Path("var/postgres")) as url: ...`; as many processes as like may do so at
once. The server listens on a socket in its own folder and nowhere else; only the person who
started it gets in (`peer`), so there is no password to keep. Durability is PostgreSQL's default.

Owns the cluster's folder, its start and its stop. Which programs run, and under which account when
root asks, is `postgres_programs`. Knows nothing of Django.
"""

import argparse
import fcntl
import os
import pwd
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from firstflight.config import postgres_programs
from firstflight.config.postgres_programs import PostgresUnavailable, Programs

NAME = "firstflight"
SUPERUSER = "postgres"
# The kernel's limit for the path of a socket is 107 bytes; PostgreSQL adds "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 90
START_SECONDS = 60.0

Progress = Callable[[str], None]


def _silent(line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Server:
    """One cluster: `home` holds the data, the log, the locks and usually the socket."""

    home: Path
    programs: Programs

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    def socket_folder(self) -> Path | None:
        """Where the server listens now; None when there is no server to speak to."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return None
        return Path(lines[4]) if len(lines) > 4 and lines[4] else None

    def url(self, role: str = NAME, database: str = NAME) -> str:
        """The address of a running server, as DATABASE_URL takes it."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder()), safe='')}"

    def answers(self) -> bool:
        """Whether this very cluster can be spoken to."""
        if self.socket_folder() is None:
            return False
        try:
            with psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.cluster


def ensure_running(data: Path, progress: Progress = _silent) -> str:
    """Start the server of `data` unless it runs, leave it running, and return its URL.

    Raises:
        PostgresUnavailable: it cannot be started; the message says what to do.
    """
    server = _server(data)
    with _lock(server.home / "lock"):
        _start(server, progress)
        (server.home / "keep").touch()
    return server.url()


def stop(data: Path) -> None:
    """Stop the server of `data`, whoever uses it; nothing happens if none runs."""
    server = _server(data)
    with _lock(server.home / "lock"):
        (server.home / "keep").unlink(missing_ok=True)
        _stop(server)


@contextmanager
def running(data: Path, *, throwaway: bool = False, progress: Progress = _silent) -> Iterator[str]:
    """Have the server of `data` run for as long as the block lasts, and yield its URL.

    The last of all processes to leave stops the server, unless `ensure_running` had asked for it
    to stay. A process that was killed counts as gone. With `throwaway` the data goes too.

    Raises:
        PostgresUnavailable: it cannot be started; the message says what to do.
    """
    server = _server(data)
    with (server.home / "users").open("w") as users:
        with _lock(server.home / "lock"):
            if throwaway and _is_last(users) and not server.answers():
                shutil.rmtree(server.cluster, ignore_errors=True)
            fcntl.flock(users, fcntl.LOCK_SH)
            _start(server, progress)
        try:
            yield server.url()
        finally:
            with _lock(server.home / "lock"):
                if _is_last(users) and not (server.home / "keep").exists():
                    _stop(server)
                    if throwaway:
                        shutil.rmtree(server.cluster, ignore_errors=True)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the file's lock: the kernel gives it back even if this process is killed."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _server(data: Path) -> Server:
    """The server of `data`, which is made if need be.

    Root's account has no way into, say, a private home. Then `data/location` names a folder that
    was made for it elsewhere.
    """
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    if os.geteuid():
        return Server(_own(data), postgres_programs.find())
    note = data / "location"
    if note.exists():
        home = Path(note.read_text().strip())
        return Server(home, postgres_programs.find(home.stat().st_uid))
    programs = postgres_programs.find(data.stat().st_uid)
    if _usable(data, programs):
        return Server(data, programs)
    shared = postgres_programs.shared_folder()
    home = Path(tempfile.mkdtemp(dir=shared, prefix=f"{data.name}-"))
    if not _usable(home, programs):
        raise PostgresUnavailable(
            f"PostgreSQL must not run as root, and another account cannot use {home}: "
            "run this as an ordinary user, or set DATABASE_URL."
        )
    note.write_text(f"{home}\n")
    return Server(home, programs)


def _own(data: Path) -> Path:
    try:
        data.chmod(0o700)
    except PermissionError:
        raise PostgresUnavailable(
            f"The database in {data} was made by another account: go on as that account, "
            "or set DATABASE_URL."
        ) from None
    return data


def _usable(folder: Path, programs: Programs) -> bool:
    """Give an empty folder of ours to the account, and back if it cannot be reached by it."""
    account = programs.account
    if account is None or folder.stat().st_uid == account.uid:
        return True
    before = folder.stat()
    if any(folder.iterdir()):
        return False
    try:
        os.chown(folder, account.uid, account.gid)
        folder.chmod(0o700)
        entered = postgres_programs.run_as(account, ["/bin/sh", "-c", 'cd "$0"', str(folder)])
    except OSError:
        return False
    if entered.returncode == 0:
        return True
    os.chown(folder, before.st_uid, before.st_gid)
    folder.chmod(before.st_mode & 0o7777)
    return False


def _start(server: Server, progress: Progress) -> None:
    if server.answers():
        return
    fresh = not (server.cluster / "PG_VERSION").exists()
    person = _person()
    progress("Preparing the database…" if fresh else "Starting the database…")
    if fresh:
        _create_cluster(server)
    _check_version(server)
    _write_access_rules(server, person)
    _launch(server)
    _create_database(server)


def _create_cluster(server: Server) -> None:
    shutil.rmtree(server.cluster, ignore_errors=True)
    # The built-in provider sorts alike on every machine; before 17 it did not exist.
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if server.programs.major() >= 17
        else ["--locale=C.UTF-8"]
    )
    answer = server.programs.run(
        "initdb",
        f"--pgdata={server.cluster}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--auth=reject",
        *locale,
    )
    if answer.returncode:
        shutil.rmtree(server.cluster, ignore_errors=True)
        raise PostgresUnavailable(f"PostgreSQL could not make its data folder: {answer.stderr}")


def _check_version(server: Server) -> None:
    written = int((server.cluster / "PG_VERSION").read_text())
    here = server.programs.major()
    if written != here:
        raise PostgresUnavailable(
            f"The data in {server.cluster} belongs to PostgreSQL {written}, and this is {here}: "
            f"install version {written}, or move the folder away to begin with an empty one."
        )


def _write_access_rules(server: Server, person: str) -> None:
    """Let in the person who starts the server, over the socket, and nobody else."""
    rules = {
        "pg_hba.conf": "local all all peer map=starter\n",
        "pg_ident.conf": f'starter "{person}" {SUPERUSER}\nstarter "{person}" {NAME}\n',
    }
    for name, text in rules.items():
        (server.cluster / name).write_text(text)


def _person() -> str:
    """Whose socket connections are let in: the kernel's word counts, not the environment's."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise PostgresUnavailable(
            f"PostgreSQL needs an account with a name, and number {os.geteuid()} has none on this "
            "machine: run this as another account, or set DATABASE_URL."
        ) from None


def _socket_folder(server: Server) -> Path:
    home = str(server.home)
    if len(os.fsencode(home)) <= LONGEST_SOCKET_FOLDER and "," not in home:
        return server.home
    folder = Path(tempfile.mkdtemp(prefix="firstflight-"))
    if server.programs.account is not None:
        os.chown(folder, server.programs.account.uid, server.programs.account.gid)
    return folder


def _launch(server: Server) -> None:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(_socket_folder(server)),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    lines = (
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items()
    )
    (server.cluster / "postgresql.auto.conf").write_text("".join(lines))
    log = server.home / "log"
    deadline = time.monotonic() + START_SECONDS
    while True:
        _forget_dead_postmaster(server)
        answer = server.programs.run(
            "pg_ctl", "start", "--wait", f"--pgdata={server.cluster}", f"--log={log}"
        )
        if answer.returncode == 0 and server.answers():
            return
        # After a kill -9 the orphans of the last server take a moment to notice and go.
        if time.monotonic() > deadline or "still in use" not in _tail(log):
            raise PostgresUnavailable(f"PostgreSQL did not start; {log} says:\n{_tail(log)}")
        time.sleep(0.2)


def _tail(log: Path) -> str:
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    return "(nothing)"


def _forget_dead_postmaster(server: Server) -> None:
    """Remove the notes of a killed server whose process number is not that of a PostgreSQL.

    PostgreSQL sees for itself when the number is free. It refuses to start when the number was
    given to another program meanwhile, or when nobody has collected the dead process yet.
    """
    folder = server.socket_folder() or server.home
    for note in (server.cluster / "postmaster.pid", folder / ".s.PGSQL.5432.lock"):
        with suppress(OSError, ValueError, IndexError):
            pid = int(note.read_text().split()[0])
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if not words[0].endswith(b"postgres") or os.fsencode(server.cluster) not in words:
                note.unlink()


def _create_database(server: Server) -> None:
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone()
        if found is None:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(NAME))
            )
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [NAME]
        ).fetchone()
        if found is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(NAME))
            )


def _stop(server: Server) -> None:
    folder = server.socket_folder()
    if folder is None:
        return
    server.programs.run("pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={server.cluster}")
    if folder != server.home:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Start or stop a server from a shell."""
    parser = argparse.ArgumentParser(description="A PostgreSQL in a folder of this project.")
    parser.add_argument("verb", choices=["start", "stop"])
    parser.add_argument("--data", type=Path, default=Path("var/postgres"), metavar="FOLDER")
    arguments = parser.parse_args()
    try:
        if arguments.verb == "start":
            print(ensure_running(arguments.data, lambda line: print(line, file=sys.stderr)))
        else:
            stop(arguments.data)
    except PostgresUnavailable as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
