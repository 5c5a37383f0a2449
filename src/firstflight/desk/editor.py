# SPDX-License-Identifier: Apache-2.0
"""The editor's frame: its sections, what each still lacks, and the reviewers' remarks there."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from firstflight.campaigns.checklist import checklist
from firstflight.campaigns.models import Campaign, Project
from firstflight.campaigns.stamps import TEXTS
from firstflight.campaigns.states import Review
from firstflight.kernel.localized import LANGUAGES

SECTIONS: dict[str, str | Promise] = {
    "overview": _("Checklist"),
    "story": _("Story"),
    "pictures": _("Pictures"),
    "team": _("Team"),
    "faq": _("Questions"),
    "terms": _("Goal and dates"),
    "rewards": _("Rewards"),
}
# Where the places of the checklist and of remarks are mended.
SECTION_OF = {
    **dict.fromkeys(("title", "tagline", "category", "story", "risks", "evidence"), "story"),
    **dict.fromkeys(("goal", "opens_at", "closes_at"), "terms"),
    **{name: name for name in ("pictures", "team", "faq", "rewards")},
    "comments": "overview",
}


@dataclass(frozen=True)
class Step:
    """A section with how many required points it lacks and how many remarks are open."""

    name: str
    label: str | Promise
    needed: bool
    missing: int
    remarks: int


def steps(campaign: Campaign) -> list[Step]:
    """Every section, in the order in which one works."""
    items = checklist(campaign)
    places = campaign.comments.filter(resolved_at=None).values_list("place", flat=True)
    remarks = [SECTION_OF.get(place, "overview") for place in places]
    found = []
    for name, label in SECTIONS.items():
        mine = [item for item in items if SECTION_OF[item.place] == name and name != "overview"]
        missing = sum(not item.done for item in mine)
        found.append(Step(name, label, bool(mine), missing, remarks.count(name)))
    return found


def languages_in_use(project: Project) -> set[str]:
    """The languages written so far; for an empty project the reader's own."""
    used = {code for name in TEXTS for code, text in getattr(project, name).items() if text.strip()}
    return used or {(get_language() or "en").split("-")[0]}


def page(campaign: Campaign, section: str, **more: Any) -> dict[str, Any]:
    """What a page of the editor shows around its form."""
    remarks = campaign.comments.filter(resolved_at=None).select_related("author")
    return {
        "campaign": campaign,
        "project": campaign.project,
        "section": section,
        "steps": steps(campaign),
        "languages": LANGUAGES,
        "shown": languages_in_use(campaign.project),
        "in_review": campaign.review_state == Review.SUBMITTED,
        "locked": campaign.frozen or campaign.review_state in (Review.SUBMITTED, Review.REJECTED),
        "remarks_here": [
            remark for remark in remarks if SECTION_OF.get(remark.place, "overview") == section
        ],
        **more,
    }
