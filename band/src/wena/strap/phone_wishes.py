# SPDX-License-Identifier: Apache-2.0
"""What an Android phone writes by the wena 3 protocol, carried out on the strap."""

from wena.notify.quiet import QuietHours
from wena.strap.strap import Strap
from wena.wena3.body import Body, StepGoal
from wena.wena3.clock import TimeZone
from wena.wena3.dispatch import Message, Setting
from wena.wena3.notification import Notification, NotificationRemove
from wena.wena3.schedule import DayStartHour, DoNotDisturb
from wena.wena3.switches import Strength, VibrationStrength
from wena.wena3.translate import event_of

STRENGTHS = {Strength.WEAK: 0.4, Strength.NORMAL: 0.7, Strength.STRONG: 1.0}


def carry_out(strap: Strap, packet: Setting | Message) -> None:
    """Act on a packet; those that only something on a display would show are left alone."""
    wrist = strap.wrist
    if isinstance(packet, Notification | NotificationRemove):
        strap.handle(event_of(packet))
    elif isinstance(packet, DoNotDisturb):
        start = packet.start_hour * 60 + packet.start_minute
        wrist.quiet = QuietHours(packet.enabled, start, packet.end_hour * 60 + packet.end_minute)
    elif isinstance(packet, VibrationStrength):
        wrist.strength = STRENGTHS[packet.strength]
    elif isinstance(packet, StepGoal):
        wrist.goal = max(1, packet.steps)
        strap.tell_steps()
    elif isinstance(packet, Body):
        wrist.height = packet.height_mm / 1000 or wrist.height
    elif isinstance(packet, DayStartHour):
        wrist.day_start_hour = packet.hour
        strap.tell_steps()
    elif isinstance(packet, TimeZone):
        wrist.offset = packet.utc_offset_s
        strap.tell_steps()
