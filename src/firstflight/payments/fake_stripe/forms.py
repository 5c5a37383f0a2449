# SPDX-License-Identifier: Apache-2.0
"""Reads `a[b][0]=c` forms and query strings into nested dictionaries.

Owns the bracket notation of Stripe's API. Does not judge names or types: see `parameters`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from firstflight.payments.fake_stripe.errors import ParameterInvalid

PART = re.compile(r"\[([^\[\]]*)\]")


def decode(text: str) -> dict[str, Any]:
    """`"a[b]=1&c[]=2&d[0]=3"` → `{"a": {"b": "1"}, "c": {"0": "2"}, "d": {"0": "3"}}`.

    Arrays stay dictionaries with numbers as keys; only the expected type tells them from maps.

    Raises `ParameterInvalid` for a name whose brackets do not match.
    """
    result: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        _place(result, _split(name), value, name)
    return result


def _split(name: str) -> list[str]:
    head, bracket, _ = name.partition("[")
    rest = name[len(head) :]
    parts = PART.findall(rest)
    if not head or "".join(f"[{part}]" for part in parts) != rest:
        raise ParameterInvalid(f"The parameter name {name!r} is not valid.", param=name)
    return [head, *parts] if bracket else [head]


def _place(target: dict[str, Any], path: list[str], value: str, name: str) -> None:
    for depth, part in enumerate(path):
        key = part if part or depth == 0 else str(len(target))
        if depth == len(path) - 1:
            target[key] = value
            return
        target = target.setdefault(key, {})
        if not isinstance(target, dict):
            raise ParameterInvalid(f"The parameter {name} is both a value and a map.", param=name)
