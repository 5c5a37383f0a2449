# SPDX-License-Identifier: Apache-2.0
"""Recordings of acceleration in files: CSV with the columns t, x, y, z (seconds, g), .gz or not.

The heading may name the columns in any order and hold others; without one the first four columns
are meant. Rows that cannot be read are left out and counted. Rows are read a block at a time.
"""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wena.activity.errors import BadRate, BadRecording
from wena.activity.settings import MIN_RATE

COLUMNS = ("t", "x", "y", "z")
MAX_RATE = 1_000
BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Recording:
    """Rows of (time, x, y, z), shape (n, 4), and how many rows of the file were left out."""

    samples: NDArray[np.float64]
    skipped: int


def read_recording(path: Path) -> Recording:
    """Read a recording; raises BadRecording, or BadRate when steps cannot be told at its rate."""
    blocks: list[NDArray[np.float64]] = []
    skipped = 0
    try:
        with _open(path) as text:
            head = text.readline()
            places = _places(head)
            if _is_number(head.split(",")[0]):
                text = io.StringIO(head + text.read())
            for lines in _blocks(text):
                rows, bad = _rows(lines, places)
                blocks.append(rows)
                skipped += bad
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadRecording(f"{path} cannot be read: {error}") from error
    samples = np.concatenate(blocks) if blocks else np.empty((0, 4))
    if len(samples) < 2:
        raise BadRecording(f"{path} has no rows of t, x, y, z (seconds and g).")
    _check_rate(samples[:, 0])
    return Recording(samples, skipped)


def _open(path: Path) -> io.TextIOBase:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _places(head: str) -> list[int]:
    names = [name.strip().strip('"').lower() for name in head.split(",")]
    if all(name in names for name in COLUMNS):
        return [names.index(name) for name in COLUMNS]
    if len(names) >= 4 and _is_number(names[0]):
        return [0, 1, 2, 3]
    raise BadRecording(f"The first line must name the columns t, x, y, z; it says: {head[:60]!r}")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _blocks(text: io.TextIOBase) -> Iterator[list[str]]:
    while lines := text.readlines(BLOCK * 32):
        yield lines


def _rows(lines: list[str], places: list[int]) -> tuple[NDArray[np.float64], int]:
    try:
        rows = np.loadtxt(lines, delimiter=",", usecols=places, ndmin=2, comments=None)
    except (ValueError, IndexError):
        rows = _rows_one_by_one(lines, places)
    good = np.isfinite(rows).all(axis=1)
    return rows[good], sum(1 for line in lines if line.strip()) - int(good.sum())


def _rows_one_by_one(lines: list[str], places: list[int]) -> NDArray[np.float64]:
    found = []
    for row in csv.reader(lines):
        try:
            found.append([float(row[place]) for place in places])
        except (ValueError, IndexError):
            continue
    return np.array(found, dtype=np.float64).reshape(-1, 4)


def _check_rate(times: NDArray[np.float64]) -> None:
    steps = np.diff(times)
    steps = steps[steps > 0]
    if not len(steps):
        raise BadRecording("The times in column t do not rise.")
    rate = 1 / float(np.median(steps))
    if not MIN_RATE <= rate <= MAX_RATE * 1.1:
        raise BadRate(f"This recording has about {rate:.3g} samples a second. {BadRate.__doc__}")
