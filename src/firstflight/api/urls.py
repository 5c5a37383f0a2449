# SPDX-License-Identifier: Apache-2.0
"""The public API under /api/v1."""

from typing import Any

from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from firstflight.api import campaigns, pledges, problems, webhooks
from firstflight.kernel.errors import Refusal
from firstflight.people.errors import TokenInvalid


class Api(NinjaAPI):
    """ninja's API, whose OpenAPI document names the media type of problems."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document, as /api/v1/openapi.json serves it."""
        document = super().get_openapi_schema(**options)
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {
                            problems.MEDIA_TYPE: answer["content"]["application/json"]
                        }
        return document


api = Api(
    title="First Flight",
    version="1",
    description="Campaigns and pledges of First Flight. Errors are RFC 9457 problem+json.",
    docs_url=None,
)
api.add_router("/campaigns", campaigns.router)
api.add_router("", pledges.router)
api.add_router("", webhooks.router)
# ninja's annotation wants handlers that take the class as well as an instance of it.
api.add_exception_handler(Refusal, problems.from_refusal)  # type: ignore[arg-type]
api.add_exception_handler(ValidationError, problems.from_validation)  # type: ignore[arg-type]
api.add_exception_handler(HttpError, problems.from_http_error)  # type: ignore[arg-type]
api.add_exception_handler(
    AuthenticationError, lambda request, error: problems.from_refusal(request, TokenInvalid())
)
