# SPDX-License-Identifier: Apache-2.0
"""Who may edit a project beside its owner: colleagues, let in and out by the owner."""

from django.db import transaction
from django.utils.translation import gettext as _

from firstflight.campaigns.models import Campaign
from firstflight.kernel.errors import Invalid, NotFound
from firstflight.people import audit
from firstflight.people.models import Person
from firstflight.people.queries import is_employee


@transaction.atomic
def invite_editor(*, campaign: Campaign, email: str, actor: Person) -> Person:
    """Let a colleague edit the project.

    Raises:
        NotFound: the actor is not its owner. Invalid: nobody who works here has this address.
    """
    _require_owner(campaign, actor)
    colleague = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if colleague is None or not is_employee(colleague):
        message = _(
            "Nobody with this address has signed in as an employee yet. "
            "Ask your colleague to sign in once, then try again."
        )
        raise Invalid({"email": [message]})
    campaign.project.editors.add(colleague)
    _record(campaign, actor, "editor_invited", colleague)
    return colleague


@transaction.atomic
def remove_editor(*, campaign: Campaign, person_id: int, actor: Person) -> None:
    """Let a colleague no longer edit the project.

    Raises:
        NotFound: the actor is not its owner, or no such editor.
    """
    _require_owner(campaign, actor)
    colleague = campaign.project.editors.filter(pk=person_id).first()
    if colleague is None:
        raise NotFound
    campaign.project.editors.remove(colleague)
    _record(campaign, actor, "editor_removed", colleague)


def _require_owner(campaign: Campaign, actor: Person) -> None:
    if campaign.project.owner_id != actor.pk:
        raise NotFound


def _record(campaign: Campaign, actor: Person, act: str, colleague: Person) -> None:
    audit.record(
        actor=actor,
        act=act,
        subject=f"campaign:{campaign.pk}",
        detail={"person": colleague.pk},
    )
