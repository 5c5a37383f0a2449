# SPDX-License-Identifier: Apache-2.0
"""Begin a project: a draft that its owner fills at leisure."""

import secrets

from django.db import transaction

from firstflight.campaigns.models import Campaign, Project
from firstflight.kernel import clock
from firstflight.people.models import Person
from firstflight.people.queries import require_employer


@transaction.atomic
def create(*, owner: Person) -> Campaign:
    """A new draft campaign in a new project of the owner's company.

    Raises:
        NotAnEmployee: only employees of the group present ideas.
    """
    now = clock.now()
    project = Project.objects.create(
        affiliate=require_employer(owner), owner=owner, created_at=now, updated_at=now
    )
    return Campaign.objects.create(
        project=project, slug=f"draft-{secrets.token_hex(4)}", created_at=now
    )
