# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document: served, valid, and complete."""

from django.test import Client
from openapi_spec_validator import validate


def test_the_document_is_served_and_valid_openapi_3_1() -> None:
    document = Client().get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    validate(document)


def test_the_document_names_every_operation_that_programs_rely_on() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    operations = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in document["paths"].items()
        for method in methods
    }

    assert operations == {
        "GET /campaigns",
        "GET /campaigns/{slug}",
        "POST /campaigns/{slug}/pledges",
        "GET /pledges/{pledge_id}",
        "PATCH /pledges/{pledge_id}",
        "DELETE /pledges/{pledge_id}",
        "POST /webhooks/stripe",
    }
