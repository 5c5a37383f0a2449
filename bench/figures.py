# SPDX-License-Identifier: Apache-2.0
"""What a measurement says: how many a second, and how long each took."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One case: `per_second` over the whole run, latencies of single requests in milliseconds."""

    name: str
    clients: int
    per_second: float
    p50: float
    p95: float
    p99: float
    failures: int = 0

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)

    def as_line(self) -> str:
        """One row of the table."""
        failed = f"  {self.failures} failed" if self.failures else ""
        return (
            f"{self.name:44} {self.clients:3d} {self.per_second:9,.0f}"
            f" {self.p50:8.2f} {self.p95:8.2f} {self.p99:8.2f}{failed}"
        )


HEADING = f"{'':44} {'cl.':>3} {'a second':>9} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}"


def figure(
    name: str,
    clients: int,
    seconds: float,
    latencies: Sequence[float],
    *,
    each: int = 1,
    failures: int = 0,
) -> Figure:
    """The figure of calls that took `latencies` seconds; `each` call did so many pledges."""
    ordered = sorted(latencies)

    def percentile(part: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000, 3)

    return Figure(
        name=name,
        clients=clients,
        per_second=round(len(ordered) * each / seconds, 1),
        p50=percentile(0.5),
        p95=percentile(0.95),
        p99=percentile(0.99),
        failures=failures,
    )
