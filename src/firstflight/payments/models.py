# SPDX-License-Identifier: Apache-2.0
"""Cards that were set up, charges, refunds and the provider's events. It knows no pledge.

What a payment is for is a `subject` such as "pledge:0190…"; the floor above gives it meaning.
No card number ever arrives here: only the provider's references and what a receipt may show.
"""

from django.db import models

from firstflight.kernel.ids import uuid7
from firstflight.kernel.money import Money
from firstflight.people.models import Person


class Customer(models.Model):
    """A person as the provider knows them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    gateway = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "gateway"], name="one_customer_per_gateway"),
        )


class CardSetup(models.Model):
    """One card made ready for a later charge (a SetupIntent); the newest of a subject counts."""

    class State(models.TextChoices):
        REQUIRES_METHOD = "requires_method"
        REQUIRES_ACTION = "requires_action"
        READY = "ready"
        FAILED = "failed"

    subject = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    gateway = models.CharField(max_length=20)
    key = models.CharField(max_length=120, unique=True)
    provider_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.REQUIRES_METHOD)
    method_id = models.CharField(max_length=80, blank=True)
    brand = models.CharField(max_length=20, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    exp_month = models.PositiveSmallIntegerField(null=True, blank=True)
    exp_year = models.PositiveSmallIntegerField(null=True, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["subject", "-id"], name="setups_of_a_subject"),
            models.Index(fields=["provider_id"], name="setups_by_provider"),
        )


class Charge(models.Model):
    """One attempt to take money; written before the provider is asked, settled afterwards."""

    class State(models.TextChoices):
        PROCESSING = "processing"
        SUCCEEDED = "succeeded"
        REQUIRES_ACTION = "requires_action"
        FAILED_SOFT = "failed_soft"
        FAILED_HARD = "failed_hard"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    card_setup = models.ForeignKey(CardSetup, on_delete=models.PROTECT)
    gateway = models.CharField(max_length=20)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    fee_minor = models.BigIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROCESSING)
    provider_id = models.CharField(max_length=80, blank=True)
    decline_code = models.CharField(max_length=60, blank=True)
    client_secret = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="a_charge_is_positive"
            ),
            models.UniqueConstraint(fields=["subject", "number"], name="attempts_are_numbered"),
            models.UniqueConstraint(
                fields=["subject"],
                condition=models.Q(state__in=["processing", "succeeded"]),
                name="never_charged_twice",
            ),
        )
        indexes = (
            models.Index(fields=["provider_id"], name="charges_by_provider"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(state="processing"),
                name="charges_unfinished",
            ),
        )

    @property
    def amount(self) -> Money:
        """What was asked of the card."""
        return Money(self.amount_minor, self.currency)

    @property
    def fee(self) -> Money:
        """What the provider kept."""
        return Money(self.fee_minor, self.currency)


class Refund(models.Model):
    """Money on its way back, in part or whole; its own record with its own states."""

    class State(models.TextChoices):
        CREATED = "created"
        IN_TRANSIT = "in_transit"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=250)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.CREATED)
    provider_id = models.CharField(max_length=80, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="a_refund_is_positive"
            ),
        )

    @property
    def amount(self) -> Money:
        """What goes back."""
        return Money(self.amount_minor, self.charge.currency)


class ProviderEvent(models.Model):
    """A webhook that arrived: a hint to look at an object again, kept without personal data."""

    gateway = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["gateway", "provider_id"], name="an_event_is_received_once"
            ),
        )
