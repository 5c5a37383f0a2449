# SPDX-License-Identifier: Apache-2.0
"""The command line teaches: what there is, with examples."""

import pytest

from firstflight.cli.main import COMMANDS, main


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_help_names_every_command_and_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "--help")
    assert all(name in text for name in COMMANDS)
    assert "examples:" in text


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_teaches_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "examples:" in shown(capsys, name, "--help")


def test_an_unknown_command_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["fly"])
    assert ended.value.code == 2
    assert "demo" in capsys.readouterr().err
