# SPDX-License-Identifier: Apache-2.0
"""A program at the API: it holds a token, sends JSON, and checks each answer's form by OpenAPI."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import builders
import jsonschema
import pytest
from django.test import Client

from firstflight.api.urls import api
from firstflight.people import tokens
from firstflight.people.models import ApiToken, Person

BOTH = ("pledges:read", "pledges:write")


@dataclass
class Answer:
    """What came back."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def code(self) -> str:
        """The stable code of a problem."""
        return str(self.body["code"])


@dataclass
class Program:
    """Acts for a person; each answer must be one that the OpenAPI document promises."""

    person: Person
    token: ApiToken
    secret: str

    def ask(
        self, method: str, path: str, body: Any = None, *, secret: str = "", **headers: str
    ) -> Answer:
        """Send a request below /api/v1; `body` is sent as JSON unless it is bytes."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            b"" if body is None else sent,
            "application/json",
            headers={"Authorization": f"Bearer {secret or self.secret}", **headers},
        )
        check_promised(method, f"/api/v1{path}", answer)
        return Answer(answer.status_code, answer.json(), dict(answer.headers))

    def place(self, slug: str, body: Any, *, key: str = "key-1", **headers: str) -> Answer:
        """Place a pledge."""
        return self.ask(
            "POST", f"/campaigns/{slug}/pledges", body, **{"Idempotency-Key": key, **headers}
        )


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document as plain JSON."""
    plain: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return plain


def check_promised(method: str, path: str, answer: Any) -> None:
    """The answer's status, media type and body are among those documented for the operation."""
    for template, operations in document()["paths"].items():
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
        if re.fullmatch(pattern, path.partition("?")[0]) and method.lower() in operations:
            break
    else:
        assert answer.status_code in (404, 405)
        return
    promised = operations[method.lower()]["responses"][str(answer.status_code)]["content"]
    media_type = answer.headers["Content-Type"].partition(";")[0]
    schema = {**promised[media_type]["schema"], "components": document()["components"]}
    jsonschema.validate(answer.json(), schema)


@pytest.fixture
def program(db: None) -> Callable[..., Program]:
    """Make a program for a new person, or for one there is."""

    def make(
        person: Person | None = None, *, scopes: Any = BOTH, days: int | None = None
    ) -> Program:
        who = person or builders.person()
        token, secret = tokens.create(person=who, label="test", scopes=scopes)
        return Program(who, token, secret)

    return make
