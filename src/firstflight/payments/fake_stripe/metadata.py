# SPDX-License-Identifier: Apache-2.0
"""Merges `metadata` as Stripe does: keys are added or replaced, an empty value removes one.

Owns the limits of metadata (https://docs.stripe.com/metadata). Does not store it.
"""

from __future__ import annotations

from typing import Any

from firstflight.payments.fake_stripe.errors import ParameterInvalid

MOST_KEYS = 50
LONGEST_KEY = 40
LONGEST_VALUE = 500


def merge(old: dict[str, str], sent: Any) -> dict[str, str]:
    """The new metadata. `sent` is a map, "" to clear all, or None to leave it as it is.

    Raises `ParameterInvalid` beyond 50 keys, 40 letters a key or 500 letters a value.
    """
    if sent is None:
        return old
    if sent == "":
        return {}
    result = dict(old)
    for key, value in sent.items():
        if len(key) > LONGEST_KEY or len(value) > LONGEST_VALUE:
            raise ParameterInvalid(
                "Metadata keys may have 40 letters, and values 500.", param=f"metadata[{key}]"
            )
        if value:
            result[key] = value
        else:
            result.pop(key, None)
    if len(result) > MOST_KEYS:
        raise ParameterInvalid("Metadata may have 50 keys.", param="metadata")
    return result
