# SPDX-License-Identifier: Apache-2.0
"""The page of seven days. Pure: days and words in, HTML out."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from wena.companion.web.charts import Bar, Tick, bar_chart
from wena.companion.web.days import Day
from wena.companion.web.page import Frame, Place, page, panel


def week_page(frame: Frame, days: Sequence[Day]) -> str:
    """Seven days."""
    words = frame.words
    ticks = [Tick((n + 0.5) / len(days), words.weekday(day.date)) for n, day in enumerate(days)]
    walked = [
        Bar(
            day.steps,
            f"{words.long_date(day.date)}: {words.number(day.steps)}",
            "bar missed" if day.steps < frame.goal else "bar",
        )
        for day in days
    ]
    slept = [
        Bar(
            day.sleep_seconds / 3600,
            f"{words.long_date(day.date)}: {words.duration(day.sleep_seconds)}",
            "bar sleep",
        )
        for day in days
    ]
    counted = [day.steps for day in days if day.log.steps]
    mean = words.number(sum(counted) / len(counted)) if counted else "–"
    nights = [day.sleep_seconds for day in days if day.sleep_seconds]
    rest = words.duration(sum(nights) // len(nights)) if nights else "–"
    goal = words("of_goal", goal=words.number(frame.goal))
    content = panel(
        words("steps"),
        words("average", value=mean) + " · " + goal,
        bar_chart(walked, ticks, words("steps"), words.number, goal=frame.goal),
    ) + panel(
        words("sleep"),
        words("average", value=rest),
        bar_chart(slept, ticks, words("sleep"), words.hours),
    )
    links = "".join(
        f'<a href="/day/{day.date}"><b>{escape(words.short_date(day.date))}</b>'
        f"<span>{words.number(day.steps)}</span></a>"
        for day in days
    )
    first = days[0].date
    after = first + timedelta(days=7)
    place = Place(
        "week",
        min(days[-1].date, frame.latest),
        f"/week/{first - timedelta(days=7)}" if first > frame.first else None,
        f"/week/{after}" if after <= frame.latest else None,
    )
    nav = f'<nav class="days" aria-label="{words("days")}">{links}</nav>'
    return page(frame, words.span(first, days[-1].date), place, nav + content)
