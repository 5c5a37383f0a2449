# SPDX-License-Identifier: Apache-2.0
"""The public API under /api/v1."""

from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from firstflight.api import campaigns, pledges, problems, webhooks
from firstflight.kernel.errors import Refusal
from firstflight.people.errors import TokenInvalid

api = NinjaAPI(
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
api.add_exception_handler(
    AuthenticationError, lambda request, error: problems.from_refusal(request, TokenInvalid())
)
