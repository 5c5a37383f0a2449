# SPDX-License-Identifier: Apache-2.0
"""A software strap in this process, to try every command of the companion without hardware."""

from datetime import UTC, datetime

from wena.companion.simulated_log import SimulatedLog
from wena.testing.memory_link import MemoryLink
from wena.wena3.reports import Battery, DeviceInfo
from wena.wena3.strap_role import StrapRole

INFO = DeviceInfo("SIM-0.1", 20_260_228)
LARGEST = 182


def simulated_link(link: MemoryLink | None = None) -> MemoryLink:
    """A link to a new strap that has two made-up weeks in its log, lived in this machine's zone."""
    link = link or MemoryLink()
    now = datetime.now(UTC).astimezone()
    log = SimulatedLog(now, now.tzinfo or UTC)
    link.strap = StrapRole(log, link.notify, info=INFO, battery=Battery(73))
    link.strap.largest = LARGEST
    return link
