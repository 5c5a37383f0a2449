# SPDX-License-Identifier: Apache-2.0
"""Answering a form that saves itself: a small fragment for scripts, a page for everybody else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from firstflight.campaigns.errors import EditedMeanwhile
from firstflight.campaigns.models import Campaign
from firstflight.desk import editor
from firstflight.kernel import clock
from firstflight.kernel.errors import Invalid, Refusal


def shown_stamp(request: HttpRequest) -> str | None:
    """The stamp that the form carried; None when its writer chose to overwrite."""
    return None if "overwrite" in request.POST else request.POST.get("stamp")


def saved(
    request: HttpRequest,
    campaign: Campaign,
    page: str,
    save: Callable[[], str],
) -> HttpResponse:
    """Save, and say so or say why not; a refused entry stays in the form as it was typed.

    `save` answers the new stamp of what the form shows.
    """
    by_script = "HX-Request" in request.headers
    try:
        stamp = save()
    except Refusal as refusal:
        if not by_script:
            raise
        messages = (
            [text for texts in refusal.fields.values() for text in texts]
            if isinstance(refusal, Invalid)
            else [str(refusal)]
        )
        conflict = isinstance(refusal, EditedMeanwhile)
        variables = {"messages_of_refusal": messages, "conflict": conflict}
        return render(request, "desk/saved.html", variables, status=refusal.status)
    if not by_script:
        return redirect(page, campaign.pk)
    fresh = Campaign.objects.select_related("project").get(pk=campaign.pk)
    variables = {
        "at": clock.now(),
        "stamp": stamp,
        "campaign": fresh,
        "steps": editor.steps(fresh),
        "section": page.removeprefix("desk:"),
    }
    return render(request, "desk/saved.html", variables)
