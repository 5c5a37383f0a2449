# SPDX-License-Identifier: Apache-2.0
"""The log of steps, as it is kept and as a phone gets it."""

import pytest

from wena.strap.errors import BadStepLog
from wena.strap.step_log import StepLog, day_start
from wena.wena3.activity_kinds import Kind

START = 1_795_608_000


def test_a_short_pause_is_zeros_and_a_long_one_begins_a_new_run():
    log = StepLog()
    for minute, steps in ((0, 90), (1, 100), (4, 5), (30, 7)):
        log.add(START + 60 * minute + 13, steps)

    runs = list(log.blocks_since({}))

    assert [(run.start_unix_s, list(run.values)) for run in runs] == [
        (START, [90, 100, 0, 0, 5]),
        (START + 1800, [7]),
    ]


def test_a_phone_gets_what_is_newer_and_its_newest_minute_again():
    log = StepLog()
    log.add(START, 90)
    log.add(START + 60, 95)

    (run,) = log.blocks_since({Kind.STEPS: START + 60})

    assert (run.start_unix_s, list(run.values)) == (START + 60, [95])


def test_a_minute_holds_at_most_what_the_wire_can_say():
    log = StepLog()
    log.add(START, 200)
    log.add(START + 1, 200)

    assert list(next(log.blocks_since({})).values) == [255]


def test_a_broken_file_is_refused_and_kept(tmp_path):
    path = tmp_path / "steps.json"
    path.write_text("[[1]]")

    with pytest.raises(BadStepLog):
        StepLog(path)
    assert path.read_text() == "[[1]]"


@pytest.mark.parametrize(
    ("hour_utc", "offset_hours", "start_hour", "began_hours_ago"),
    [(12, 0, 6, 6), (5, 0, 6, 23), (6, 0, 6, 0), (23, 9, 6, 2), (3, -8, 6, 13)],
)
def test_a_day_begins_at_the_wearers_hour_in_the_wearers_zone(
    hour_utc, offset_hours, start_hour, began_hours_ago
):
    now = START // 86400 * 86400 + hour_utc * 3600

    assert now - day_start(now, offset_hours * 3600, start_hour) == began_hours_ago * 3600
