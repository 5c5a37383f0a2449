# SPDX-License-Identifier: Apache-2.0
"""The catalogue as it stands in the package: complete in each language, its drawings in order."""

import re
from importlib.resources import files
from xml.etree import ElementTree

import pytest

from firstflight.demo.texts import PARTS, Source, projects, read
from firstflight.kernel.localized import LANGUAGES

STATIC = files("firstflight.demo") / "static"
LISTS = ("questions", "team", "rewards", "options", "pictures")
_SHOWN = re.compile(r"!\[([^\]]*)\]\(\S*?(demo/[\w/-]+\.svg)\)")


@pytest.fixture(params=projects())
def project(request: pytest.FixtureRequest) -> Source:
    """Each project of the catalogue in turn."""
    return read(request.param)


def shown_in(story: str) -> list[tuple[str, str]]:
    return [(alt, path) for alt, path in _SHOWN.findall(story)]


@pytest.mark.parametrize("part", PARTS)
def test_what_makers_write_is_there_in_each_language(project: Source, part: str) -> None:
    written = project.text(part)
    assert not written or set(written) == set(LANGUAGES)
    assert len(set(written.values())) == len(written)


@pytest.mark.parametrize("part", LISTS)
def test_lists_have_the_same_entries_in_each_language(project: Source, part: str) -> None:
    entries = project.entries(part)
    incomplete = {key: set(found) for key, found in entries.items() if set(found) != set(LANGUAGES)}
    assert incomplete == {}


def test_everything_the_facts_name_has_its_words(project: Source) -> None:
    facts = project.facts
    axes = [axis for one in facts["rewards"] for axis in one.get("options", {}).items()]
    assert {one["key"] for one in facts["team"]} == set(project.entries("team"))
    assert {one["key"] for one in facts["rewards"]} == set(project.entries("rewards"))
    assert {one["file"] for one in facts["pictures"]} == set(project.entries("pictures"))
    assert {key for key, _ in axes} | {f"{k}/{v}" for k, values in axes for v in values} == set(
        project.entries("options")
    )


def test_a_story_shows_the_same_pictures_in_each_language(project: Source) -> None:
    stories = project.text("story").values()
    assert len({tuple(path for _, path in shown_in(story)) for story in stories}) <= 1
    assert all(alt for story in stories for alt, _ in shown_in(story))


def test_every_picture_is_there_and_well_formed(project: Source) -> None:
    listed = {project.drawing(one["file"]): one["size"] for one in project.facts["pictures"]}
    told = {path for story in project.text("story").values() for _, path in shown_in(story)}
    for path in sorted(told | set(listed)):
        # Our own drawing, out of our own package.
        drawing = ElementTree.fromstring((STATIC / path).read_text(encoding="utf-8"))  # noqa: S314
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg", path
        left, top, width, height = map(float, drawing.attrib["viewBox"].split())
        assert (left, top) == (0, 0), path
        if path in listed:
            wide, high = listed[path]
            assert width / height == pytest.approx(wide / high, rel=0.01), path


def test_no_drawing_lies_unused(project: Source) -> None:
    used = {one["file"] for one in project.facts["pictures"]}
    for story in project.text("story").values():
        used |= {path.rsplit("/", 1)[1] for _, path in shown_in(story)}
    folder = STATIC / "demo" / project.name
    assert ({file.name for file in folder.iterdir()} if folder.is_dir() else set()) == used
