# SPDX-License-Identifier: Apache-2.0
"""The companion's documentation cannot lie: its examples run, and it leaves no command out."""

import argparse
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wena.cli import main
from wena.commands import companion
from wena.companion.home import Home
from wena.companion.settings_file import Kept, save_kept
from wena.companion.simulated_log import SimulatedLog
from wena.companion.store import Store
from wena.companion.verbs.set_choices import CHOICES
from wena.wena3.settings import Settings
from wena.wena3.switches import NotificationSwitches

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "companion.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", REFERENCE, re.MULTILINE | re.DOTALL)
EXAMPLES = [line for block in BLOCKS for line in block.splitlines()]
CALENDAR = re.search(r"^```json\n(.*?)^```", REFERENCE, re.MULTILINE | re.DOTALL)
SERVES_FOR_EVER = "companion web"
INLINE = [
    (path.name, command)
    for path in sorted(DOCS.glob("owners.*.md"))
    for command in re.findall(
        r"^(wena companion .*)$|`(wena companion [^`]*)`", path.read_text("utf-8"), re.MULTILINE
    )
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A folder with a month of a log, appointments beside it, alerts and calendar on."""
    monkeypatch.chdir(tmp_path)
    assert CALENDAR is not None
    (tmp_path / "appointments.json").write_text(CALENDAR[1], encoding="utf-8")
    home = Home(tmp_path / "strap")
    home.make()
    with Store(home.log) as store:
        for block in SimulatedLog(datetime(2026, 3, 3, tzinfo=UTC), UTC, days=1).blocks_since({}):
            store.put(block)
    switches = NotificationSwitches(notifications=True, calendar=True)
    save_kept(home.settings, Kept(Settings(notification_switches=switches)))
    return home


@pytest.mark.parametrize("line", [line for line in EXAMPLES if SERVES_FOR_EVER not in line])
def test_an_example_of_the_reference_runs(home: Home, line: str) -> None:
    name, *words = shlex.split(line)
    assert name == "wena"
    assert words[-1] == "--simulate"
    assert main([*words, "--data", str(home.folder)]) == 0


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser()
    companion.add_arguments(whole)
    return whole


@pytest.mark.parametrize(("document", "command"), INLINE)
def test_a_command_of_the_owners_pages_is_understood(
    document: str, command: tuple[str, str]
) -> None:
    """Given what is printed on the page, when typed in, then it is a command or its help."""
    words = shlex.split(command[0] or command[1])[2:]
    if words[-1] == "--help":
        with pytest.raises(SystemExit, match=r"^0$"):
            parser().parse_args(words)
    else:
        parser().parse_args(words)


def test_no_verb_and_no_setting_is_left_out() -> None:
    for verb in companion.VERBS:
        assert any(line.startswith(f"wena companion {verb}") for line in EXAMPLES), verb
    for thing in CHOICES:
        assert any(line.startswith(f"wena companion set {thing}") for line in EXAMPLES), thing


def test_the_owners_pages_tell_the_same_in_both_languages() -> None:
    """Given a command on one page, then it is on the other too."""
    told = {
        page: {command[0] or command[1] for name, command in INLINE if name == page}
        for page in ("owners.en.md", "owners.ja.md")
    }
    assert told["owners.en.md"] == told["owners.ja.md"]
