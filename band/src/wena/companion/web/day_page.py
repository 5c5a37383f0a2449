# SPDX-License-Identifier: Apache-2.0
"""The page of one day. Pure: a day and words in, HTML out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from wena.activity.records import Behaviour
from wena.companion.web.charts import Bar, Piece, Tick, band_chart, bar_chart, line_chart
from wena.companion.web.days import SLEEP_STAGES, Day
from wena.companion.web.page import Frame, Place, page, panel
from wena.companion.web.texts import Words

AVERAGE_S = 300
HEART_STEP = 40
LONG_S = 14 * 3600
DAY_ROWS = (
    (Behaviour.WALK, Behaviour.RUN, Behaviour.EXERCISE),
    (Behaviour.STATIC, Behaviour.UNKNOWN),
    (Behaviour.NOT_WEARING,),
)


def day_page(frame: Frame, day: Day) -> str:
    """One day."""
    words = frame.words
    content = _day_panels(frame, day) if day.has_records else f"<p>{words('nothing')}</p>"
    before, after = day.date - timedelta(days=1), day.date + timedelta(days=1)
    place = Place(
        "day",
        day.date,
        f"/day/{before}" if before >= frame.first else None,
        f"/day/{after}" if after <= frame.latest else None,
    )
    return page(frame, words.long_date(day.date), place, content)


def _day_panels(frame: Frame, day: Day) -> str:
    words = frame.words
    window = (day.start, day.end)
    ticks = _hours(day.start, day.end)
    panels = [_figures(frame, day), _steps_panel(words, day)]
    rates = day.heart_rates
    if rates:
        values = [minute.bpm for minute in rates]
        note = words(
            "heart_range", low=min(values), high=max(values), mean=round(sum(values) / len(values))
        )
        points = averaged([(minute.time, minute.bpm) for minute in rates])
        span = (HEART_STEP, HEART_STEP * max(2, -(-max(values) // HEART_STEP)))
        chart = line_chart(points, window, ticks, note, words.number, kind="heart", span=span)
        panels.append(panel(words("heart_rate"), note, chart))
    if day.log.behaviours:
        panels.append(panel(words("activity"), "", _behaviour_chart(words, day, ticks)))
    if day.night:
        panels.append(_night_panel(words, day))
    shares = (
        ("stress", [(minute.time, minute.percent) for minute in day.log.stresses]),
        ("energy", [(minute.time, minute.level) for minute in day.log.energies]),
    )
    for name, values_of in shares:
        if values_of:
            text, note = words(name), words(f"{name}_note")
            points = averaged(values_of)
            chart = line_chart(points, window, ticks, text, words.number, kind=name, span=(0, 100))
            panels.append(panel(text, note, chart))
    return "".join(panels)


def _figures(frame: Frame, day: Day) -> str:
    words = frame.words
    figures = [
        (
            words("steps"),
            words.number(day.steps),
            words("of_goal", goal=words.number(frame.goal)),
        ),
        (words("sleep"), words.duration(day.sleep_seconds) if day.night else "–", ""),
        (words("calories"), words.number(day.calories), words("calories_note")),
    ]
    if day.log.vo2max:
        figures.append((words("vo2max"), str(day.log.vo2max[-1].value), ""))
    cells = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd>{_note(note)}</div>"
        for name, value, note in figures
    )
    return f'<dl class="figures">{cells}</dl>'


def _note(text: str) -> str:
    return f'<dd class="note">{escape(text)}</dd>' if text else ""


def _steps_panel(words: Words, day: Day) -> str:
    bars = []
    for n, steps in enumerate(day.steps_by_hour()):
        hour = datetime.fromtimestamp(day.start + n * 3600).astimezone().hour
        bars.append(Bar(steps, f"{hour}:00: {words.number(steps)}"))
    ticks = _hours(day.start, day.end)
    return panel(words("per_hour"), "", bar_chart(bars, ticks, words("per_hour"), words.number))


def _behaviour_chart(words: Words, day: Day, ticks: Sequence[Tick]) -> str:
    pieces = []
    for span in day.log.behaviours:
        level = next((n for n, kinds in enumerate(DAY_ROWS) if span.kind in kinds), len(DAY_ROWS))
        title = f"{words.behaviour(span.kind)}: {words.duration(span.end - span.time)}"
        kind = "piece " + span.kind.name.lower().replace("_", "-")
        pieces.append(Piece(span.time, span.end, level, kind, title))
    rows = [
        words("moving"),
        *(words.behaviour(kinds[0]) for kinds in DAY_ROWS[1:]),
        words("asleep"),
    ]
    return band_chart(pieces, (day.start, day.end), rows, ticks, words("activity"))


def _night_panel(words: Words, day: Day) -> str:
    window = (day.night[0].time, max(span.end for span in day.night))
    pieces = [
        Piece(
            span.time,
            span.end,
            SLEEP_STAGES.index(span.kind),
            "piece " + span.kind.name.lower().replace("_", "-"),
            f"{words.behaviour(span.kind)}: {words.duration(span.end - span.time)}",
        )
        for span in day.night
    ]
    rows = [words.behaviour(stage) for stage in SLEEP_STAGES]
    note = " · ".join(
        f"{words.behaviour(stage)} {words.duration(day.stage_seconds(stage))}"
        for stage in SLEEP_STAGES
    )
    chart = band_chart(pieces, window, rows, _hours(*window), note)
    return panel(words("night"), note, chart)


def averaged(points: Sequence[tuple[int, int]]) -> list[tuple[int, float]]:
    """Means of five minutes, at the middle of each."""
    sums: dict[int, list[int]] = {}
    for moment, value in points:
        sums.setdefault(moment // AVERAGE_S, []).append(value)
    return [
        (place * AVERAGE_S + AVERAGE_S // 2, sum(values) / len(values))
        for place, values in sorted(sums.items())
    ]


def _hours(start: int, end: int) -> list[Tick]:
    """Full hours, as many as there is room for; every second one is minor."""
    every = 3 if end - start > LONG_S else 1
    ticks = []
    for moment in range(-(-start // 3600) * 3600, end, 3600):
        hour = datetime.fromtimestamp(moment).astimezone().hour
        if hour % every == 0:
            is_minor = hour % (every * 2) != 0
            ticks.append(Tick((moment - start) / (end - start), f"{hour}:00", is_minor))
    return ticks
