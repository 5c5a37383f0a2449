# SPDX-License-Identifier: Apache-2.0
"""What a project needs before it can be submitted, and what it still lacks."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstflight.campaigns.models import Campaign
from firstflight.kernel import clock


@dataclass(frozen=True)
class Item:
    """One line of the checklist; `place` names the part of the editor where it is mended."""

    place: str
    text: str | Promise
    done: bool


def checklist(campaign: Campaign) -> list[Item]:
    """Every requirement, in the order of the editor."""
    project = campaign.project
    rewards = list(campaign.rewards.all())
    now = clock.now()
    return [
        Item("title", _("A title"), _written(project.title)),
        Item("tagline", _("A tagline in one sentence"), _written(project.tagline)),
        Item("category", _("A category"), bool(project.category)),
        Item("pictures", _("A cover picture"), project.cover_id is not None),
        Item("story", _("A story of at least 200 characters"), _written(project.story, 200)),
        Item("team", _("At least one team member with a role"), _team(campaign)),
        Item("risks", _("The risks, and how you meet them"), _written(project.risks, 40)),
        Item("evidence", _("Evidence of the prototype"), _written(project.evidence, 40)),
        Item("goal", _("A goal"), campaign.goal_minor is not None),
        Item(
            "opens_at",
            _("An opening in the future"),
            campaign.opens_at is not None and campaign.opens_at > now,
        ),
        Item(
            "closes_at",
            _("A deadline 1 to 90 days after the opening"),
            campaign.opens_at is not None
            and campaign.closes_at is not None
            and timedelta(days=1) <= campaign.closes_at - campaign.opens_at <= timedelta(days=90),
        ),
        Item("rewards", _("At least one reward"), any(not r.is_addon for r in rewards)),
        Item(
            "rewards",
            _("Delivery promised after the deadline"),
            campaign.closes_at is not None
            and bool(rewards)
            and all(r.delivery_to >= campaign.closes_at.date() for r in rewards),
        ),
        Item(
            "comments",
            _("All review comments resolved"),
            not campaign.comments.filter(resolved_at=None).exists(),
        ),
    ]


def _written(texts: dict[str, str], least: int = 1) -> bool:
    return any(len(text.strip()) >= least for text in texts.values())


def _team(campaign: Campaign) -> bool:
    return any(member.name and _written(member.role) for member in campaign.project.team.all())
