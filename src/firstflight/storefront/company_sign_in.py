# SPDX-License-Identifier: Apache-2.0
"""Signing in through the company's identity provider (OIDC or SAML).

The company vouches for the address; `sign_in.AccountAdapter` then makes an employee of the person.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from firstflight.people.models import Person


class CompanyAdapter(DefaultSocialAccountAdapter):
    """How allauth treats people who come from their company."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the company knows may come in."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whoever was known before needs no code for an address that the company vouches for."""
        person = sociallogin.user
        vouched = {one.email.lower() for one in sociallogin.email_addresses if one.verified}
        if person.pk and person.email.lower() in vouched:
            EmailAddress.objects.update_or_create(
                user=person, email=person.email, defaults={"verified": True, "primary": True}
            )

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Person:
        """A person from what the company says of them."""
        person: Person = super().populate_user(request, sociallogin, data)
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        person.name = str(claims.get("name") or "")[:120]
        person.language = (get_language() or "en").split("-")[0]
        return person
