# SPDX-License-Identifier: Apache-2.0
"""Edit a draft: the story, the terms, and after approval the few things that may still change."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from firstflight.campaigns import errors, stamps
from firstflight.campaigns.models import BelowGoal, Campaign, Category, Project
from firstflight.campaigns.states import Review
from firstflight.kernel import clock
from firstflight.kernel.errors import Invalid, NotFound
from firstflight.kernel.localized import LANGUAGES
from firstflight.kernel.money import MINOR_MAX, known_currency

_LONGEST = {"title": 80, "tagline": 160}
_LONGEST_TEXT = 50_000
_MOST_QUESTIONS = 30


def require_draft(campaign: Campaign) -> None:
    """Pass for a campaign whose promises may still change.

    Raises:
        Frozen: it was approved. InReview: reviewers are reading it.
    """
    if campaign.review_state in (Review.APPROVED, Review.REJECTED):
        raise errors.Frozen
    if campaign.review_state == Review.SUBMITTED:
        raise errors.InReview


def refuse_in_review(campaign: Campaign) -> None:
    """Pass unless reviewers are reading it.

    Raises:
        InReview.
    """
    if campaign.review_state == Review.SUBMITTED:
        raise errors.InReview


@transaction.atomic
def edit_story(
    campaign: Campaign, fields: Mapping[str, Any], *, stamp: str | None = None
) -> Project:
    """Save texts ({field: {language: text}}), video, category or cover; others stay.

    The story may still be improved after approval; only a review in progress holds it. `stamp` is
    what `stamps.STORY` was when the form was opened.

    Raises:
        InReview, Invalid. EditedMeanwhile: the stamp is an older one.
    """
    refuse_in_review(Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk))
    project = Project.objects.select_for_update().get(pk=campaign.project_id)
    stamps.check(stamp, stamps.stamp_of(project, stamps.STORY))
    for name in stamps.TEXTS:
        if name in fields:
            merged = {**getattr(project, name), **_checked_texts(name, fields[name])}
            setattr(project, name, merged)
    for name in ("video_url", "category", "cover_id"):
        if name in fields:
            setattr(project, name, fields[name])
    if project.category and project.category not in Category.values:
        raise Invalid({"category": [_("Please choose one of the categories.")]})
    if project.video_url and not project.video_url.startswith("https://"):
        raise Invalid({"video_url": [_("Please enter a link that begins with https://.")]})
    if len(project.video_url) > 200:
        message = _("Please use at most %(longest)s characters.") % {"longest": 200}
        raise Invalid({"video_url": [message]})
    if project.cover_id and not project.pictures.filter(pk=project.cover_id).exists():
        raise NotFound
    project.updated_at = clock.now()
    project.save()
    return project


@transaction.atomic
def edit_faq(
    campaign: Campaign, entries: Sequence[Mapping[str, Mapping[str, str]]], *, stamp: str | None
) -> Project:
    """Replace questions and answers ({"question": {...}, "answer": {...}}); empty ones go.

    Raises:
        InReview, EditedMeanwhile. Invalid: one half of an entry is missing, or too much of it.
    """
    refuse_in_review(Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk))
    project = Project.objects.select_for_update().get(pk=campaign.project_id)
    stamps.check(stamp, stamps.stamp_of(project, stamps.FAQ))
    kept = []
    for entry in entries:
        question, answer = (_checked_texts("faq", entry[half]) for half in ("question", "answer"))
        if not any(question.values()) and not any(answer.values()):
            continue
        if not any(question.values()) or not any(answer.values()):
            raise Invalid({"faq": [_("Please write both the question and its answer.")]})
        kept.append({"question": question, "answer": answer})
    if len(kept) > _MOST_QUESTIONS:
        message = _("Please keep to %(most)s questions.") % {"most": _MOST_QUESTIONS}
        raise Invalid({"faq": [message]})
    project.faq = kept
    project.updated_at = clock.now()
    project.save(update_fields=["faq", "updated_at"])
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
def edit_terms(
    campaign: Campaign, fields: Mapping[str, Any], *, stamp: str | None = None
) -> Campaign:
    """Save the terms of a draft: goal, currency, instants, zone, policy, address.

    Raises:
        Frozen, InReview, DatesInvalid, CurrencyUnknown, Invalid. EditedMeanwhile: as for the story.
    """
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    require_draft(locked)
    stamps.check(stamp, stamps.stamp_of(locked, stamps.TERMS))
    currency_before = locked.currency
    for name in stamps.TERMS:
        if name in fields:
            setattr(locked, name, fields[name])
    _check_terms(locked)
    if locked.currency != currency_before and locked.rewards.exists():
        message = _("Prices are in %(currency)s. Please remove the rewards first.")
        raise Invalid({"currency": [message % {"currency": currency_before}]})
    locked.slug = slugify(locked.slug) or campaign.slug
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise Invalid({"slug": [_("This address is taken. Please choose another.")]}) from None
    return locked


def _check_terms(campaign: Campaign) -> None:
    campaign.currency = known_currency(campaign.currency)
    if campaign.goal_minor is not None and not 0 < campaign.goal_minor <= MINOR_MAX:
        raise Invalid({"goal": [_("Please enter a goal above zero.")]})
    if campaign.opens_at and campaign.closes_at and campaign.closes_at <= campaign.opens_at:
        raise errors.DatesInvalid
    if campaign.below_goal not in BelowGoal.values:
        raise Invalid({"below_goal": [_("Please choose what happens below the goal.")]})
    try:
        ZoneInfo(campaign.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid({"time_zone": [_("Please choose a time zone from the list.")]}) from None
    if len(campaign.slug) > 80:
        message = _("Please use at most %(longest)s characters.") % {"longest": 80}
        raise Invalid({"slug": [message]})
