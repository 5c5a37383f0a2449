# SPDX-License-Identifier: Apache-2.0
"""A request that came in and the answer that goes out, without any HTTP library around them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """`headers` have small-letter names; `path` and `query` are as sent, split at the `?`."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Response:
    """What is sent back; `cut` closes the line without a word instead."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


def json_response(status: int, content: Any) -> Response:
    """An answer in JSON, indented for people who read it."""
    return Response(status, json.dumps(content, ensure_ascii=False, indent=2).encode())
