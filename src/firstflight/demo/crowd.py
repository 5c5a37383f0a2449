# SPDX-License-Identifier: Apache-2.0
"""The invented supporters of the catalogue: who they are, what they choose, and when they come."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from firstflight.demo.people import SAMPLE_PEOPLE
from firstflight.demo.rehearsal.supporters import DECLINED_LATER, GOOD
from firstflight.demo.texts import CATALOGUE

#: By language: names, where they live, and how many out of a hundred speak it.
_PEOPLE = json.loads((CATALOGUE / "supporters.json").read_text(encoding="utf-8"))
_SOURCES = ("", "", "newsletter", "aozora.example", "watchforum.example", "search", "friend")


@dataclass(frozen=True)
class Supporter:
    """Somebody who comes at an instant and chooses rewards by their keys in the catalogue."""

    number: int
    email: str
    name: str
    language: str
    country: str
    at: datetime
    reward: str
    card: str
    source: str
    anonymous: bool
    addons: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def crowd(facts: Mapping[str, Any], start: datetime, end: datetime) -> list[Supporter]:
    """Everybody whom `facts` count under "supporters", in order of arrival.

    Most come in the first hours, and early prices go first; the same facts give the same crowd.
    """
    # Not for secrets: the same catalogue everywhere.
    dice = random.Random(facts["slug"])  # noqa: S311
    wanted = _wishes(facts, dice)
    moments = sorted(dice.betavariate(0.55, 1.5) for _ in wanted)
    failing = facts.get("failing_cards", 0)
    invented = [
        _supporter(facts, dice, number, reward, start + (end - start) * part, number < failing)
        for number, (reward, part) in enumerate(zip(wanted, moments, strict=True))
    ]
    known = facts.get("sample_supporters", [])
    return invented + [_sample(one, number, end) for number, one in enumerate(known, len(invented))]


def _wishes(facts: Mapping[str, Any], dice: random.Random) -> list[str]:
    early: list[str] = []
    regular: list[str] = []
    for one in facts["rewards"]:
        keys = [one["key"]] * one.get("supporters", 0)
        (early if one.get("early_bird_days") else regular).extend(keys)
    dice.shuffle(early)
    dice.shuffle(regular)
    # A few come for the regular watch before the early ones are gone.
    head = early + regular[: len(early) // 3]
    dice.shuffle(head)
    return head + regular[len(early) // 3 :]


def _supporter(
    facts: Mapping[str, Any],
    dice: random.Random,
    number: int,
    reward: str,
    at: datetime,
    fails: bool,
) -> Supporter:
    weights = [people["weight"] for people in _PEOPLE.values()]
    language = dice.choices(list(_PEOPLE), weights=weights)[0]
    given, family, country = (
        dice.choice(_PEOPLE[language][part].split()) for part in ("given", "family", "countries")
    )
    addons = tuple(one for one in facts["rewards"] if one.get("addon") and dice.random() < 0.12)
    options = {
        one["key"]: {axis: dice.choice(values) for axis, values in one.get("options", {}).items()}
        for one in (*addons, *(r for r in facts["rewards"] if r["key"] == reward))
    }
    return Supporter(
        number=number,
        email=f"{facts['slug']}-{number}@supporters.example",
        name=f"{given} {family}",
        language=language,
        country=country,
        at=at,
        reward=reward,
        card=DECLINED_LATER if fails else GOOD,
        source=dice.choice(_SOURCES),
        anonymous=dice.random() < 0.1,
        addons=tuple(one["key"] for one in addons),
        options=options,
    )


def _sample(wanted: Mapping[str, Any], number: int, at: datetime) -> Supporter:
    """One of the demo's sign-ins, who comes last."""
    person = next(one for one in SAMPLE_PEOPLE if one.email == wanted["email"])
    return Supporter(
        number=number,
        email=person.email,
        name=person.name,
        language=person.language,
        country=wanted["country"],
        at=at,
        reward=wanted["reward"],
        card=GOOD,
        source="",
        anonymous=False,
        addons=tuple(wanted.get("addons", ())),
        options=wanted.get("options", {}),
    )


def in_groups(supporters: list[Supporter], size: int) -> Iterator[list[Supporter]]:
    """Those who come one after another, so many at a time."""
    for first in range(0, len(supporters), size):
        yield supporters[first : first + size]
