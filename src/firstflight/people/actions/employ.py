# SPDX-License-Identifier: Apache-2.0
"""Recognise an employee of the group."""

from firstflight.kernel import clock
from firstflight.people.models import Affiliate, Employment, Person


def employ_by_mail_domain(
    person: Person, *, source: str = Employment.Source.MAIL_DOMAIN
) -> Employment | None:
    """Employ a person whose *verified* address belongs to a company's mail domain.

    The caller vouches that the address was verified; an unknown domain changes nothing.
    """
    domain = person.email.rpartition("@")[2].lower()
    affiliate = Affiliate.objects.filter(email_domains__contains=[domain]).first()
    if affiliate is None:
        return None
    return employ(person=person, affiliate=affiliate, source=source)


def employ(*, person: Person, affiliate: Affiliate, source: str) -> Employment:
    """The person's current employment with this company, begun now if there was none."""
    employment, _ = Employment.objects.get_or_create(
        person=person,
        affiliate=affiliate,
        until=None,
        defaults={"source": source, "since": clock.now()},
    )
    return employment
