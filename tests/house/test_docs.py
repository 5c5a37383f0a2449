# SPDX-License-Identifier: Apache-2.0
"""The documents do not lie: settings, commands and paths are what they say."""

import re
from pathlib import Path

import pytest

from firstflight.cli.main import COMMANDS
from tests.house import source

READ = re.compile(
    r"(?:environ(?:\.get\(|\.setdefault\(|\[)|_switch\(|_number\()\s*[\"']([A-Z][A-Z0-9_]+)[\"']"
)
# Set by the platform for its own parts, or by Python's and Django's own rules.
NOT_FOR_PEOPLE = {"AUTHLIB_INSECURE_TRANSPORT", "DJANGO_SETTINGS_MODULE", "FIRSTFLIGHT_PARENT"}
NOT_FOR_PEOPLE |= {"PATH"}
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \|", re.MULTILINE)
NAMED_PATH = re.compile(
    r"[`(]((?:src|band|tests|docs|tools|bench|requirements|\.ci)/[^`)\s#*…<{]*)"
)
DOCUMENTS = [
    path
    for path in [*source.ROOT.glob("*.md"), *source.ROOT.glob("docs/**/*.md")]
    if path.name != "CHANGELOG.md"
]


def test_settings_are_documented_and_documented_settings_exist() -> None:
    files = [path for path in source.product_files() if "firstflight" in path.parts]
    read = {name for path in files for name in READ.findall(path.read_text())}
    documented = set(ROW.findall((source.ROOT / "docs" / "settings.md").read_text()))
    assert read - NOT_FOR_PEOPLE == documented


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_commands_are_documented(command: str) -> None:
    assert f"`firstflight {command}" in (source.ROOT / "docs" / "commands.md").read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=source.name)
def test_paths_named_in_documents_exist(document: Path) -> None:
    named = {path.rstrip("/.,") for path in NAMED_PATH.findall(document.read_text())}
    missing = {
        path
        for path in named
        if not (source.ROOT / path).exists() and not (document.parent / path).exists()
    }
    assert missing == set()
