# SPDX-License-Identifier: Apache-2.0
"""The source files that the tests of the house look at."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("src", "band/src", "band/tests", "tests", "tools", "bench")


def files() -> list[Path]:
    """Every Python file that people write: migrations apart, which Django writes."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def product_files() -> list[Path]:
    """Those of the two packages."""
    return [path for path in files() if "src" in path.relative_to(ROOT).parts[:2]]


def name(path: Path) -> str:
    """The path as a reader knows it."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text(), filename=str(path))
