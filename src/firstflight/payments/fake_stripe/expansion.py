# SPDX-License-Identifier: Apache-2.0
"""Fills in the objects asked for with `expand`, e.g. `latest_charge.balance_transaction`.

Owns walking the paths. Documents in the store carry ids only.
"""

from __future__ import annotations

from typing import Any

from firstflight.payments.fake_stripe.errors import ParameterInvalid
from firstflight.payments.fake_stripe.storage import Doc, Store

EXPANDABLE = frozenset(
    {
        "balance_transaction",
        "charge",
        "customer",
        "default_payment_method",
        "failure_balance_transaction",
        "latest_charge",
        "payment_intent",
        "payment_method",
        "source",
    }
)
DEEPEST = 4


def expand(store: Store, doc: Doc, paths: list[str]) -> Doc:
    """The document with the objects at `paths` in place of their ids.

    Raises `ParameterInvalid` for a path that names nothing to expand, or deeper than four levels.
    """
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise ParameterInvalid(f"expand goes four levels deep at most: {path}.", param="expand")
        _walk(store, doc, steps, path)
    return doc


def _walk(store: Store, value: Any, steps: list[str], path: str) -> None:
    if isinstance(value, list):
        for item in value:
            _walk(store, item, steps, path)
        return
    if not steps or not isinstance(value, dict):
        return
    name, rest = steps[0], steps[1:]
    if name == "refunds" and value.get("object") == "charge":
        value[name] = _refunds(store, value["id"])
    elif name not in value or not (name in EXPANDABLE or isinstance(value[name], dict | list)):
        raise ParameterInvalid(f"This property cannot be expanded: {path}.", param="expand")
    elif isinstance(value[name], str):
        value[name] = store.get(value[name]) or value[name]
    _walk(store, value[name], rest, path)


def _refunds(store: Store, charge: str) -> Doc:
    docs = store.select("refund", {"charge": charge}, limit=10)
    return {
        "object": "list",
        "data": docs,
        "has_more": False,
        "url": f"/v1/charges/{charge}/refunds",
    }
