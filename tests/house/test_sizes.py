# SPDX-License-Identifier: Apache-2.0
"""Projects rot in the tail: no long file, no long function."""

import ast
import statistics

from tests.house import source

LONGEST_FILE = 400
MEDIAN_FILE = 100
LONGEST_FUNCTION = 50


def test_no_file_is_long() -> None:
    lengths = {source.name(path): len(path.read_text().splitlines()) for path in source.files()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_most_files_are_short() -> None:
    lengths = [len(path.read_text().splitlines()) for path in source.product_files()]
    assert statistics.median(n for n in lengths if n) < MEDIAN_FILE


def test_no_function_is_long() -> None:
    long = {
        f"{source.name(path)}: {node.name}": length
        for path in source.files()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}
