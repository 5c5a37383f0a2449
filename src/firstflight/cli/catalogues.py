# SPDX-License-Identifier: Apache-2.0
"""The translations: one catalogue for each app and language, without system tools.

English is the language of the source and has no catalogue. `django.po` names files but no line
numbers and no dates, and is sorted, so that it changes only where a text does. `django.mo` is made
from it and not kept in git.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("ja", "fr")
CONTEXT = "c"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, CONTEXT), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, CONTEXT), 2, 3)),
}
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")
# French sets these apart by spaces that never break a line, and writes ’ for the apostrophe.
FRENCH_SLIPS = re.compile(r" (?=[:;!?»](?:[\s<]|$))|« |\w'\w")
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
VOLATILE = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By): .*\n', re.MULTILINE)

Key = tuple[str | None, str | tuple[str, ...]]


@dataclass(frozen=True)
class Place:
    """Where an app's catalogue of one language lies."""

    app: Path
    language: str

    @property
    def source(self) -> Path:
        return self.app / "locale" / self.language / "LC_MESSAGES" / "django.po"

    @property
    def compiled(self) -> Path:
        return self.source.with_suffix(".mo")

    def read(self) -> Catalog:
        """The catalogue as it stands, empty if there is none."""
        if not self.source.exists():
            return Catalog(self.language, domain="django")
        with self.source.open("rb") as file:
            return read_po(file, locale=self.language, domain="django", abort_invalid=True)

    def __str__(self) -> str:
        return f"{self.app.name}/{self.language}"


def apps() -> list[Path]:
    """The folders of the apps."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def texts(app: Path) -> Catalog:
    """Every text of the app's Python files and templates that is marked for translation."""
    found = Catalog(domain="django")
    for path in sorted([*app.rglob("*.py"), *(app / "templates").rglob("*.*")]):
        code = path.read_text()
        if path.suffix != ".py":
            # What templatize leaves of a template is no Python: only its lines' calls are read.
            code = INDENT.sub("", templatize(code))
        lines = extract("python", io.BytesIO(code.encode()), KEYWORDS, ["Translators:"])
        for _, message, comments, context in lines:
            name = path.relative_to(PACKAGE).as_posix()
            found.add(message, None, [(name, 1)], auto_comments=comments, context=context)
    return found


def extract_all() -> Iterator[str]:
    """Bring every catalogue to the texts of the code, keeping translations; names what changed."""
    for app in apps():
        template = texts(app)
        for place in (Place(app, language) for language in LANGUAGES):
            if not len(template) and not place.source.exists():
                continue
            catalogue = place.read()
            catalogue.update(template, no_fuzzy_matching=True)
            if _write(place, catalogue):
                yield str(place)


def _write(place: Place, catalogue: Catalog) -> bool:
    catalogue.header_comment = f"# First Flight: texts of “{place.app.name}”."
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    text = VOLATILE.sub("", buffer.getvalue().decode())
    if place.source.exists() and place.source.read_text() == text:
        return False
    place.source.parent.mkdir(parents=True, exist_ok=True)
    place.source.write_text(text)
    return True


def compile_all() -> None:
    """Make each `.mo` that is missing or older than its `.po`."""
    for place in _places():
        changed = place.source.stat().st_mtime
        if place.compiled.exists() and place.compiled.stat().st_mtime > changed:
            continue
        draft = place.compiled.with_suffix(".draft")
        with draft.open("wb") as file:
            write_mo(file, place.read())
        draft.replace(place.compiled)


def _places() -> list[Place]:
    everywhere = (Place(app, language) for app in apps() for language in LANGUAGES)
    return [place for place in everywhere if place.source.exists()]


def faults() -> Iterator[str]:
    """One line for each text that is missing, doubtful, unused or translated with other places."""
    seen: dict[tuple[str, Key], tuple[object, Place]] = {}
    for app in apps():
        template = {_key(message): message for message in texts(app) if message.id}
        for language in LANGUAGES:
            place = Place(app, language)
            kept = {_key(message): message for message in place.read() if message.id}
            for key in template.keys() - kept.keys():
                yield f"{place}: missing: {key[1]!r}"
            for key, message in kept.items():
                if key not in template:
                    yield f"{place}: unused: {key[1]!r}"
                    continue
                yield from (
                    f"{place}: {fault}: {key[1]!r}" for fault in _faults_of(message, language)
                )
                other = seen.setdefault((language, key), (message.string, place))
                if other[0] != message.string:
                    yield f"{place}: translated otherwise than in {other[1]}: {key[1]!r}"


def _key(message: Message) -> Key:
    number = tuple(message.id) if isinstance(message.id, tuple | list) else message.id
    return (message.context, number)


def _faults_of(message: Message, language: str) -> Iterator[str]:
    strings = _forms(message.string)
    if not all(strings):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    ids = _forms(message.id)
    wanted = _placeholders(ids[-1])
    for string in strings:
        got = _placeholders(string)
        # A singular may say "one" in words where the plural counts.
        if got != wanted and not (len(ids) > 1 and got == _placeholders(ids[0])):
            yield f"placeholders differ ({string})"
        if language == "fr" and FRENCH_SLIPS.search(string):
            yield f"breaking space or straight apostrophe ({string})"


def _forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text or "")]


def _placeholders(text: str) -> list[str]:
    return sorted(match[0] for match in PLACE.finditer(text))
