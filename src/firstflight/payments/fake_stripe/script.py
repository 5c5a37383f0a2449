# SPDX-License-Identifier: Apache-2.0
"""The browser's half: the script behind `/v3/`, which stands in for Stripe.js.

Owns joining its parts into one script that defines nothing but `Stripe`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from firstflight.payments.fake_stripe.messages import Response

PARTS = ("words.js", "fields.js", "client.js")


@cache
def _text() -> bytes:
    folder = files(__package__).joinpath("static")
    parts = "\n".join(folder.joinpath(name).read_text("utf-8") for name in PARTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'.encode()


def answer() -> Response:
    """The whole script."""
    response = Response(200, _text(), "text/javascript; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
