# SPDX-License-Identifier: Apache-2.0
"""The reasons for which the fake refuses a request, in the shape of Stripe's error object.

Owns status, type and code of each reason (https://docs.stripe.com/error-codes). Does not decide
when one applies.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ApiError(Exception):
    """The request cannot be carried out."""

    status: ClassVar[int] = 400
    type: ClassVar[str] = "invalid_request_error"
    code: ClassVar[str | None] = None
    # A card refusal leaves a failed charge behind; every other refusal leaves nothing.
    keeps_work: ClassVar[bool] = False

    def __init__(self, message: str | None = None, **fields: Any) -> None:
        self.message = message or (type(self).__doc__ or "").strip()
        self.fields = fields
        super().__init__(self.message)

    def body(self) -> dict[str, Any]:
        """The JSON of the answer: `{"error": {type, code, message, param, ...}}`."""
        error: dict[str, Any] = {"type": type(self).type, "message": self.message}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        error.update({name: value for name, value in self.fields.items() if value is not None})
        return {"error": error}


class InvalidApiKey(ApiError):
    """The API key is missing or not one of this server's. Use its sk_test_ or pk_test_ key."""

    status = 401


class SecretKeyRequired(ApiError):
    """A publishable key cannot make this request. Use the secret key."""

    status = 401
    code = "secret_key_required"


class UnknownVersion(ApiError):
    """Stripe-Version must be a date, such as 2026-10-28 or 2026-10-28.endive."""


class RouteUnknown(ApiError):
    """This address is not served. Check the method and the path."""

    status = 404


class ResourceMissing(ApiError):
    """There is no such object."""

    status = 404
    code = "resource_missing"


class ReferenceMissing(ApiError):
    """A parameter names an object that does not exist."""

    code = "resource_missing"


class ParameterUnknown(ApiError):
    """The request carries a parameter that this address does not take."""

    code = "parameter_unknown"


class ParameterMissing(ApiError):
    """A required parameter is missing."""

    code = "parameter_missing"


class ParameterEmpty(ApiError):
    """A parameter that cannot be cleared was sent empty."""

    code = "parameter_invalid_empty"


class ParameterNotInteger(ApiError):
    """A whole number was expected."""

    code = "parameter_invalid_integer"


class ParameterInvalid(ApiError):
    """The value of a parameter is not valid."""


class ParametersExclusive(ApiError):
    """These parameters cannot be sent together."""

    code = "parameters_exclusive"


class NotModelled(ApiError):
    """Stripe takes this parameter, but the fake does not act on it, so it is refused."""

    code = "fake_not_modelled"


class AmountTooSmall(ApiError):
    """The amount is below the least that Stripe charges in this currency."""

    code = "amount_too_small"


class AmountTooLarge(ApiError):
    """The amount has more than eight digits."""

    code = "amount_too_large"


class CurrencyUnknown(ApiError):
    """The currency is not one that Stripe charges in. Use a three-letter code such as jpy."""


class UrlInvalid(ApiError):
    """The address must be absolute and begin with http:// or https://."""

    code = "url_invalid"


class PaymentIntentUnexpectedState(ApiError):
    """The PaymentIntent's status does not allow this."""

    code = "payment_intent_unexpected_state"


class SetupIntentUnexpectedState(ApiError):
    """The SetupIntent's status does not allow this."""

    code = "setup_intent_unexpected_state"


class PaymentMethodUnusable(ApiError):
    """The payment method cannot be used here."""

    code = "payment_method_unexpected_state"


class ChargeAlreadyRefunded(ApiError):
    """The charge has been refunded in full."""

    code = "charge_already_refunded"


class ChargeDisputed(ApiError):
    """The charge is disputed and cannot be refunded."""

    code = "charge_disputed"


class RefundTooLarge(ApiError):
    """The refund is greater than what is left of the charge."""


class CardRefused(ApiError):
    """The card was refused."""

    status = 402
    type = "card_error"
    keeps_work = True

    def __init__(self, code: str, message: str, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.refusal = code

    def body(self) -> dict[str, Any]:
        """As `ApiError.body`, with the code of the refusal."""
        content = super().body()
        content["error"]["code"] = self.refusal
        content["error"]["doc_url"] = (
            f"https://stripe.com/docs/error-codes/{self.refusal.replace('_', '-')}"
        )
        return content


class IdempotencyMismatch(ApiError):
    """This idempotency key was first sent with other parameters. Use a new key."""

    type = "idempotency_error"


class IdempotencyInFlight(ApiError):
    """Another request with this idempotency key is still under way. Wait and send it again."""

    status = 409
    type = "idempotency_error"
    code = "idempotency_key_in_use"


class TooManyRequests(ApiError):
    """Too many requests. Wait a little and send it again."""

    status = 429
    code = "rate_limit"


class ServerFault(ApiError):
    """Something went wrong on the server. Send it again with the same idempotency key."""

    status = 500
    type = "api_error"
