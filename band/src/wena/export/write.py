# SPDX-License-Identifier: Apache-2.0
"""Write an activity log to files: whole or not at all, readable by the owner alone."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wena.activity.records import ActivityLog
from wena.export.errors import CannotWrite, NothingToExport, UnknownFormat
from wena.export.fit import fit_file
from wena.export.open_mhealth import data_points
from wena.export.source import LAST_TIME, Source, is_empty, within
from wena.export.tables import tables

FORMATS = ("fit", "csv", "json")


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, and how many records no file of that format can hold."""

    files: tuple[Path, ...]
    left_out: int


def write_export(log: ActivityLog, source: Source, format: str, path: Path) -> Exported:
    """Write `log` to `path` as `fit`, `csv` or `json` (Open mHealth).

    CSV tables other than the minutes lie beside `path`: `NAME-behaviour.csv`, `NAME-vo2max.csv`.
    Existing files are replaced. Raises NothingToExport, UnknownFormat, CannotWrite; then no file
    of that name has changed.
    """
    if format not in FORMATS:
        raise UnknownFormat
    log, left_out = within(log, 0, LAST_TIME)
    if is_empty(log):
        raise NothingToExport
    contents: dict[Path, Iterable[bytes]] = {}
    if format == "fit":
        content, more = fit_file(log, source)
        left_out += more
        contents[path] = [content]
    elif format == "json":
        contents[path] = _json(log, source)
    else:
        for name, lines in tables(log, source).items():
            place = path if name == "minutes" else path.with_stem(f"{path.stem}-{name}")
            contents[place] = (line.encode() for line in lines)
    for place, content_of in contents.items():
        _replace(place, content_of)
    return Exported(tuple(contents), left_out)


def _json(log: ActivityLog, source: Source) -> Iterator[bytes]:
    before = b"["
    for point in data_points(log, source):
        yield before + b"\n" + json.dumps(point, ensure_ascii=False).encode()
        before = b","
    yield b"\n]\n" if before == b"," else b"[]\n"


def _replace(path: Path, content: Iterable[bytes]) -> None:
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            for piece in content:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        if temporary:
            with suppress(FileNotFoundError):
                Path(temporary).unlink()
