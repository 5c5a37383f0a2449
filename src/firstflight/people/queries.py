# SPDX-License-Identifier: Apache-2.0
"""What the floors above ask about people."""

from firstflight.kernel.errors import NotAllowed
from firstflight.people.errors import NotAnEmployee
from firstflight.people.models import Affiliate, Employment, Person, RoleGrant


def employers(person: Person) -> list[Affiliate]:
    """The companies of the group for which this person works now."""
    return list(
        Affiliate.objects.filter(
            employment__person=person, employment__until=None, employment__person__is_active=True
        )
    )


def require_employer(person: Person) -> Affiliate:
    """The person's company.

    Raises:
        NotAnEmployee: works for no company of the group.
    """
    for affiliate in employers(person):
        return affiliate
    raise NotAnEmployee


def is_employee(person: Person) -> bool:
    """Whether the person works for a company of the group now."""
    return Employment.objects.filter(person=person, until=None).exists()


def roles(person: Person) -> set[str]:
    """All roles the person holds anywhere."""
    return set(
        RoleGrant.objects.filter(person=person, revoked_at=None).values_list("role", flat=True)
    )


def affiliates_for_role(person: Person, role: str) -> set[int] | None:
    """The companies in which the person holds `role`; None means all of the group.

    Raises:
        NotAllowed: the person holds it nowhere.
    """
    held = set(
        RoleGrant.objects.filter(person=person, role=role, revoked_at=None).values_list(
            "affiliate_id", flat=True
        )
    )
    if not held:
        raise NotAllowed
    return None if None in held else held
