# SPDX-License-Identifier: Apache-2.0
"""Present a project of the catalogue as its makers would: a draft, its rewards, the review."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from firstflight.campaigns.actions import review
from firstflight.campaigns.actions.create import create
from firstflight.campaigns.actions.edit import edit_faq, edit_story, edit_terms
from firstflight.campaigns.actions.open import open_campaign
from firstflight.campaigns.actions.save_reward import RewardDraft, save_reward
from firstflight.campaigns.actions.team import add_member
from firstflight.campaigns.models import Campaign, Picture, Project
from firstflight.demo.actions.introduce_people import introduce
from firstflight.demo.people import SAMPLE_PEOPLE, SamplePerson
from firstflight.demo.texts import PARTS, Source
from firstflight.kernel import clock
from firstflight.people.models import Person, Role

PREPARATION = timedelta(days=12)
ZONE = ZoneInfo("Asia/Tokyo")
#: How many of the steps each stage of the catalogue has behind it.
_DRAFT, _SUBMITTED, _APPROVED, _OPENED = range(4)
_STEPS = {"draft": _DRAFT, "submitted": _SUBMITTED, "coming": _APPROVED, "live": _OPENED}


@transaction.atomic
def present(source: Source) -> Campaign:
    """The project's campaign at its stage; one that is there already stays as it is.

    It is written before its opening and opened on the day, in virtual time.
    """
    facts = source.facts
    known = Campaign.objects.filter(slug=facts["slug"]).first()
    if known is not None:
        return known
    opens_at = _opening(facts.get("opens_in_days", 30))
    steps = _STEPS.get(facts["stage"], _OPENED)
    with clock.virtual(min(opens_at - PREPARATION, clock.now())):
        campaign = _draft(source, opens_at)
        if steps >= _SUBMITTED:
            review.submit(campaign=campaign, actor=campaign.project.owner)
        if steps >= _APPROVED:
            clock.advance(timedelta(days=3))
            review.approve(campaign=campaign, actor=_reviewer())
        if steps >= _OPENED:
            clock.set_to(opens_at)
            open_campaign(campaign.pk)
    Campaign.objects.filter(pk=campaign.pk).update(featured=facts.get("featured", False))
    campaign.refresh_from_db()
    return campaign


def _opening(in_days: int) -> datetime:
    day = clock.now().astimezone(ZONE).date() + timedelta(days=in_days)
    return datetime.combine(day, time(12), ZONE)


def _reviewer() -> Person:
    email = next(one.email for one in SAMPLE_PEOPLE if one.grant == Role.REVIEWER)
    return Person.objects.get(email=email)


def _draft(source: Source, opens_at: datetime) -> Campaign:
    facts = source.facts
    owner = introduce(SamplePerson(role="employee", **facts["owner"]))
    campaign = create(owner=owner)
    project = campaign.project
    pictures = _pictures(source, project)
    cover = pictures.get("cover.svg")
    texts: dict[str, Any] = {part: source.text(part) for part in PARTS}
    edit_story(
        campaign,
        {
            **texts,
            "category": facts["category"],
            "cover_id": cover.pk if cover else None,
        },
    )
    edit_faq(campaign, _questions(source), stamp=None)
    _team(source, campaign, pictures)
    terms: dict[str, Any] = {"slug": facts["slug"]}
    if "goal_minor" in facts:
        closes = opens_at.date() + timedelta(days=facts["lasts_days"])
        terms |= {
            "goal_minor": facts["goal_minor"],
            "opens_at": opens_at,
            "closes_at": datetime.combine(closes, time(21), ZONE),
            "below_goal": facts["below_goal"],
        }
    campaign = edit_terms(campaign, terms)
    for position, wanted in enumerate(facts["rewards"]):
        save_reward(campaign, _reward(source, wanted, position, opens_at, pictures))
    return campaign


def _pictures(source: Source, project: Project) -> dict[str, Picture]:
    alts = source.entries("pictures")
    return {
        one["file"]: Picture.objects.create(
            project=project,
            static_path=source.drawing(one["file"]),
            alt={code: entry.text for code, entry in alts.get(one["file"], {}).items()},
            width=one["size"][0],
            height=one["size"][1],
            position=position,
        )
        for position, one in enumerate(source.facts["pictures"])
    }


def _questions(source: Source) -> list[dict[str, dict[str, str]]]:
    return [
        {
            "question": {code: entry.words for code, entry in entries.items()},
            "answer": {code: entry.text for code, entry in entries.items()},
        }
        for entries in source.entries("questions").values()
    ]


def _team(source: Source, campaign: Campaign, pictures: Mapping[str, Picture]) -> None:
    written = source.entries("team")
    for one in source.facts["team"]:
        entries = written[one["key"]]
        member = add_member(
            campaign=campaign,
            name=one["name"],
            role={code: entry.words for code, entry in entries.items()},
            bio={code: entry.text for code, entry in entries.items()},
            picture=None,
        )
        member.picture = pictures.get(one["picture"])
        member.save(update_fields=["picture"])


def _reward(
    source: Source,
    wanted: Mapping[str, Any],
    position: int,
    opens_at: datetime,
    pictures: Mapping[str, Picture],
) -> RewardDraft:
    facts = source.facts
    entries = source.entries("rewards")[wanted["key"]]
    picture = pictures.get(wanted.get("picture", ""))
    early = wanted.get("early_bird_days")
    first, last = _delivery(facts, opens_at)
    return RewardDraft(
        name={code: entry.words for code, entry in entries.items()},
        description={code: entry.text for code, entry in entries.items()},
        price_minor=wanted["price_minor"],
        picture_id=picture.pk if picture else None,
        limit=wanted.get("limit"),
        is_addon=wanted.get("addon", False),
        per_person_cap=wanted.get("cap"),
        opens_at=opens_at if early else None,
        closes_at=opens_at + timedelta(days=early) if early else None,
        delivery_from=first,
        delivery_to=last,
        axes=[_axis(source, key, values) for key, values in wanted.get("options", {}).items()],
        variant_limits=wanted.get("variant_limits", {}),
        shipping=facts["shipping"],
        position=position,
    )


def _delivery(facts: Mapping[str, Any], opens_at: datetime) -> tuple[date, date]:
    """The first days of two months: named, of the next year, or counted from the deadline's."""
    if "delivery" in facts:
        first, last = (date(opens_at.year + 1, month, 1) for month in facts["delivery"])
        return first, last
    closes = opens_at + timedelta(days=facts["lasts_days"])
    months = (closes.year * 12 + closes.month - 1 + after for after in facts["delivery_in_months"])
    first, last = (date(month // 12, month % 12 + 1, 1) for month in months)
    return first, last


def _axis(source: Source, key: str, values: list[str]) -> dict[str, Any]:
    labels = source.entries("options")
    return {
        "key": key,
        "label": {code: entry.words for code, entry in labels[key].items()},
        "values": [
            {
                "key": value,
                "label": {code: e.words for code, e in labels[f"{key}/{value}"].items()},
            }
            for value in values
        ],
    }
