# SPDX-License-Identifier: Apache-2.0
"""Edit a draft: the story, the terms, and after approval the few things that may still change."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from firstflight.campaigns import errors
from firstflight.campaigns.models import BelowGoal, Campaign, Category, Project
from firstflight.campaigns.states import Review
from firstflight.kernel import clock
from firstflight.kernel.errors import Invalid
from firstflight.kernel.localized import LANGUAGES
from firstflight.kernel.money import MINOR_MAX, known_currency

TEXTS = ("title", "tagline", "story", "risks", "evidence")
TERMS = ("goal_minor", "currency", "opens_at", "closes_at", "time_zone", "below_goal", "slug")
_LONGEST = {"title": 80, "tagline": 160}
_LONGEST_TEXT = 50_000


def require_draft(campaign: Campaign) -> None:
    """Pass for a campaign whose promises may still change.

    Raises:
        Frozen: it was approved. InReview: reviewers are reading it.
    """
    if campaign.review_state in (Review.APPROVED, Review.REJECTED):
        raise errors.Frozen
    if campaign.review_state == Review.SUBMITTED:
        raise errors.InReview


@transaction.atomic
def edit_story(campaign: Campaign, fields: Mapping[str, Any]) -> Project:
    """Save texts ({field: {language: text}}), video, category, FAQ or cover; others stay.

    The story may still be improved after approval; only a review in progress holds it.

    Raises:
        InReview, Invalid.
    """
    if campaign.review_state == Review.SUBMITTED:
        raise errors.InReview
    project = Project.objects.select_for_update().get(pk=campaign.project_id)
    for name in TEXTS:
        if name in fields:
            merged = {**getattr(project, name), **_checked_texts(name, fields[name])}
            setattr(project, name, merged)
    for name in ("video_url", "category", "faq", "cover_id"):
        if name in fields:
            setattr(project, name, fields[name])
    if project.category and project.category not in Category.values:
        raise Invalid({"category": [_("Please choose one of the categories.")]})
    if project.video_url and not project.video_url.startswith("https://"):
        raise Invalid({"video_url": [_("Please enter a link that begins with https://.")]})
    project.updated_at = clock.now()
    project.save()
    return project


def _checked_texts(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    longest = _LONGEST.get(name, _LONGEST_TEXT)
    for language, text in texts.items():
        if language not in LANGUAGES:
            raise Invalid({name: [_("Please write in English, Japanese or French.")]})
        if len(text) > longest:
            message = _("Please use at most %(longest)s characters.") % {"longest": longest}
            raise Invalid({f"{name}_{language}": [message]})
    return dict(texts)


@transaction.atomic
def edit_terms(campaign: Campaign, fields: Mapping[str, Any]) -> Campaign:
    """Save the terms of a draft: goal, currency, instants, zone, policy, address.

    Raises:
        Frozen, InReview, DatesInvalid, CurrencyUnknown, Invalid.
    """
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    require_draft(locked)
    for name in TERMS:
        if name in fields:
            setattr(locked, name, fields[name])
    locked.currency = known_currency(locked.currency)
    if locked.goal_minor is not None and not 0 < locked.goal_minor <= MINOR_MAX:
        raise Invalid({"goal_minor": [_("Please enter a goal above zero.")]})
    if locked.opens_at and locked.closes_at and locked.closes_at <= locked.opens_at:
        raise errors.DatesInvalid
    if locked.below_goal not in BelowGoal.values:
        raise Invalid({"below_goal": [_("Please choose what happens below the goal.")]})
    try:
        ZoneInfo(locked.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid({"time_zone": [_("Please choose a time zone from the list.")]}) from None
    locked.slug = slugify(locked.slug) or campaign.slug
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise Invalid({"slug": [_("This address is taken. Please choose another.")]}) from None
    return locked
