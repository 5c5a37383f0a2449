# SPDX-License-Identifier: Apache-2.0
"""Two windows on one draft: who saves from an older view is told; who goes on writing is not."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import builders
import pytest

from firstflight.campaigns import stamps
from firstflight.campaigns.actions.edit import edit_terms
from firstflight.campaigns.errors import EditedMeanwhile
from firstflight.campaigns.models import Campaign
from firstflight.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Campaign:
    return builders.live_campaign(review_state="draft", funding_state="planned")


def test_whoever_saves_again_and_again_never_meets_themselves(draft: Campaign) -> None:
    """Given instants written in the campaign's zone, when saved, then the next save fits."""
    tokyo = ZoneInfo("Asia/Tokyo")
    opens = (clock.now() + timedelta(days=10)).astimezone(tokyo)
    stamp = stamps.stamp_of(draft, stamps.TERMS)
    for goal in (5_000_000, 10_000_000):
        fields = {"goal_minor": goal, "opens_at": opens, "closes_at": opens + timedelta(days=30)}
        stamp = stamps.stamp_of(edit_terms(draft, fields, stamp=stamp), stamps.TERMS)

    assert Campaign.objects.get(pk=draft.pk).goal_minor == 10_000_000


def test_whoever_saves_from_an_older_view_overwrites_nothing(draft: Campaign) -> None:
    older = stamps.stamp_of(draft, stamps.TERMS)
    edit_terms(draft, {"goal_minor": 5_000_000}, stamp=older)

    with pytest.raises(EditedMeanwhile):
        edit_terms(draft, {"goal_minor": 7_000_000}, stamp=older)

    assert Campaign.objects.get(pk=draft.pk).goal_minor == 5_000_000
