# SPDX-License-Identifier: Apache-2.0
"""Who may ask: tokens with scopes, and how fast a withdrawn one stops working."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import builders
import pytest

from firstflight.kernel import clock
from firstflight.people.models import ApiToken

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
PLEDGE = "/pledges/01890000-0000-7000-8000-000000000000"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let the seconds pass for which a token is remembered."""
    start = time.monotonic()
    passed = [0.0]
    monkeypatch.setattr("firstflight.api.authentication.time.monotonic", lambda: start + passed[0])

    def wait(seconds: float) -> None:
        passed[0] += seconds

    return wait


@pytest.mark.parametrize("secret", ["wrong", "fft_wrong", "é"])
def test_an_unknown_token_is_refused_with_a_challenge(program: Make, secret: str) -> None:
    answer = program().ask("GET", PLEDGE, secret=secret)

    assert (answer.status, answer.code) == (401, "token_invalid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_without_a_token_nothing_is_told_of_pledges(program: Make) -> None:
    answer = program().ask("GET", PLEDGE, Authorization="")
    assert (answer.status, answer.code) == (401, "token_invalid")


def test_a_token_to_read_does_not_write(program: Make) -> None:
    campaign = builders.live_campaign()
    reader = program(scopes=["pledges:read"])

    answer = reader.place(
        campaign.slug, {"items": [{"reward": builders.reward(campaign).pk}], "ship_to": "JP"}
    )

    assert (answer.status, answer.code) == (403, "scope_missing")
    assert answer.body["details"] == {"scope": "pledges:write"}


@pytest.mark.parametrize("how", ["revoked", "expired", "person gone"])
def test_a_withdrawn_token_stops_within_fifteen_seconds(
    program: Make, how: str, later: Callable[[float], None]
) -> None:
    one = program()
    assert one.ask("GET", PLEDGE).status == 404
    past = clock.now() - timedelta(seconds=1)
    if how == "revoked":
        ApiToken.objects.update(revoked_at=past)
    elif how == "expired":
        ApiToken.objects.update(expires_at=past)
    else:
        type(one.person).objects.filter(pk=one.person.pk).update(is_active=False)

    later(15.1)

    assert one.ask("GET", PLEDGE).status == 401
