# SPDX-License-Identifier: Apache-2.0
"""Virtual time: played from an instant of any zone, told in UTC like the machine's."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from firstflight.kernel import clock

NOON_IN_TOKYO = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))


def test_virtual_time_is_told_in_utc() -> None:
    with clock.virtual(NOON_IN_TOKYO):
        assert clock.now().isoformat() == "2026-03-01T03:00:00+00:00"
        clock.set_to(NOON_IN_TOKYO + timedelta(hours=1))
        assert clock.now() == datetime(2026, 3, 1, 4, tzinfo=UTC)
        assert clock.now().tzinfo is UTC
