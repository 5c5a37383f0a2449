# SPDX-License-Identifier: Apache-2.0
"""What stands around every page of the web view. Pure: words and content in, HTML out."""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from wena.companion.web.texts import Words


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same on every page of one log: days from `first` to `latest`."""

    words: Words
    goal: int
    first: date
    latest: date
    battery: str | None = None
    firmware: str | None = None
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: its view (day or week), its day, and its neighbours, where there are."""

    view: str
    day: date
    earlier: str | None
    later: str | None


def page(frame: Frame, title: str, place: Place | None, content: str) -> str:
    """A whole page."""
    words = frame.words
    simulated = f'<p class="simulated">{words("simulated")}</p>' if frame.is_simulated else ""
    facts = []
    if frame.battery is not None:
        facts.append(words("battery", percent=frame.battery))
    if frame.firmware is not None:
        facts.append(words("firmware", version=frame.firmware))
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · {words('title')}</title>"
        '<link rel="stylesheet" href="/style.css"></head><body>'
        f'<header><a class="home" href="/">{words("title")}</a>{_views(words, place)}</header>'
        f'<main>{simulated}<div class="heading"><h1>{escape(title)}</h1>{_steps(words, place)}'
        f"</div>{content}</main>"
        f"<footer><p>{escape(' · '.join(facts))}</p><p>{words('not_medical')}</p></footer>"
        "</body></html>"
    )


def message_page(frame: Frame, name: str) -> str:
    """One sentence."""
    return page(frame, frame.words("title"), None, f"<p>{frame.words(name)}</p>")


def panel(title: str, note: str, chart: str) -> str:
    """A chart under its title."""
    small = f"<small>{escape(note)}</small>" if note else ""
    return f"<section><h2>{escape(title)}</h2>{small}{chart}</section>"


def _views(words: Words, place: Place | None) -> str:
    if place is None:
        return ""
    monday = place.day - timedelta(days=place.day.weekday())
    links = "".join(
        f'<a href="/{view}/{day}"{here}>{words(view)}</a>'
        for view, day in (("day", place.day), ("week", monday))
        for here in [' aria-current="page"' if view == place.view else ""]
    )
    return f'<nav aria-label="{words("views")}">{links}</nav>'


def _steps(words: Words, place: Place | None) -> str:
    if place is None or not (place.earlier or place.later):
        return ""
    earlier = f'<a href="{place.earlier}">‹ {words("earlier")}</a>' if place.earlier else ""
    later = f'<a href="{place.later}">{words("later")} ›</a>' if place.later else ""
    return f'<nav aria-label="{words("neighbours")}">{earlier}{later}</nav>'
