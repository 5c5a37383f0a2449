# SPDX-License-Identifier: Apache-2.0
"""Ids and secrets in Stripe's style. Does not keep them."""

from __future__ import annotations

import secrets
import string

ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """A fresh id such as `pi_3hTq…`; `length` counts the letters after the underscore."""
    return f"{prefix}_{new_token(length)}"


def new_token(length: int) -> str:
    """`length` random letters and digits."""
    return "".join([ALPHABET[byte % 62] for byte in secrets.token_bytes(length)])
