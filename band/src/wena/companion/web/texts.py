# SPDX-License-Identifier: Apache-2.0
"""How the web view speaks: one language as a table of texts and its way with numbers and dates.

The tables are in `english`, `japanese` and `french`; `languages` chooses among them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from wena.activity.records import Behaviour


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Dates go through the functions of its table."""

    language: str
    texts: Mapping[str, str]
    behaviours: Mapping[Behaviour, str]
    weekdays: tuple[str, ...]
    thousands: str
    hours_and_minutes: str
    hours_alone: str
    long_date: Callable[[date], str]
    short_date: Callable[[date], str]
    span: Callable[[date, date], str]

    def __call__(self, name: str, **values: object) -> str:
        """A text with its values filled in."""
        return self.texts[name].format(**values)

    def behaviour(self, kind: Behaviour) -> str:
        """What the wearer did."""
        return self.behaviours[kind]

    def weekday(self, day: date) -> str:
        """A short name for an axis."""
        return self.weekdays[day.weekday()]

    def number(self, value: float) -> str:
        """A whole number, its thousands set apart."""
        return f"{value:,.0f}".replace(",", self.thousands)

    def hours(self, value: float) -> str:
        """Hours on an axis."""
        return self.hours_alone.format(hours=f"{value:g}")

    def duration(self, seconds: int) -> str:
        """Hours and minutes."""
        hours, minutes = divmod(round(seconds / 60), 60)
        return self.hours_and_minutes.format(hours=hours, minutes=minutes)
