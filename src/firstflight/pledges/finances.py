# SPDX-License-Identifier: Apache-2.0
"""A campaign's money at a glance, each figure from the books or from the pledges themselves."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from firstflight.campaigns.models import Campaign
from firstflight.kernel.money import Money
from firstflight.ledger.models import Posting
from firstflight.pledges.models import Pledge


@dataclass(frozen=True)
class Finances:
    """`held` and `authorised` are promises; `due` is being collected, of which `failed` was
    declined and may yet be repaired; `collected`, `refunded` and `fees` are money."""

    held: Money
    authorised: Money
    due: Money
    failed: Money
    dropped: Money
    collected: Money
    refunded: Money
    fees: Money

    @property
    def net(self) -> Money:
        """What is left after refunds and fees."""
        return self.collected - self.refunded - self.fees


def finances(campaign: Campaign) -> Finances:
    """The figures of one campaign, in its currency."""

    def promised(*states: str) -> Money:
        pledges = Pledge.objects.filter(campaign=campaign, state__in=states)
        total = pledges.aggregate(total=Sum("total_minor"))["total"]
        return Money(total or 0, campaign.currency)

    booked = Posting.objects.filter(account__book=campaign.book).aggregate(
        collected=Sum(
            "minor",
            filter=Q(account__name="supporter_prepayments", entry__event="pledge_collected"),
        ),
        refunded=Sum(
            "minor",
            filter=Q(
                account__name="supporter_prepayments",
                entry__event__in=("pledge_refunded", "refund_failed"),
            ),
        ),
        fees=Sum("minor", filter=Q(account__name="provider_fees")),
    )
    return Finances(
        held=promised("held"),
        authorised=promised("active"),
        due=promised("locked", "errored"),
        failed=promised("errored"),
        dropped=promised("dropped"),
        collected=Money(-(booked["collected"] or 0), campaign.currency),
        refunded=Money(booked["refunded"] or 0, campaign.currency),
        fees=Money(booked["fees"] or 0, campaign.currency),
    )
