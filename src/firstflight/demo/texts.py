# SPDX-License-Identifier: Apache-2.0
"""Reads a project of the catalogue: its facts, and what its makers write in each language.

A folder of `catalogue/` holds `project.json` with the facts, and for each language `<code>.md`, in
which a heading of the first level names a part (`# Story`) and, in parts that are lists, one of the
second level an entry (`## early-silver | Three Hands, silver`). Pictures lie beside the style
sheets, in `static/demo/<project>`.
"""

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.templatetags.static import static

from firstflight.kernel.localized import LANGUAGES

CATALOGUE = files("firstflight.demo") / "catalogue"
PARTS = ("title", "tagline", "story", "risks", "evidence")
_PICTURE = re.compile(r"(!\[[^\]]*\]\()([\w-]+\.svg)(\))")


@dataclass(frozen=True)
class Entry:
    """One entry of a list in one language: the words behind its key, and the text below."""

    words: str
    text: str


@dataclass(frozen=True)
class Source:
    """A project as it stands in the package."""

    name: str
    facts: dict[str, Any]
    #: By language, then by part in lower case.
    parts: dict[str, dict[str, str]]

    def text(self, part: str) -> dict[str, str]:
        """A part in every language that has it."""
        return {code: parts[part] for code, parts in self.parts.items() if parts.get(part)}

    def entries(self, part: str) -> dict[str, dict[str, Entry]]:
        """The entries of a part: key, then language."""
        found: dict[str, dict[str, Entry]] = {}
        for code, parts in self.parts.items():
            for heading, text in _split(parts.get(part, ""), "## "):
                key, _, words = heading.partition(" | ")
                found.setdefault(key, {})[code] = Entry(words.strip(), text)
        return found

    def drawing(self, file: str) -> str:
        """The static path of one of the project's pictures."""
        return f"demo/{self.name}/{file}"


def projects() -> list[str]:
    """The names of the catalogue's folders."""
    return sorted(folder.name for folder in CATALOGUE.iterdir() if folder.is_dir())


def read(name: str) -> Source:
    """One project."""
    folder = CATALOGUE / name
    facts = json.loads((folder / "project.json").read_text(encoding="utf-8"))
    parts = {code: _parts(folder, name, code) for code in LANGUAGES}
    return Source(name, facts, {code: found for code, found in parts.items() if found})


def _parts(folder: Traversable, name: str, code: str) -> dict[str, str]:
    file = folder / f"{code}.md"
    if not file.is_file():
        return {}
    # In the text a picture is named by its file alone.
    text = _PICTURE.sub(
        lambda found: found[1] + static(f"demo/{name}/{found[2]}") + found[3],
        file.read_text(encoding="utf-8"),
    )
    return {heading.lower(): body for heading, body in _split(text, "# ")}


def _split(text: str, mark: str) -> list[tuple[str, str]]:
    """The text below each heading of one level; what stands above the first is left out."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith(mark):
            found.append((line.removeprefix(mark).strip(), []))
        elif found:
            found[-1][1].append(line)
    return [(heading, "\n".join(lines).strip()) for heading, lines in found]
