# SPDX-License-Identifier: Apache-2.0
"""A log of two days in Paris around the night when the clocks go forward, for the tests here."""

from zoneinfo import ZoneInfo

from wena.activity.records import (
    ActivityLog,
    Behaviour,
    BehaviourSpan,
    CaloriesMinute,
    EnergyMinute,
    HeartRateMinute,
    StepMinute,
    StressMinute,
    Vo2Max,
)
from wena.export.source import Source

MIDNIGHT = 1_774_738_800
"""2026-03-29 00:00 in Paris (+01:00); at 02:00 the clocks go to 03:00."""
HOUR = 3600
SOURCE = Source(ZoneInfo("Europe/Paris"), created=MIDNIGHT + 24 * HOUR, device="test strap")

BEFORE = MIDNIGHT - 2 * HOUR
NIGHT = MIDNIGHT - HOUR
MORNING = MIDNIGHT + 8 * HOUR

LOG = ActivityLog(
    steps=[
        StepMinute(BEFORE, 100),
        StepMinute(BEFORE + 60, 12),
        StepMinute(MIDNIGHT - 60, 7),
        StepMinute(MORNING, 110),
        StepMinute(MORNING + 60, 0),
        StepMinute(MORNING + 120, 160),
    ],
    heart_rates=[HeartRateMinute(BEFORE, 61), HeartRateMinute(BEFORE + 60, 0)],
    behaviours=[
        BehaviourSpan(BEFORE, BEFORE + 120, Behaviour.WALK),
        BehaviourSpan(NIGHT, NIGHT + 2 * HOUR, Behaviour.SLEEP_LIGHT),
        BehaviourSpan(NIGHT + 2 * HOUR, NIGHT + 2 * HOUR + 600, Behaviour.SLEEP_AWAKE),
        BehaviourSpan(NIGHT + 2 * HOUR + 600, NIGHT + 4 * HOUR, Behaviour.SLEEP_DEEP),
        BehaviourSpan(MORNING + 120, MORNING + 180, Behaviour.RUN),
    ],
    stresses=[StressMinute(BEFORE, -100)],
    energies=[EnergyMinute(BEFORE, 77)],
    calories=[
        CaloriesMinute(BEFORE, 4.4),
        CaloriesMinute(BEFORE + 60, 1.4),
        CaloriesMinute(MORNING, 5.0),
    ],
    vo2max=[Vo2Max(MORNING, 41)],
)
