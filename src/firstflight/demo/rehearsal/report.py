# SPDX-License-Identifier: Apache-2.0
"""What a rehearsal ends with: the numbers, and whether any that may never be wrong is wrong."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Sum

from firstflight.campaigns.models import Campaign
from firstflight.kernel.money import Money
from firstflight.notices.models import Message
from firstflight.payments.models import Charge
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge


@dataclass(frozen=True)
class Report:
    """Amounts in minor units of `currency`; `findings` name every difference found."""

    state: str
    currency: str
    goal_minor: int
    pledged_minor: int
    collected_minor: int
    supporters: int
    pledges_by_state: dict[str, int]
    oversold: int
    lost_places: int
    double_charges: int
    ledger_imbalance_minor: int
    provider_mismatch_minor: int
    mails_sent: int
    seconds: float
    findings: list[str]

    @property
    def right(self) -> bool:
        """Whether every number that may never be wrong is right."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)

    def as_text(self) -> str:
        """For a person at a terminal."""
        states = ", ".join(f"{n} {state}" for state, n in sorted(self.pledges_by_state.items()))
        lines = [
            f"The campaign ended {self.state}.",
            f"  goal        {self._amount(self.goal_minor)}",
            f"  pledged     {self._amount(self.pledged_minor)}  by {self.supporters} supporters",
            f"  collected   {self._amount(self.collected_minor)}",
            f"  pledges     {states}",
            f"  mails       {self.mails_sent}",
            f"  played in   {self.seconds:.1f} s",
            "Numbers that may never be wrong:",
            f"  places      {self.oversold} oversold, {self.lost_places} lost",
            f"  charges     {self.double_charges} made twice",
            f"  ledger      off by {self.ledger_imbalance_minor}",
            f"  provider    off by {self.provider_mismatch_minor}",
            *(f"  WRONG: {finding}" for finding in self.findings),
        ]
        return "\n".join(lines)

    def _amount(self, minor: int) -> str:
        return Money(minor, self.currency).format("en")


def summarise(slug: str, *, seconds: float) -> Report:
    """The report of a campaign that was played to its end."""
    campaign = Campaign.objects.get(slug=slug)
    books = check_books()
    states = Pledge.objects.filter(campaign=campaign).values_list("state").annotate(Count("pk"))
    collected = Charge.objects.filter(state=Charge.State.SUCCEEDED).aggregate(
        total=Sum("amount_minor")
    )
    return Report(
        state=campaign.funding_state,
        currency=campaign.currency,
        goal_minor=campaign.goal.minor,
        pledged_minor=campaign.pledged_at_close_minor or 0,
        collected_minor=collected["total"] or 0,
        supporters=campaign.supporters_at_close or 0,
        pledges_by_state=dict(states),
        oversold=books.oversold,
        lost_places=books.lost_places,
        double_charges=books.double_charges,
        ledger_imbalance_minor=books.ledger_imbalance_minor,
        provider_mismatch_minor=books.provider_mismatch_minor,
        mails_sent=Message.objects.filter(state=Message.State.SENT).count(),
        seconds=round(seconds, 1),
        findings=books.findings,
    )
