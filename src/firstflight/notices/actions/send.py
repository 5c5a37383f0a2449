# SPDX-License-Identifier: Apache-2.0
"""Write a mail into the outbox, in the transaction that causes it; a job delivers it."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from firstflight.kernel import clock, jobs
from firstflight.notices.models import Message
from firstflight.people.models import Person


def send(
    *, person: Person, kind: str, key: str, context: dict[str, Any], language: str = ""
) -> Message:
    """Queue the mail `notices/templates/mail/<kind>.txt`: its first line is the subject.

    The same `key` is one mail, however often it is asked for.
    """
    known = Message.objects.filter(key=key).first()
    if known:
        return known
    wanted = language or person.language
    with translation.override(wanted):
        zone = person.time_zone
        variables = {**context, "person": person, "zone": zone, "site_url": settings.SITE_URL}
        subject, _, text = render_to_string(f"mail/{kind}.txt", variables).strip().partition("\n")
        text = f"{text.strip()}\n\n{render_to_string('mail/foot.txt', variables).strip()}\n"
        html = render_to_string("mail/layout.html", {"subject": subject, "text": text})
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "kind": kind,
            "language": wanted,
            "subject": subject.strip(),
            "text": text,
            "html": html,
            "created_at": clock.now(),
        },
    )
    if created:
        jobs.defer("notices.deliver", queue="mail", rows=[{"message_id": message.pk}])
    return message
