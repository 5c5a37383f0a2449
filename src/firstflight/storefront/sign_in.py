# SPDX-License-Identifier: Apache-2.0
"""Signing in by a code sent by mail; the first code also makes the person."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from firstflight.people.actions.employ import employ_by_mail_domain
from firstflight.people.actions.register import register
from firstflight.people.models import Employment, Person

_SEEN = ("account/messages/logged_in.txt", "account/messages/login_code_sent.txt")
_SEEN_SIGNING_IN = ("account/messages/email_confirmed.txt",)


class AccountAdapter(DefaultAccountAdapter):
    """How allauth behaves here."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *rest: Any,
        **more: Any,
    ) -> None:
        """Leave out what the next page shows anyway: nobody needs to read that they signed in."""
        signing_in = not request.user.is_authenticated
        if message_template in _SEEN or (signing_in and message_template in _SEEN_SIGNING_IN):
            return
        super().add_message(request, level, message_template, *rest, **more)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in through a code or through their company, never through a form."""
        return False

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Whoever proved an address of the group is an employee from now on."""
        proved = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
        if proved.exists():
            employ_by_mail_domain(user, source=_source(request))
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer


def _source(request: HttpRequest) -> str:
    methods = request.session.get("account_authentication_methods", [])
    if methods and methods[-1].get("method") == "socialaccount":
        return Employment.Source.COMPANY_SIGN_IN
    return Employment.Source.MAIL_DOMAIN


class RequestCodeForm(RequestLoginCodeForm):
    """Asks for an address; an unknown one becomes a person, proved by the code that follows."""

    def clean_email(self) -> str:
        """The address, its person made if need be; asking too often makes nobody."""
        email = str(super().clean_email())
        if email and not filter_users_by_email(email, is_active=True):
            person = register(email=email, language=(get_language() or "en").split("-")[0])
            EmailAddress.objects.get_or_create(
                user=person, email=person.email, defaults={"primary": True, "verified": False}
            )
            self._user = person
        return email
