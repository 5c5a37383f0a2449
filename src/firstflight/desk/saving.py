# SPDX-License-Identifier: Apache-2.0
"""Answering a form that saves itself: a small fragment for scripts, a page for everybody else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from firstflight.kernel import clock
from firstflight.kernel.errors import Invalid, Refusal


def saved(
    request: HttpRequest, save: Callable[[], object], page: str, campaign_id: int
) -> HttpResponse:
    """Save, and say so or say why not; a refused entry stays in the form as it was typed."""
    by_script = "HX-Request" in request.headers
    try:
        save()
    except Refusal as refusal:
        if not by_script:
            raise
        messages = (
            [text for texts in refusal.fields.values() for text in texts]
            if isinstance(refusal, Invalid)
            else [str(refusal)]
        )
        return render(request, "desk/saved.html", {"messages_of_refusal": messages})
    if by_script:
        return render(request, "desk/saved.html", {"at": clock.now()})
    return redirect(page, campaign_id)
