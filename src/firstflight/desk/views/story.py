# SPDX-License-Identifier: Apache-2.0
"""The editor's texts in three languages, which save themselves, and the questions with answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns import stamps
from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions.edit import edit_faq, edit_story
from firstflight.campaigns.errors import EditedMeanwhile
from firstflight.campaigns.models import Category, Project
from firstflight.desk import editor, parsing
from firstflight.desk.entry import person_of, signed_in
from firstflight.desk.saving import saved, shown_stamp
from firstflight.kernel import markdown
from firstflight.kernel.errors import Invalid
from firstflight.kernel.localized import LANGUAGES


@signed_in
def story(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show the texts; a POST saves what the form holds and answers for the saved-indicator."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    if request.method == "POST":
        return saved(
            request,
            campaign,
            "desk:story",
            lambda: stamps.stamp_of(
                edit_story(campaign, _fields(request), stamp=shown_stamp(request)), stamps.STORY
            ),
        )
    project = campaign.project
    variables = {
        "fields": _described(project),
        "categories": Category.choices,
        "pictures": project.pictures.order_by("position", "pk"),
        "stamp": stamps.stamp_of(project, stamps.STORY),
    }
    return render(request, "desk/story.html", editor.page(campaign, "story", **variables))


def _described(project: Project) -> list[dict[str, Any]]:
    words = {
        "title": (_("Title"), "", 80),
        "tagline": (_("Tagline"), _("What it is, in one sentence."), 160),
        "story": (
            _("Story"),
            _("The problem, your idea, how it works, why you. At least 200 characters."),
            None,
        ),
        "risks": (_("Risks"), _("What could go wrong, and what you do about it."), None),
        "evidence": (
            _("Evidence of the prototype"),
            _("What it can do today: measurements, photographs, who has tried it."),
            None,
        ),
    }
    return [
        {
            "name": name,
            "label": label,
            "help": help_text,
            "longest": longest,
            "texts": [(code, getattr(project, name).get(code, "")) for code in LANGUAGES],
        }
        for name, (label, help_text, longest) in words.items()
    ]


def _fields(request: HttpRequest) -> dict[str, Any]:
    data = request.POST
    fields: dict[str, Any] = {}
    for name in stamps.TEXTS:
        texts = parsing.texts(data, name)
        if texts is not None:
            fields[name] = texts
    for name in ("video_url", "category"):
        if name in data:
            fields[name] = data[name].strip()
    return fields


@signed_in
@require_POST
def preview_text(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One text of the form as readers will see it; nothing is saved."""
    access_own_campaign(person_of(request), campaign_id)
    text = request.POST.get(request.POST.get("field", ""), "")
    return HttpResponse(markdown.render(text) if text.strip() else _("Nothing written yet."))


@signed_in
def faq(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The questions with an empty one at the end; what was refused comes back as typed."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    entries: list[Any] = list(campaign.project.faq)
    wrong: list[str] = []
    if request.method == "POST":
        entries = _entries(request)
        try:
            edit_faq(campaign, entries, stamp=request.POST.get("stamp"))
        except (Invalid, EditedMeanwhile) as refusal:
            found = refusal.fields["faq"] if isinstance(refusal, Invalid) else [str(refusal)]
            wrong = [str(text) for text in found]
        else:
            return redirect("desk:faq", campaign_id)
    if not entries or any(entries[-1]["question"].values()):
        entries.append({"question": {}, "answer": {}})
    variables = {
        "entries": entries,
        "wrong": wrong,
        "stamp": stamps.stamp_of(campaign.project, stamps.FAQ),
    }
    page = editor.page(campaign, "faq", **variables)
    return render(request, "desk/faq.html", page, status=422 if wrong else 200)


def _entries(request: HttpRequest) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = []
    while f"entry-{len(found)}" in request.POST:
        halves = {
            half: parsing.texts(request.POST, f"{half}-{len(found)}") or {}
            for half in ("question", "answer")
        }
        found.append(halves)
    return found
