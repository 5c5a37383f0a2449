# SPDX-License-Identifier: Apache-2.0
"""Serves the hosted 3-D Secure page and takes its answer back to the shop.

Owns the return address's query (`setup_intent`, `setup_intent_client_secret`, `redirect_status`).
The intents own what the answer changes.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from firstflight.payments.fake_stripe import pages
from firstflight.payments.fake_stripe.call import World
from firstflight.payments.fake_stripe.controls import Controls
from firstflight.payments.fake_stripe.messages import Request, Response
from firstflight.payments.fake_stripe.storage import Doc

PREFIX = "/_challenge/"
HTML = "text/html; charset=utf-8"


def answer(world: World, controls: Controls, request: Request) -> Response:
    """GET shows the page, POST takes `outcome=complete` or `fail` and sends the browser back."""
    lang = pages.language(request.headers.get("accept-language", ""))
    intent = world.store.get(request.path.removeprefix(PREFIX))
    secret = parse_qs(request.query).get("client_secret", [""])[0]
    if intent is None or not hmac.compare_digest(intent.get("client_secret") or "", secret):
        return _html(404, pages.gone(lang))
    if intent["status"] != "requires_action":
        return _onward(intent, lang)
    if request.method == "POST":
        outcome = parse_qs(request.body.decode("utf-8", "replace")).get("outcome", [""])[0]
        done = controls.finish_challenge(intent=intent["id"], passed=outcome == "complete")
        return _onward({**done, "_fake": intent["_fake"]}, lang)
    method = world.store.get(intent["payment_method"])
    if method is None:
        return _html(404, pages.gone(lang))
    return _html(200, pages.challenge(intent, method, lang))


def _onward(intent: Doc, lang: str) -> Response:
    """Back to the shop, or a last page where the shop gave no address."""
    back = intent["_fake"].get("return_url")
    if not back:
        return _html(200, pages.finished(lang, intent["id"]))
    url = urlsplit(back)
    result = {
        intent["object"]: intent["id"],
        f"{intent['object']}_client_secret": intent["client_secret"],
        "redirect_status": "succeeded" if intent["status"] == "succeeded" else "failed",
    }
    query = "&".join(part for part in (url.query, urlencode(result)) if part)
    response = _html(303, "")
    response.headers["Location"] = urlunsplit(url._replace(query=query))
    return response


def _html(status: int, text: str) -> Response:
    response = Response(status, text.encode(), HTML)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
