# SPDX-License-Identifier: Apache-2.0
"""Place pledges: take the places and write the promises, in one short transaction.

One pledge is a list of one. Requests that arrive together may be placed together: each gets its
own answer, and one that is refused leaves the others alone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from firstflight.campaigns.offers import Offer, offer
from firstflight.kernel import clock
from firstflight.kernel.errors import Refusal
from firstflight.kernel.ids import uuid7
from firstflight.pledges import entries, errors, sold_out
from firstflight.pledges.models import Pledge
from firstflight.pledges.quotes import Choice, Quote, digest, quote
from firstflight.pledges.sold_out import Wish

_REFUSALS: dict[str, type[Refusal]] = {
    refusal.code: refusal
    for refusal in (
        *(errors.CampaignNotLive, errors.OfferChanged, errors.RewardNotOpen),
        *(errors.RewardSoldOut, errors.CapExceeded, errors.KeyReused),
    )
}
# What goes into the row of a pledge just as the payload has it.
_COLUMNS = (
    *("currency", "items_minor", "shipping_minor", "bonus_minor", "total_minor", "ship_to"),
    *("language", "source", "anonymous", "agreed", "agreed_hash", "key", "request_hash"),
)


@dataclass(frozen=True)
class Request:
    """A wish to pledge. The same `key` of the same person is the same pledge.

    `method_id` is the provider's reference to a card, for programs that already have one; a person
    in a browser enters the card afterwards.
    """

    slug: str
    person_id: int
    key: str
    choices: tuple[Choice, ...]
    ship_to: str
    bonus_minor: int = 0
    language: str = "en"
    source: str = ""
    anonymous: bool = False
    method_id: str = ""
    #: The total the person saw on the confirmation screen; another one is never booked silently.
    shown_total_minor: int | None = None


@dataclass(frozen=True)
class Placed:
    """A pledge that holds its places; `replayed` when this request had been placed before.

    `pledge` is the row as it was just written, without asking for it; None for a replay.
    """

    pledge_id: UUID
    replayed: bool
    pledge: Pledge | None = field(default=None, compare=False)


def place(request: Request) -> Placed:
    """Place one pledge, whatever others do.

    Raises:
        Refusal: one of `pledges.errors`, or `NotFound` for an unknown campaign.
    """
    answer = place_many([request])[0]
    if isinstance(answer, Refusal):
        raise answer
    return answer


def place_many(requests: Sequence[Request]) -> list[Placed | Refusal]:
    """Place pledges together; answers in the order of the requests."""
    answers: dict[int, Placed | Refusal] = {}
    rest = list(enumerate(requests))
    while rest:
        people: set[int] = set()
        turn: list[tuple[int, Request]] = []
        later: list[tuple[int, Request]] = []
        for index, request in rest:
            (later if request.person_id in people else turn).append((index, request))
            people.add(request.person_id)
        answers |= _place_turn(turn)
        rest = later
    return [answers[index] for index in range(len(requests))]


def _place_turn(turn: list[tuple[int, Request]]) -> dict[int, Placed | Refusal]:
    """Place requests of different people; those priced from an old offer are priced again."""
    answers = _place_once(turn, fresh=False)
    stale = [pair for pair in turn if isinstance(answers[pair[0]], errors.OfferChanged)]
    if stale:
        answers |= _place_once(stale, fresh=True)
    return answers


def _place_once(turn: list[tuple[int, Request]], *, fresh: bool) -> dict[int, Placed | Refusal]:
    answers: dict[int, Placed | Refusal] = {}
    priced: list[tuple[int, Request, Quote]] = []
    for index, request in turn:
        try:
            priced.append((index, request, _price(request, offer(request.slug, fresh=fresh))))
        except Refusal as refusal:
            answers[index] = refusal
    wishes = [Wish(request.person_id, request.key, q.takes()) for _, request, q in priced]
    short = sold_out.refused(wishes)
    answers |= {priced[position][0]: errors.RewardSoldOut() for position in short}
    rest = [each for position, each in enumerate(priced) if position not in short]
    payloads = [_payload(request, q) for _, request, q in rest]
    for (index, _, _), payload, row in zip(rest, payloads, _call(payloads), strict=True):
        answers[index] = _answer(payload, row)
    return answers


def _call(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not payloads:
        return []
    # One statement is one transaction: its locks are gone before Python hears of it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pledges_place(%s, %s)", [json.dumps(payloads), clock.sql_now()])
        # Django's cursors hand JSON over as text.
        rows: list[dict[str, Any]] = json.loads(cursor.fetchone()[0])
    return rows


def _answer(payload: dict[str, Any], row: dict[str, Any]) -> Placed | Refusal:
    if row["outcome"] == "replayed":
        return Placed(UUID(row["pledge"]), replayed=True)
    if row["outcome"] == "placed":
        return Placed(UUID(row["pledge"]), replayed=False, pledge=_written(payload, row["at"]))
    refusal = _REFUSALS[row["outcome"]]
    if refusal is errors.RewardSoldOut:
        sold_out.note(int(stock_id) for stock_id in payload["takes"])
    if refusal is errors.CapExceeded:
        return refusal(cap=min(cap["cap"] for cap in payload["caps"]))
    return refusal()


def _written(payload: dict[str, Any], at: str) -> Pledge:
    placed_at = datetime.fromisoformat(at)
    return Pledge(
        id=UUID(payload["id"]),
        campaign_id=payload["campaign"],
        person_id=payload["person"],
        placed_at=placed_at,
        hold_expires_at=placed_at + timedelta(minutes=payload["hold_minutes"]),
        **{name: payload[name] for name in _COLUMNS},
    )


def _price(request: Request, current: Offer) -> Quote:
    priced = quote(
        current, request.choices, ship_to=request.ship_to, bonus_minor=request.bonus_minor
    )
    if request.shown_total_minor not in (None, priced.total_minor):
        raise errors.OfferChanged
    return priced


def _payload(request: Request, priced: Quote) -> dict[str, Any]:
    """What the database function needs: priced, promised and posted, nothing left to compute."""
    current = priced.offer
    pledge_id = uuid7()
    agreed = priced.agreed()
    entry = entries.pledge_placed(f"campaign:{current.campaign_id}", pledge_id, priced.total)
    payload: dict[str, Any] = {
        "id": str(pledge_id),
        "campaign": current.campaign_id,
        "offer_version": current.version,
        "person": request.person_id,
        "key": request.key,
        "request_hash": _request_hash(request),
        "currency": current.currency,
        "items_minor": priced.items_minor,
        "shipping_minor": priced.shipping_minor,
        "bonus_minor": priced.bonus_minor,
        "total_minor": priced.total_minor,
        "ship_to": request.ship_to,
        "language": request.language,
        "source": request.source,
        "anonymous": request.anonymous,
        "agreed": agreed,
        "agreed_hash": digest(agreed),
        "hold_minutes": settings.HOLD_MINUTES,
        "takes": {str(stock): places for stock, places in priced.takes().items()},
        "items": items_payload(priced),
        "windows": _windows(priced),
        "caps": _caps(priced),
        "entry": entry.payload(),
    }
    if request.method_id:
        payload["job"] = {
            "queue": "cards",
            "task": "pledges.set_up_card",
            "args": {"pledge_id": str(pledge_id), "method_id": request.method_id},
        }
    return payload


def items_payload(priced: Quote) -> list[dict[str, Any]]:
    """The rows of `PledgeItem` for a priced choice."""
    return [
        {
            "reward": line.reward.id,
            "variant": line.variant.id if line.variant else None,
            "quantity": line.quantity,
            "unit_minor": line.reward.price_minor,
        }
        for line in priced.lines
    ]


def _windows(priced: Quote) -> list[dict[str, str | None]]:
    return [
        {
            "opens_at": reward.opens_at.isoformat() if reward.opens_at else None,
            "closes_at": reward.closes_at.isoformat() if reward.closes_at else None,
        }
        for reward in {line.reward.id: line.reward for line in priced.lines}.values()
        if reward.opens_at or reward.closes_at
    ]


def _caps(priced: Quote) -> list[dict[str, int]]:
    wanted: dict[int, int] = {}
    for line in priced.lines:
        if line.reward.cap is not None:
            wanted[line.reward.id] = wanted.get(line.reward.id, 0) + line.quantity
    return [
        {"reward": reward, "quantity": quantity, "cap": priced.offer.rewards[reward].cap or 0}
        for reward, quantity in wanted.items()
    ]


def _request_hash(request: Request) -> str:
    return digest(
        {
            "slug": request.slug,
            "choices": [[c.reward_id, c.quantity, dict(c.options)] for c in request.choices],
            "bonus_minor": request.bonus_minor,
            "ship_to": request.ship_to,
            "method_id": request.method_id,
        }
    )
