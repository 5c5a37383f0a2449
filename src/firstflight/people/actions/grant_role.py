# SPDX-License-Identifier: Apache-2.0
"""Give a person a role."""

from django.db import transaction

from firstflight.kernel import clock
from firstflight.people import audit
from firstflight.people.models import Affiliate, Person, RoleGrant


@transaction.atomic
def grant_role(
    *, person: Person, role: str, affiliate: Affiliate | None, actor: Person | None
) -> RoleGrant:
    """The person's grant of `role`, made and audited if there was none."""
    grant, created = RoleGrant.objects.get_or_create(
        person=person,
        role=role,
        affiliate=affiliate,
        revoked_at=None,
        defaults={"granted_at": clock.now()},
    )
    if created:
        audit.record(
            actor=actor,
            act="role_granted",
            subject=f"person:{person.pk}",
            detail={"role": role, "affiliate": affiliate.slug if affiliate else None},
        )
    return grant
