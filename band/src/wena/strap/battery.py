# SPDX-License-Identifier: Apache-2.0
"""The strap's battery as a model: how fast it drains, and how fast it charges.

The numbers are choices made here, so that it lasts about a week of ordinary use and charges in an
hour and a half; the real strap's are not recorded anywhere.
"""

from dataclasses import dataclass

IDLE_PER_SECOND = 100 / (7 * 24 * 3600)
LINKED_PER_SECOND = IDLE_PER_SECOND / 2
LED_PER_SECOND = 0.002
MOTOR_PER_SECOND = 0.01
TOUCH = 0.002
CHARGE_PER_SECOND = 100 / (90 * 60)


@dataclass(slots=True)
class Battery:
    """`level` is percent, 0 to 100, and `charging` whether it lies in its cradle."""

    level: float = 100.0
    charging: bool = False

    @property
    def percent(self) -> int:
        """Whole percent as shown: 0 only when it is empty."""
        return 0 if self.level <= 0 else max(1, round(self.level))

    def pass_time(self, seconds: float, *, linked: bool) -> None:
        """Idle for a while, with or without a phone."""
        if self.charging:
            self.level = min(100.0, self.level + seconds * CHARGE_PER_SECOND)
        else:
            self.use(seconds * (IDLE_PER_SECOND + (LINKED_PER_SECOND if linked else 0.0)))

    def use(self, percent: float) -> None:
        """Something took `percent` of a full charge."""
        self.level = max(0.0, self.level - percent)
