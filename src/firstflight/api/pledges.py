# SPDX-License-Identifier: Apache-2.0
"""Pledges through the API: place, look, change, cancel. Each acts for the token's person."""

import hashlib
import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from firstflight.api.answers import choices_had, choices_of, pledge_answer
from firstflight.api.authentication import Token
from firstflight.api.problems import PROBLEMS
from firstflight.api.schemas import PledgeChange, PledgeIn, PledgeOut
from firstflight.kernel.errors import Invalid
from firstflight.people.models import Person
from firstflight.pledges.actions.cancel import cancel
from firstflight.pledges.actions.change import change
from firstflight.pledges.actions.place import Request
from firstflight.pledges.actions.place_together import place_together
from firstflight.pledges.models import Pledge
from firstflight.pledges.queries import access_pledge

router = Router(tags=["pledges"])
_KEY = re.compile(r"[\x20-\x7e]{1,255}")
_KEPT = 64  # longer keys are kept as their digest
_KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each pledge; the same key and body again give the same pledge.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def _person(request: HttpRequest) -> Person:
    person: Person = request.auth.person  # type: ignore[attr-defined]
    return person


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        message = _("Send a header Idempotency-Key of 1 to 255 characters, new for each pledge.")
        raise Invalid({"Idempotency-Key": [message]})
    return key if len(key) <= _KEPT else hashlib.sha256(key.encode()).hexdigest()


@router.post(
    "/campaigns/{slug:slug}/pledges",
    response={201: PledgeOut, **PROBLEMS},
    auth=Token("pledges:write"),
    openapi_extra={"parameters": [_KEY_HEADER]},
)
def place_pledge(request: HttpRequest, slug: str, payload: PledgeIn) -> tuple[int, dict[str, Any]]:
    """Place a pledge. The same Idempotency-Key is the same pledge, whose answer is repeated."""
    person = _person(request)
    placed = place_together(
        Request(
            slug=slug,
            person_id=person.pk,
            key=f"api:{_key(request)}",
            choices=choices_of(payload.items),
            ship_to=payload.ship_to,
            bonus_minor=payload.bonus_minor,
            language=(get_language() or "en").split("-")[0],
            source="api",
            method_id=payload.payment_method,
        )
    )
    return 201, pledge_answer(placed.pledge or Pledge.objects.get(pk=placed.pledge_id))


@router.get(
    "/pledges/{uuid:pledge_id}",
    response={200: PledgeOut, **PROBLEMS},
    auth=Token("pledges:read"),
)
def get_pledge(request: HttpRequest, pledge_id: UUID) -> dict[str, Any]:
    """A pledge of this person; anybody else's is not found."""
    return pledge_answer(access_pledge(_person(request), pledge_id))


@router.patch(
    "/pledges/{uuid:pledge_id}",
    response={200: PledgeOut, **PROBLEMS},
    auth=Token("pledges:write"),
)
def change_pledge(request: HttpRequest, pledge_id: UUID, payload: PledgeChange) -> dict[str, Any]:
    """Change what an active pledge asks for; if it cannot be had, the pledge stays as it was."""
    pledge = access_pledge(_person(request), pledge_id)
    changed = change(
        pledge_id=pledge.pk,
        actor=_person(request),
        choices=choices_of(payload.items) if payload.items else choices_had(pledge),
        ship_to=payload.ship_to or pledge.ship_to,
        bonus_minor=pledge.bonus_minor if payload.bonus_minor is None else payload.bonus_minor,
    )
    return pledge_answer(changed)


@router.delete(
    "/pledges/{uuid:pledge_id}",
    response={200: PledgeOut, **PROBLEMS},
    auth=Token("pledges:write"),
)
def cancel_pledge(request: HttpRequest, pledge_id: UUID) -> dict[str, Any]:
    """Cancel a pledge while its campaign is live."""
    pledge = access_pledge(_person(request), pledge_id)
    return pledge_answer(cancel(pledge_id=pledge.pk, actor=_person(request)))
