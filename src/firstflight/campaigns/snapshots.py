# SPDX-License-Identifier: Apache-2.0
"""What a project says at one moment, part by part, and what changed between two moments."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from firstflight.campaigns.models import Campaign, Reward
from firstflight.campaigns.stamps import TEXTS
from firstflight.kernel.localized import LANGUAGES, localized
from firstflight.kernel.money import Money

# Japanese is written without spaces, so its letters are compared one by one.
_WORDS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\s+|[^\W\u3040-\u30ff\u4e00-\u9fff]+|[^\w\s]")
_LONGEST_COMPARED = 4_000  # words; beyond, the whole text counts as replaced


@dataclass(frozen=True)
class Change:
    """A part that changed; `pieces` are (kind, text) with kind "same", "gone" or "new"."""

    place: str
    label: str
    pieces: tuple[tuple[str, str], ...]


def snapshot(campaign: Campaign) -> dict[str, str]:
    """The campaign's parts as text: "story:en", "terms", "team", "faq", "reward:7" …"""
    project = campaign.project
    parts = {
        f"{name}:{code}": getattr(project, name).get(code, "")
        for name in TEXTS
        for code in LANGUAGES
    }
    parts["category"] = project.category
    parts["video"] = project.video_url
    parts["pictures"] = "\n".join(
        picture.file.name or picture.static_path for picture in project.pictures.order_by("pk")
    )
    parts["team"] = "\n".join(
        f"{member.name}: {localized(member.role, 'en')}" for member in project.team.all()
    )
    parts["faq"] = "\n".join(
        f"{localized(one['question'], 'en')} {localized(one['answer'], 'en')}"
        for one in project.faq
    )
    parts["terms"] = "\n".join(
        (
            campaign.goal.format("en"),
            f"{campaign.opens_at:%Y-%m-%d %H:%M} UTC" if campaign.opens_at else "",
            f"{campaign.closes_at:%Y-%m-%d %H:%M} UTC" if campaign.closes_at else "",
            campaign.time_zone,
            campaign.below_goal,
        )
    )
    rewards = campaign.rewards.prefetch_related("stocks__variant", "shipping_fees")
    for reward in rewards:
        parts[f"reward:{reward.pk}"] = _described(reward, campaign.currency)
    return parts


def _described(reward: Reward, currency: str) -> str:
    lines = [
        " / ".join(text for text in reward.name.values() if text),
        " / ".join(text for text in reward.description.values() if text),
        Money(reward.price_minor, currency).format("en") + (" +" if reward.is_addon else ""),
        f"{reward.delivery_from:%Y-%m} – {reward.delivery_to:%Y-%m}",
        f"≤ {reward.per_person_cap}" if reward.per_person_cap else "",
    ]
    for stock in reward.stocks.all():
        options = "/".join(stock.variant.options.values()) if stock.variant else "*"
        lines.append(f"{options}: {stock.limit if stock.limit is not None else '∞'}")
    for fee in reward.shipping_fees.all():
        lines.append(f"{fee.country}: {Money(fee.fee_minor, currency).format('en')}")
    return "\n".join(filter(None, lines))


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Every part that differs, with the words that went and came."""
    found = []
    for part in [*new, *(part for part in old if part not in new)]:
        before, after = old.get(part, ""), new.get(part, "")
        if before != after:
            found.append(Change(_place(part), _label(part), tuple(_compared(before, after))))
    return found


def _compared(old: str, new: str) -> list[tuple[str, str]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _LONGEST_COMPARED:
        return [(kind, text) for kind, text in (("gone", old), ("new", new)) if text]
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(("gone", "".join(before[a:b])))
        if c < d:
            pieces.append(("new", "".join(after[c:d])))
    return pieces


def _place(part: str) -> str:
    name = part.partition(":")[0]
    same = {"tagline": "title", "category": "title", "video": "pictures", "terms": "goal"}
    return same.get(name, "rewards" if name == "reward" else name)


def _label(part: str) -> str:
    name, _colon, detail = part.partition(":")
    labels = {
        "title": _("Title"),
        "tagline": _("Tagline"),
        "story": _("Story"),
        "risks": _("Risks"),
        "evidence": _("Evidence"),
        "category": _("Category"),
        "video": _("Video"),
        "pictures": _("Pictures"),
        "team": _("Team"),
        "faq": _("Questions"),
        "terms": _("Goal and dates"),
        "reward": _("Reward"),
    }
    languages = {"en": "English", "ja": "日本語", "fr": "Français"}
    return " · ".join(filter(None, (labels[name], languages.get(detail, ""))))
