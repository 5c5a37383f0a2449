# SPDX-License-Identifier: Apache-2.0
"""Make a person of an e-mail address."""

from django.db import transaction

from firstflight.people.models import Person


@transaction.atomic
def register(*, email: str, language: str) -> Person:
    """The person of this address; a new one has no password and signs in by code."""
    known = Person.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    person = Person(email=email, language=language)
    person.set_unusable_password()
    person.save()
    return person
