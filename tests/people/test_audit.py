# SPDX-License-Identifier: Apache-2.0
"""The audit log proves itself, and shows where somebody touched it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from firstflight.kernel import clock
from firstflight.people import audit
from firstflight.people.models import AuditEntry

pytestmark = pytest.mark.django_db


def three_acts() -> list[AuditEntry]:
    return [
        audit.record(actor=None, act="tested", subject=f"thing:{n}", detail={"n": n, "名": "é"})
        for n in range(3)
    ]


def test_an_untouched_log_holds() -> None:
    three_acts()
    assert audit.verify() == []


def test_what_was_recorded_in_the_time_of_another_zone_holds() -> None:
    with clock.virtual(datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))):
        three_acts()
    assert audit.verify() == []


@pytest.mark.parametrize("change", [{"act": "other"}, {"detail": {"n": 9}}, {"subject": "x:9"}])
def test_a_changed_row_shows(change: dict[str, object]) -> None:
    _, middle, _ = three_acts()
    AuditEntry.objects.filter(pk=middle.pk).update(**change)
    assert [found.entry_id for found in audit.verify()] == [middle.pk]


def test_a_removed_row_shows_at_the_next_one() -> None:
    _, middle, last = three_acts()
    AuditEntry.objects.filter(pk=middle.pk).delete()
    assert [found.entry_id for found in audit.verify()] == [last.pk]
