# SPDX-License-Identifier: Apache-2.0
"""The web view in English."""

from datetime import date

from wena.activity.records import Behaviour
from wena.companion.web.texts import Words

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def _long_date(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def _short_date(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day}"


def _span(first: date, last: date) -> str:
    """Without saying twice what is the same."""
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day}{month}{year} – {last.day} {MONTHS[last.month - 1]} {last.year}"


ENGLISH = Words(
    language="en",
    weekdays=DAYS,
    thousands=",",
    hours_and_minutes="{hours} h {minutes:02} min",
    hours_alone="{hours} h",
    long_date=_long_date,
    short_date=_short_date,
    span=_span,
    behaviours={
        Behaviour.UNKNOWN: "unknown",
        Behaviour.NOT_WEARING: "not worn",
        Behaviour.WALK: "walking",
        Behaviour.RUN: "running",
        Behaviour.EXERCISE: "exercise",
        Behaviour.SLEEP_DEEP: "deep",
        Behaviour.SLEEP_LIGHT: "light",
        Behaviour.SLEEP_REM: "REM",
        Behaviour.SLEEP_AWAKE: "awake",
        Behaviour.STATIC: "still",
    },
    texts={
        "title": "Your wena",
        "simulated": "A trial with a strap made of software: none of this is yours.",
        "views": "Views",
        "day": "Day",
        "week": "Week",
        "days": "The days of this week",
        "neighbours": "Other dates",
        "earlier": "Earlier",
        "later": "Later",
        "steps": "Steps",
        "of_goal": "goal {goal}",
        "sleep": "Sleep",
        "heart_rate": "Heart rate",
        "heart_range": "lowest {low}, highest {high}, average {mean} a minute",
        "calories": "Calories",
        "calories_note": "the strap’s own estimate; expect 30 % either way",
        "stress": "Stress",
        "stress_note": "0 calm, 100 tense, as the strap judges it",
        "energy": "Body energy",
        "energy_note": "100 rested, 0 spent, as the strap judges it",
        "vo2max": "VO₂max",
        "activity": "What you did",
        "night": "The night before",
        "nothing": "No records for this day.",
        "nothing_yet": "No records yet. Fetch them with: wena companion sync",
        "battery": "Battery {percent} % at the last visit",
        "firmware": "Firmware {version}",
        "not_medical": "Not a medical device: these are the strap’s numbers, drawn as they are.",
        "per_hour": "Steps in each hour",
        "moving": "moving",
        "asleep": "asleep",
        "not_found": "There is no such page.",
        "average": "average {value}",
    },
)
