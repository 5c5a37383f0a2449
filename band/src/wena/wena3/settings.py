# SPDX-License-Identifier: Apache-2.0
"""All settings of a strap together, as the phone's side keeps and sends them.

Nothing can be read back from a strap: what is here is written again at every connection.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import SupportsBytes

from wena.wena3.alarms import SLOTS, Alarm
from wena.wena3.body import Body, StepGoal
from wena.wena3.buttons import ButtonActions
from wena.wena3.schedule import AutoPowerOff, DayStartHour, DoNotDisturb
from wena.wena3.screen import Display, HomeIcons, MenuIcons, StatusPages
from wena.wena3.switches import CameraApp, NotificationSwitches, VibrationStrength

EARLIEST_BIRTH_YEAR = 1920
PROFILE = ("body", "step_goal")
SESSION_ORDER = (
    *("camera_app", "menu_icons", "status_pages", "display", "do_not_disturb", "auto_power_off"),
    *("vibration", "home_icons", *PROFILE, "day_start_hour", "button_actions"),
    "notification_switches",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The defaults are those of the program the protocol was read from."""

    camera_app: CameraApp = field(default_factory=CameraApp)
    menu_icons: MenuIcons = field(default_factory=MenuIcons)
    status_pages: StatusPages = field(default_factory=StatusPages)
    display: Display = field(default_factory=Display)
    do_not_disturb: DoNotDisturb = field(default_factory=DoNotDisturb)
    auto_power_off: AutoPowerOff = field(default_factory=AutoPowerOff)
    vibration: VibrationStrength = field(default_factory=VibrationStrength)
    home_icons: HomeIcons = field(default_factory=HomeIcons)
    body: Body = field(default_factory=Body)
    step_goal: StepGoal = field(default_factory=StepGoal)
    day_start_hour: DayStartHour = field(default_factory=DayStartHour)
    button_actions: ButtonActions = field(default_factory=ButtonActions)
    notification_switches: NotificationSwitches = field(default_factory=NotificationSwitches)
    alarms: tuple[Alarm | None, ...] = (None,) * SLOTS

    def profile_packets(self) -> list[SupportsBytes]:
        """Body and goal; neither where the birth year is before 1920, as the source has it."""
        if self.body.birth_year < EARLIEST_BIRTH_YEAR:
            return []
        return [self.body, self.step_goal]

    def session_packets(self, only: Collection[str] | None = None) -> list[SupportsBytes]:
        """What is written at every connection after time and zone, in the tried order.

        With `only`, those settings alone, by the names of their fields.
        """
        profile = self.profile_packets()
        return [
            getattr(self, name)
            for name in SESSION_ORDER
            if (only is None or name in only) and (name not in PROFILE or profile)
        ]
