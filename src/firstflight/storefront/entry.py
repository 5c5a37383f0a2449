# SPDX-License-Identifier: Apache-2.0
"""The door of pages that need a person."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest

from firstflight.people.models import Person

signed_in = login_required


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in."""
    return cast(Person, request.user)
