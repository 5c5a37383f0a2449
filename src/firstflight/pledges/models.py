# SPDX-License-Identifier: Apache-2.0
"""Pledges: what a supporter promised, what they were promised, and each move of it.

A pledge owns no card and no address: those belong to payments and fulfilment. What was agreed to
is frozen in `agreed` and hashed; a later change of mind of anybody cannot alter it.
"""

from django.db import models

from firstflight.campaigns.models import Campaign, Reward, Variant
from firstflight.kernel.ids import uuid7
from firstflight.kernel.money import Money
from firstflight.people.models import Person
from firstflight.pledges.states import HOLDING, State


class Pledge(models.Model):
    """A supporter's promise to pay if the campaign succeeds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pledges")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pledges")
    state = models.CharField(max_length=20, choices=State.choices, default=State.HELD)
    currency = models.CharField(max_length=3)
    items_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    bonus_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    ship_to = models.CharField(max_length=2)
    language = models.CharField(max_length=2)
    source = models.CharField(max_length=80, blank=True)
    anonymous = models.BooleanField(default=False)
    agreed = models.JSONField()
    agreed_hash = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    placed_at = models.DateTimeField()
    hold_expires_at = models.DateTimeField()
    # While payment is being repaired: when to try or remind next, and when to give up.
    retry_at = models.DateTimeField(null=True, blank=True)
    drop_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "key"], name="the_same_request_is_one_pledge"
            ),
            models.CheckConstraint(
                condition=models.Q(total_minor__gt=0)
                & models.Q(bonus_minor__gte=0)
                & models.Q(
                    total_minor=models.F("items_minor")
                    + models.F("shipping_minor")
                    + models.F("bonus_minor")
                ),
                name="a_total_is_the_sum_of_its_parts",
            ),
        )
        indexes = (
            models.Index(
                fields=["campaign", "state"],
                include=["total_minor", "person"],
                name="totals_of_a_campaign",
            ),
            models.Index(
                fields=["hold_expires_at"], condition=models.Q(state="held"), name="holds_to_lapse"
            ),
            models.Index(
                fields=["retry_at"],
                condition=models.Q(state__in=["locked", "errored"]),
                name="pledges_to_collect",
            ),
        )

    @property
    def total(self) -> Money:
        """What the card will be charged."""
        return Money(self.total_minor, self.currency)

    @property
    def subject(self) -> str:
        """The name under which payments knows this pledge."""
        return f"pledge:{self.pk}"

    @property
    def holds_places(self) -> bool:
        """Whether its rewards are kept for this supporter."""
        return self.state in HOLDING


class PledgeItem(models.Model):
    """So many of one reward, at the price agreed."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="items")
    reward = models.ForeignKey(Reward, on_delete=models.PROTECT)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, blank=True)
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="a_quantity_is_positive"
            ),
        )


class PledgeMove(models.Model):
    """A row of history: a move from state to state, or a change within one (old = new)."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="moves")
    old = models.CharField(max_length=20, blank=True)
    new = models.CharField(max_length=20)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    reason = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()
