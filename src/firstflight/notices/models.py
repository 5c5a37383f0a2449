# SPDX-License-Identifier: Apache-2.0
"""Mail that was promised to somebody: written in the transaction that causes it, sent by a job."""

from django.db import models

from firstflight.people.models import Person


class Message(models.Model):
    """One mail; its key makes "the same mail twice" impossible."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    key = models.CharField(max_length=160, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["created_at"], condition=models.Q(state="queued"), name="outbox"),
            models.Index(fields=["person", "created_at"], name="messages_of_a_person"),
        )
