# SPDX-License-Identifier: Apache-2.0
"""What every answer tells the browser: what a page may load, and what may be kept of it."""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PERMISSIONS = "camera=(), geolocation=(), microphone=(), usb=(), browsing-topics=()"
STRIPE = (
    "https://js.stripe.com https://*.js.stripe.com https://api.stripe.com https://hooks.stripe.com"
)


class HeadersMiddleware:
    """Adds the content security policy, and keeps pages of a person out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        headers = answer.headers
        headers["Content-Security-Policy"] = _policy(
            settings.STRIPE_JS_URL, request.path.startswith("/accounts/")
        )
        headers["Permissions-Policy"] = PERMISSIONS
        if answer.status_code == 429 and "Retry-After" not in headers:
            headers["Retry-After"] = "60"
        if "Cache-Control" not in headers:
            known = settings.SESSION_COOKIE_NAME in request.COOKIES
            headers["Cache-Control"] = "private, no-store" if known else "no-cache"
        return answer


@cache
def _policy(stripe_js_url: str, signing_in: bool) -> str:
    """CSP level 3: our own files, and the payment provider's script, frames and API.

    Signing in may lead on to any company's identity provider, and browsers hold redirects of a form
    against `form-action`, so those pages go without it.
    """
    parts = urlsplit(stripe_js_url)
    payment = STRIPE if parts.netloc.endswith("stripe.com") else f"{parts.scheme}://{parts.netloc}"
    rules = [
        "default-src 'none'",
        f"script-src 'self' {payment}",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        f"connect-src 'self' {payment}",
        f"frame-src {payment}",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    return "; ".join(rules if signing_in else [*rules, "form-action 'self'"])
