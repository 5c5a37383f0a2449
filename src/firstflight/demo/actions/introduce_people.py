# SPDX-License-Identifier: Apache-2.0
"""Introduce the companies and the people of the demo."""

from django.db import transaction

from firstflight.demo.people import COMPANIES, SAMPLE_PEOPLE, Company, SamplePerson
from firstflight.people.actions.employ import employ
from firstflight.people.actions.grant_role import grant_role
from firstflight.people.actions.register import register
from firstflight.people.models import Affiliate, Employment, Person


@transaction.atomic
def introduce_people() -> None:
    """Have every company and every sample person; those who are known stay as they are."""
    for company in COMPANIES:
        introduce_company(company)
    for one in SAMPLE_PEOPLE:
        introduce(one)


def introduce_company(company: Company) -> Affiliate:
    """The company, new if it was not known."""
    affiliate, _ = Affiliate.objects.get_or_create(
        slug=company.slug,
        defaults={
            "name": company.name,
            "legal_name": company.legal_name,
            "address": company.address,
            "representative": company.representative,
            "email": f"first-flight@{company.domain}",
            "phone": company.phone,
            "invoice_number": company.invoice_number,
            "email_domains": [company.domain],
        },
    )
    return affiliate


def introduce(one: SamplePerson) -> Person:
    """The person, employed and with their role."""
    person = named(one.email, one.name, one.language)
    if one.company:
        affiliate = Affiliate.objects.get(slug=one.company)
        employ(person=person, affiliate=affiliate, source=Employment.Source.COMPANY_SIGN_IN)
        if one.grant:
            scope = affiliate if one.company_only else None
            grant_role(person=person, role=one.grant, affiliate=scope, actor=None)
    return person


def named(email: str, name: str, language: str) -> Person:
    """The person of this address; whoever has a name already keeps it."""
    person = register(email=email, language=language)
    if not person.name:
        person.name = name
        person.save(update_fields=["name"])
    return person
