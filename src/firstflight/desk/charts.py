# SPDX-License-Identifier: Apache-2.0
"""A line chart as numbers for an inline SVG: no script, and a table beside it for readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from firstflight.kernel.money import Money

WIDTH, HEIGHT = 640, 240


@dataclass(frozen=True)
class Line:
    """A path in a box of `WIDTH` by `HEIGHT`; `goal_y` is where the goal's line runs."""

    path: str
    area: str
    goal_y: float
    first: datetime
    last: datetime
    top: Money
    points: Sequence[tuple[datetime, Money]]


def line(points: Sequence[tuple[datetime, int]], *, goal: Money) -> Line:
    """The running sum over time; the top is the greater of goal and sum, a tenth above."""
    top = max(goal.minor, points[-1][1]) * 11 // 10
    first, last = points[0][0], points[-1][0]
    length = (last - first).total_seconds() or 1.0

    def place(at: datetime, minor: int) -> str:
        x = (at - first).total_seconds() / length * WIDTH
        return f"{x:.1f},{HEIGHT - minor / top * HEIGHT:.1f}"

    corners = [place(at, minor) for at, minor in points]
    path = "M" + " L".join(corners)
    return Line(
        path=path,
        area=f"{path} L{WIDTH},{HEIGHT} L0,{HEIGHT} Z",
        goal_y=HEIGHT - goal.minor / top * HEIGHT,
        first=first,
        last=last,
        top=Money(top, goal.currency),
        points=[(at, Money(minor, goal.currency)) for at, minor in points],
    )
