# SPDX-License-Identifier: Apache-2.0
"""3-D Secure: when a card's bank asks for it, and where the cardholder is sent.

Owns the `next_action` of both kinds of intent and the rule about `return_url`. The page itself is
`challenge`'s part.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.cards import Authentication
from firstflight.payments.fake_stripe.errors import ParameterMissing, UrlInvalid
from firstflight.payments.fake_stripe.payment_methods import card_of
from firstflight.payments.fake_stripe.storage import Doc


def asked(method: Doc, *, off_session: bool) -> bool:
    """Whether the bank asks for 3-D Secure before this payment."""
    asks, set_up = card_of(method).asks, bool(method["_fake"]["set_up"])
    if asks is Authentication.ON_SESSION:
        return not (off_session and set_up)
    if asks is Authentication.UNLESS_SET_UP:
        return not set_up
    return asks is Authentication.ALWAYS


def asked_on_setup(method: Doc) -> bool:
    """Whether the bank asks for 3-D Secure before the card is saved for later."""
    return card_of(method).asks is not Authentication.NEVER


def automatic_methods(sent: dict[str, Any]) -> Doc | None:
    """The intent's `automatic_payment_methods`: on, unless it names its own allowed types."""
    given = sent.get("automatic_payment_methods")
    if given is None and sent.get("allowed_payment_method_types"):
        return None
    return {"allow_redirects": "always", "enabled": True, **(given or {})}


def take_return_url(call: Call, intent: Doc, *, off_session: bool = False) -> None:
    """Keep the address the cardholder comes back to.

    Raises `UrlInvalid`, or `ParameterMissing` where Stripe insists on one: a confirmation from the
    server, in the cardholder's presence, of an intent open to methods that redirect.
    """
    url = call.params.get("return_url")
    if url:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise UrlInvalid(param="return_url")
        intent["_fake"]["return_url"] = url
    automatic = intent["automatic_payment_methods"]
    redirects = automatic and automatic["enabled"] and automatic["allow_redirects"] == "always"
    known = intent["_fake"].get("return_url")
    if (
        known
        or off_session
        or call.publishable
        or not redirects
        or call.params.get("use_stripe_sdk")
    ):
        return
    raise ParameterMissing(
        "Required parameter is missing: return_url. This intent is open to payment methods that "
        "redirect; send return_url, or automatic_payment_methods[allow_redirects]=never.",
        param="return_url",
    )


def next_action(call: Call, intent: Doc) -> Doc:
    """Where the cardholder goes next: the hosted page, or the page's own script without an URL."""
    query = urlencode({"client_secret": intent["client_secret"]})
    page = f"{call.world.base_url}/_challenge/{intent['id']}?{query}"
    back = intent["_fake"].get("return_url")
    if back:
        return {"type": "redirect_to_url", "redirect_to_url": {"url": page, "return_url": back}}
    return {
        "type": "use_stripe_sdk",
        "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": page},
    }
