# SPDX-License-Identifier: Apache-2.0
"""Why a payment is refused."""

from django.utils.translation import gettext_lazy as _

from firstflight.kernel.errors import Refusal


class CardDeclined(Refusal):
    """The provider or the bank refused the card while it was set up."""

    code = "card_declined"
    status = 402
    message = _("Your bank declined this card. Please try another card.")


class ProviderUnavailable(Refusal):
    """The payment provider did not answer; the same request may be sent again."""

    code = "provider_unavailable"
    status = 503
    retry_after = 60
    message = _("The payment service is not answering. Please try again in a minute.")


class ChargeInFlight(Refusal):
    """An attempt is unfinished or has already succeeded."""

    code = "charge_in_flight"
    message = _("A payment for this pledge is already under way.")


class RefundTooLarge(Refusal):
    """More than what is left of the charge."""

    code = "refund_too_large"
    status = 422
    message = _("At most %(left)s can still be refunded.")


class EventNotSigned(Refusal):
    """A webhook whose signature does not hold."""

    code = "signature_invalid"
    status = 400
    message = _("The signature of this webhook is not valid.")
