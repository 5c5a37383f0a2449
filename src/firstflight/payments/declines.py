# SPDX-License-Identifier: Apache-2.0
"""Which declines may pass by themselves and which never will.

Source: Stripe's table of decline codes and the card networks' rule that a card reported lost or
stolen, or an account closed, is not tried again.
"""

HARD = frozenset(
    {
        *("lost_card", "stolen_card", "pickup_card", "restricted_card", "fraudulent"),
        *("expired_card", "invalid_account", "incorrect_number", "card_not_supported"),
        *("currency_not_supported", "do_not_try_again", "revocation_of_authorization"),
        *(
            "revocation_of_all_authorizations",
            "stop_payment_order",
            "new_account_information_available",
        ),
    }
)
AUTHENTICATION = frozenset({"authentication_required", "authentication_not_handled"})


def is_hard(decline_code: str) -> bool:
    """Whether another try of the same card is pointless."""
    return decline_code in HARD
