# SPDX-License-Identifier: Apache-2.0
"""The desk's first page: what this person can do here, and what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.campaigns.models import Campaign
from firstflight.desk.entry import person_of, signed_in
from firstflight.kernel.errors import NotAllowed
from firstflight.people.queries import is_employee, roles


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Employees see their projects, staff their queues; nobody else has a desk."""
    person = person_of(request)
    held = roles(person)
    if not held and not is_employee(person):
        raise NotAllowed
    waiting = Campaign.objects.filter(review_state="submitted").count()
    return render(
        request,
        "desk/home.html",
        {"roles": held, "is_employee": is_employee(person), "waiting_for_review": waiting},
    )
