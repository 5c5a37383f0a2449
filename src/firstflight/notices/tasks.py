# SPDX-License-Identifier: Apache-2.0
"""Delivering the outbox."""

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from procrastinate.contrib.django import app

from firstflight.kernel import clock
from firstflight.notices.models import Message

ATTEMPTS = 10
log = structlog.get_logger(__name__)


@app.task(name="notices.deliver", queue="mail")
def deliver(message_id: int) -> None:
    """Deliver one message unless it was delivered; its row stays locked while it is under way."""
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .select_related("person")
            .filter(pk=message_id, state=Message.State.QUEUED)
            .first()
        )
        if message is None:
            return
        mail = EmailMultiAlternatives(message.subject, message.text, to=[message.person.email])
        mail.attach_alternative(message.html, "text/html")
        message.attempts += 1
        try:
            mail.send()
        except OSError as error:
            log.warning("mail_not_delivered", message=message.pk, error=type(error).__name__)
            if message.attempts >= ATTEMPTS:
                message.state = Message.State.FAILED
        else:
            message.state = Message.State.SENT
            message.sent_at = clock.now()
        message.save(update_fields=["state", "attempts", "sent_at"])


@app.periodic(cron="* * * * *")
@app.task(name="notices.deliver_queued", queue="mail", queueing_lock="deliver_queued")
def deliver_queued(timestamp: int) -> None:
    """Try again what a job left behind: a mail server that was away, a worker that was killed."""
    for message_id in Message.objects.filter(state=Message.State.QUEUED).values_list("pk")[:500]:
        deliver(message_id[0])
