# SPDX-License-Identifier: Apache-2.0
"""The translations: found in code and templates, kept when texts come and go, and checked."""

import gettext
from pathlib import Path

import pytest

from firstflight.cli import catalogues


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one app that has one text in Python and one in a template."""
    folder = tmp_path / "shop"
    (folder / "templates").mkdir(parents=True)
    (folder / "apps.py").write_text("")
    (folder / "words.py").write_text('message = _("Good morning, %(name)s")\n')
    (folder / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "Buy" %}'
        "{% blocktranslate count n=places %}One place"
        "{% plural %}{{ n }} places{% endblocktranslate %}"
    )
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "LANGUAGES", ("fr",))
    return folder


def translate(app: Path, **replacements: str) -> Path:
    """Fill in the French catalogue, by default as it should be."""
    words = {
        "Buy": "Acheter",
        "Good morning, %(name)s": "Bonjour, %(name)s",
        **replacements,
    }
    list(catalogues.extract_all())
    path = app / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    text = path.read_text()
    for english, french in words.items():
        text = text.replace(
            f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{french}"'
        )
    text = text.replace(
        'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "Une place"\nmsgstr[1] "%(n)s places"'
    )
    path.write_text(text)
    return path


def faults() -> list[str]:
    return list(catalogues.faults())


def test_texts_of_code_and_templates_are_found(app: Path) -> None:
    assert sorted(faults()) == [
        "shop/fr: missing: 'Buy'",
        "shop/fr: missing: 'Good morning, %(name)s'",
        "shop/fr: missing: ('One place', '%(n)s places')",
    ]


def test_extracted_is_not_yet_translated(app: Path) -> None:
    assert list(catalogues.extract_all()) == ["shop/fr"]
    assert len([fault for fault in faults() if "not translated" in fault]) == 3


def test_a_whole_translation_has_no_fault(app: Path) -> None:
    translate(app)
    assert faults() == []


def test_extracting_again_changes_nothing(app: Path) -> None:
    before = translate(app).read_text()
    list(catalogues.extract_all())
    path = translate(app)
    assert path.read_text() == before
    assert list(catalogues.extract_all()) == []


def test_translations_stay_when_lines_move(app: Path) -> None:
    before = translate(app).read_text()
    code = app / "words.py"
    code.write_text("\n\n\n" + code.read_text())
    assert list(catalogues.extract_all()) == []
    assert translate(app).read_text() == before


def test_a_text_no_longer_used_is_reported_and_then_dropped(app: Path) -> None:
    translate(app)
    (app / "words.py").write_text("")
    assert faults() == ["shop/fr: unused: 'Good morning, %(name)s'"]
    list(catalogues.extract_all())
    assert faults() == []


def test_a_placeholder_that_was_lost(app: Path) -> None:
    translate(app, **{"Good morning, %(name)s": "Bonjour"})
    assert faults() == ["shop/fr: placeholders differ (Bonjour): 'Good morning, %(name)s'"]


def test_a_doubtful_translation(app: Path) -> None:
    path = translate(app)
    path.write_text(path.read_text().replace('msgid "Buy"', '#, fuzzy\nmsgid "Buy"'))
    assert faults() == ["shop/fr: fuzzy: 'Buy'"]


@pytest.mark.parametrize("slip", ["Acheter !", "Choisir : oui", "« Acheter »", "L'achat"])
def test_french_that_would_break_badly(app: Path, slip: str) -> None:
    translate(app, Buy=slip)
    assert faults() == [f"shop/fr: breaking space or straight apostrophe ({slip}): 'Buy'"]


def test_one_text_translated_in_two_ways(app: Path) -> None:
    other = app.parent / "till"
    (other / "templates").mkdir(parents=True)
    (other / "apps.py").write_text("")
    (other / "words.py").write_text('_("Buy")')
    translate(app)
    path = other / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    path.write_text(
        path.read_text().replace('msgid "Buy"\nmsgstr ""', 'msgid "Buy"\nmsgstr "Achat"')
    )
    assert faults() == ["till/fr: translated otherwise than in shop/fr: 'Buy'"]


def test_compiled_catalogues_are_what_gettext_reads(app: Path) -> None:
    translate(app)
    catalogues.compile_all()
    french = gettext.translation("django", app / "locale", ["fr"])
    assert french.gettext("Buy") == "Acheter"
    assert french.ngettext("One place", "%(n)s places", 5) == "%(n)s places"
