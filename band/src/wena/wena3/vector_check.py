# SPDX-License-Identifier: Apache-2.0
"""Check this implementation against byte vectors recorded elsewhere.

An entry agrees when the careful reading or the source reading reproduces it. Entries that only the
source reading reproduces are counted apart: there ours differs by choice.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wena.wena3.errors import OutOfRange, Wena3Error
from wena.wena3.reading import Reading
from wena.wena3.vector_packets import encode_fields, known_names
from wena.wena3.vector_parsers import PARSERS, parse_values


class BadVectorFile(Wena3Error):
    """This is not a file of byte vectors."""

    code = "bad_vector_file"


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that neither reading reproduces."""

    index: int
    expected: str
    got: str
    note: str


@dataclass(slots=True)
class Tally:
    """The outcome for one packet or parser."""

    name: str
    is_parser: bool
    total: int = 0
    careful: int = 0
    by_choice: int = 0
    marked: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def agree(self) -> int:
        """Entries reproduced by either reading."""
        return self.careful + self.by_choice


def read_vectors(path: Path) -> list[dict[str, Any]]:
    """The entries of a file. Raises BadVectorFile, which says what is wrong and where."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadVectorFile(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise BadVectorFile(f"{path} is not JSON: {error}.") from error
    if not isinstance(entries, list):
        raise BadVectorFile(f"{path} should hold a JSON array of entries.")
    for index, entry in enumerate(entries):
        fault = _fault_of(entry)
        if fault:
            raise BadVectorFile(f"{path}, entry {index}: {fault}")
    return entries


def check_vectors(entries: Sequence[dict[str, Any]]) -> list[Tally]:
    """One tally for each packet and parser, in order of appearance."""
    tallies: dict[str, Tally] = {}
    for index, entry in enumerate(entries):
        name = entry.get("packet") or entry["parser"]
        tally = tallies.setdefault(name, Tally(name, "parser" in entry))
        tally.total += 1
        tally.marked += bool(entry.get("quirk"))
        expected, careful = _expected(entry), _reproduce(entry, Reading.CAREFUL)
        if careful == expected:
            tally.careful += 1
        elif _reproduce(entry, Reading.SOURCE) == expected:
            tally.by_choice += 1
        else:
            tally.differences.append(
                Difference(index, _shown(expected), _shown(careful), entry.get("note", ""))
            )
    return list(tallies.values())


def _fault_of(entry: object) -> str:
    if not isinstance(entry, dict):
        return "an object was expected."
    name = entry.get("packet", entry.get("parser"))
    if not isinstance(name, str):
        return "it names neither a packet nor a parser."
    if not isinstance(entry.get("hex"), str):
        return "it has no `hex`."
    try:
        _values(entry["hex"])
    except ValueError:
        return "its `hex` is not hexadecimal."
    part, kind = ("input", dict) if "packet" in entry else ("samples", list)
    if not isinstance(entry.get(part), kind):
        return f"it has no `{part}`."
    return ""


def _values(text: str) -> list[bytes]:
    return [bytes.fromhex(group) for group in text.split(" ")]


def _expected(entry: dict[str, Any]) -> str | list[dict[str, Any]]:
    if "packet" in entry:
        return b"".join(_values(entry["hex"])).hex()
    samples: list[dict[str, Any]] = entry["samples"]
    return samples


def _reproduce(entry: dict[str, Any], reading: Reading) -> str | list[dict[str, Any]]:
    try:
        if "packet" in entry:
            return encode_fields(entry["packet"], entry["input"], reading).hex()
        return parse_values(entry["parser"], _values(entry["hex"]), reading)
    except KeyError as error:
        name = entry.get("packet") or entry["parser"]
        if name not in known_names() | PARSERS:
            return f"the name {name} is not known"
        return f"the field or name {error} is not known"
    except OutOfRange as error:
        return str(error)
    except (TypeError, ValueError, AttributeError) as error:
        return f"the input cannot be used: {error}"


def _shown(found: str | list[dict[str, Any]]) -> str:
    if isinstance(found, str):
        return found
    return f"{len(found)} samples {json.dumps(found, ensure_ascii=False)}"
