# SPDX-License-Identifier: Apache-2.0
"""Charts drawn by hand: bars, lines, bands. Pure; colours are classes of the style sheet.

Places along the time axis are percentages, so that one drawing fits a phone and a desk, with
letters of the same size on both. Names and numbers of the other axis stand beside it as text. Every
chart has a text for those who cannot see it; each bar and band says its number when pointed at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

TOP = 8
PLOT = 136
FOOT = 26
ROW = 28
GAP_S = 600

Say = Callable[[float], str]
"""Puts a number of an axis in words."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A label at a place from 0 to 1 of the time axis; a minor one is left out on a phone."""

    place: float
    label: str
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `kind` is a class."""

    value: float
    title: str
    kind: str = "bar"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a band, from and to in Unix seconds, at a level from 0 (top) on."""

    start: int
    end: int
    level: int
    kind: str
    title: str


def bar_chart(
    bars: Sequence[Bar], ticks: Sequence[Tick], text: str, say: Say, *, goal: float = 0
) -> str:
    """Bars from zero; a dashed line at `goal`, where there is one."""
    top = nice_top(max([goal, *(bar.value for bar in bars), 1]))
    step = 100 / len(bars)
    inner = [_grid()]
    for place, bar in enumerate(bars):
        tall = bar.value / top * PLOT
        inner.append(
            f'<g class="hit"><title>{escape(bar.title)}</title>'
            f'<rect class="reach" x="{place * step:.2f}%" y="{TOP}" width="{step:.2f}%" '
            f'height="{PLOT}"/>'
            f'<rect class="{bar.kind}" x="{(place + 0.14) * step:.2f}%" '
            f'y="{TOP + PLOT - tall:.1f}" width="{step * 0.72:.2f}%" height="{tall:.1f}" '
            'rx="3"/></g>'
        )
    if goal:
        y = TOP + PLOT - goal / top * PLOT
        inner.append(f'<line class="goal" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>')
    return _chart(_numbers(0, top, say), PLOT, ticks, text, inner)


def line_chart(
    points: Sequence[tuple[int, float]],
    window: tuple[int, int],
    ticks: Sequence[Tick],
    text: str,
    say: Say,
    *,
    kind: str,
    span: tuple[float, float],
) -> str:
    """A line over time that breaks where nothing was measured for ten minutes.

    `span` is the lowest and highest value drawn; what lies beyond is drawn at its edge.
    """
    low, high = span
    start, end = window
    path = []
    before = None
    for moment, value in points:
        y = PLOT - (min(max(value, low), high) - low) / (high - low) * PLOT
        is_apart = before is None or moment - before > GAP_S
        path.append(f"{'M' if is_apart else 'L'}{moment - start} {y:.1f}")
        before = moment
    inner = [
        _grid(),
        (
            f'<svg y="{TOP}" width="100%" height="{PLOT}" viewBox="0 0 {end - start} {PLOT}" '
            f'preserveAspectRatio="none"><path class="line {kind}" d="{"".join(path)}"/></svg>'
        ),
    ]
    return _chart(_numbers(low, high, say), PLOT, ticks, text, inner)


def band_chart(
    pieces: Sequence[Piece],
    window: tuple[int, int],
    rows: Sequence[str],
    ticks: Sequence[Tick],
    text: str,
) -> str:
    """Pieces of time in rows, one under the other."""
    start, end = window
    inner = []
    for piece in pieces:
        x = (max(piece.start, start) - start) / (end - start) * 100
        width = (min(piece.end, end) - max(piece.start, start)) / (end - start) * 100
        inner.append(
            f'<rect class="{piece.kind}" x="{x:.3f}%" y="{TOP + ROW * piece.level + 4}" '
            f'width="{max(width, 0.15):.3f}%" height="{ROW - 8}" rx="2">'
            f"<title>{escape(piece.title)}</title></rect>"
        )
    names = "".join(f"<span>{escape(name)}</span>" for name in rows)
    return _chart(f'<div class="axis rows">{names}</div>', ROW * len(rows), ticks, text, inner)


def nice_top(highest: float) -> float:
    """The next round number above: 1, 2, 2.5, 4, 5, 6, 8 or 10 times a power of ten."""
    power: float = 1
    while power * 10 < highest:
        power *= 10
    return next(power * step for step in (1, 2, 2.5, 4, 5, 6, 8, 10) if power * step >= highest)


def _numbers(low: float, high: float, say: Say) -> str:
    names = "".join(f"<span>{escape(say(n))}</span>" for n in (high, (low + high) / 2, low))
    return f'<div class="axis" aria-hidden="true">{names}</div>'


def _grid() -> str:
    return "".join(
        f'<line class="grid" x1="0" x2="100%" y1="{y:.0f}" y2="{y:.0f}"/>'
        for y in (TOP, TOP + PLOT / 2, TOP + PLOT)
    )


def _chart(axis: str, plot: float, ticks: Sequence[Tick], text: str, inner: Sequence[str]) -> str:
    height = TOP + plot + FOOT
    labels = "".join(
        f'<text class="{"tick minor" if tick.is_minor else "tick"}" x="{tick.place * 100:.2f}%" '
        f'y="{height - 7}">{escape(tick.label)}</text>'
        for tick in ticks
    )
    return (
        f'<div class="chart">{axis}<svg width="100%" height="{height}" role="img" '
        f'aria-label="{escape(text)}">{"".join(inner)}{labels}</svg></div>'
    )
