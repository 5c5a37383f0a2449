# SPDX-License-Identifier: Apache-2.0
"""API tokens: made once, shown once, kept as a digest."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from firstflight.kernel import clock
from firstflight.people.errors import TokenInvalid
from firstflight.people.models import ApiToken, Person

PREFIX = "fft_"
SCOPES = ("pledges:read", "pledges:write")


def digest(secret: str) -> str:
    """What is stored of a token: a plain SHA-256, since the token itself is 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create(
    *, person: Person, label: str, scopes: Iterable[str], days: int | None = None
) -> tuple[ApiToken, str]:
    """A new token and its secret, which cannot be shown again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    token = ApiToken.objects.create(
        person=person,
        label=label,
        digest=digest(secret),
        scopes=sorted(scopes),
        created_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )
    return token, secret


def authenticate(secret: str) -> ApiToken:
    """The live token of this secret, its person loaded.

    Raises:
        TokenInvalid: unknown, expired or revoked, or its person is no longer active.
    """
    token = ApiToken.objects.select_related("person").filter(digest=digest(secret)).first()
    if token is None or token.revoked_at or not token.person.is_active:
        raise TokenInvalid
    if token.expires_at and token.expires_at <= clock.now():
        raise TokenInvalid
    return token
