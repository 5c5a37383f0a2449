# SPDX-License-Identifier: Apache-2.0
"""Habits that keep the house readable: names, first lines, and what is not done here."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import source

FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "services"}
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|H[A]CK)\b")
LICENCE = "# SPDX-License-Identifier: Apache-2.0"


def offenders(holds: Callable[[Path], bool], files: list[Path]) -> list[str]:
    return [source.name(path) for path in files if not holds(path)]


def test_no_file_is_named_for_nothing() -> None:
    assert offenders(lambda path: path.stem not in FORBIDDEN_NAMES, source.files()) == []


def test_packages_begin_empty() -> None:
    packages = [path for path in source.files() if path.name == "__init__.py"]
    assert offenders(lambda path: path.read_text() == "", packages) == []


def test_files_begin_with_licence_and_purpose() -> None:
    written = [path for path in source.files() if path.name != "__init__.py"]
    assert offenders(lambda path: path.read_text().startswith(LICENCE), written) == []
    assert offenders(lambda path: bool(ast.get_docstring(source.tree(path))), written) == []


def test_nothing_is_left_unfinished() -> None:
    assert offenders(lambda path: not UNFINISHED.search(path.read_text()), source.files()) == []


def test_no_money_moves_behind_a_signal() -> None:
    def without_signals(path: Path) -> bool:
        return not re.search(r"django\.dispatch|models\.signals|@receiver", path.read_text())

    assert offenders(without_signals, source.product_files()) == []


def test_models_do_not_act_when_saved() -> None:
    def without_save(path: Path) -> bool:
        return not any(
            isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
            for node in ast.walk(source.tree(path))
        )

    models = [path for path in source.product_files() if "models" in path.as_posix()]
    assert offenders(without_save, models) == []


@pytest.mark.parametrize("package", ["pledges", "payments", "campaigns", "ledger", "fulfilment"])
def test_only_the_clock_knows_the_time(package: str) -> None:
    def asks_the_clock(path: Path) -> bool:
        return not re.search(r"timezone\.now\(|datetime\.now\(|time\.time\(", path.read_text())

    inside = [
        path
        for path in source.product_files()
        if f"firstflight/{package}/" in path.as_posix() and "fake_stripe" not in path.parts
    ]
    assert offenders(asks_the_clock, inside) == []
