# SPDX-License-Identifier: Apache-2.0
"""Addresses and parcels of collected pledges. It moves no money."""

from django.db import models

from firstflight.fulfilment.states import Parcel
from firstflight.people.models import Person
from firstflight.pledges.models import Pledge


class DeliveryAddress(models.Model):
    """Where a pledge is sent; empty until the supporter answered, editable until the lock."""

    pledge = models.OneToOneField(Pledge, on_delete=models.PROTECT, related_name="address")
    name = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=16, blank=True)
    region = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80, blank=True)
    line1 = models.CharField(max_length=160, blank=True)
    line2 = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2)
    phone = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    @property
    def is_given(self) -> bool:
        """Whether the supporter has answered."""
        return self.given_at is not None


class Shipment(models.Model):
    """A parcel of a pledge; a lost one is followed by another on the same row's history."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="shipments")
    state = models.CharField(max_length=20, choices=Parcel.choices, default=Parcel.PLANNED)
    carrier = models.CharField(max_length=40, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["carrier", "tracking_number"],
                condition=~models.Q(tracking_number=""),
                name="a_tracking_number_is_one_parcel",
            ),
        )


class ShipmentMove(models.Model):
    """A row of history of a parcel."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="moves")
    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
