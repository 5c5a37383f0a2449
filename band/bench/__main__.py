# SPDX-License-Identifier: Apache-2.0
"""Measure the strap's software: `make bench`, or `python -m bench wallet` for one part.

Each file `bench_*.py` beside this one has a function `run() -> list[dict]`; each dictionary is a
row of the table. The rows are kept in `results/latest.json`, which is not under version control.
"""

import importlib
import json
import platform
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "latest.json"


def main(wanted: list[str]) -> int:
    """Run the parts named, or all; returns the exit status."""
    found = {path.stem.removeprefix("bench_"): path.stem for path in HERE.glob("bench_*.py")}
    if unknown := set(wanted) - set(found):
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(sorted(found))}.")
        return 2
    parts: dict[str, list[dict[str, Any]]] = {}
    for part in wanted or sorted(found):
        parts[part] = importlib.import_module(f"{__package__}.{found[part]}").run()
        print(f"\n{part}")
        print(table(parts[part]))
    RESULTS.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.platform()}
    RESULTS.write_text(json.dumps({**machine, "parts": parts}, indent=2) + "\n")
    return 0


def table(rows: list[dict[str, Any]]) -> str:
    """The rows under their keys, in columns."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [columns, *([_cell(row.get(key)) for key in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = (
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True))
        for line in cells
    )
    return "\n".join(f"  {line}".rstrip() for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
