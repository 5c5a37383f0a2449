# SPDX-License-Identifier: Apache-2.0
"""Stripe's test cards and how each behaves (https://docs.stripe.com/testing).

Owns the table of numbers, the `pm_card_…` test ids and the checks of number, expiry date and
security code. Does not charge or authenticate: it only says what a card would do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from firstflight.payments.fake_stripe.errors import CardRefused


class Authentication(StrEnum):
    """When a card's bank asks for 3-D Secure."""

    NEVER = "never"
    UNLESS_SET_UP = "unless_set_up"
    ON_SESSION = "on_session"
    ALWAYS = "always"


@dataclass(frozen=True)
class Decline:
    """Why a bank refuses: Stripe's `code`, `decline_code`, `advice_code` and a sentence."""

    code: str
    decline_code: str
    message: str
    advice_code: str | None = None


GENERIC = Decline("card_declined", "generic_decline", "The card was declined.", "try_again_later")
FUNDS = Decline(
    "card_declined", "insufficient_funds", "The card has insufficient funds.", "try_again_later"
)
LOST = Decline("card_declined", "lost_card", "The card was declined.", "do_not_try_again")
STOLEN = Decline("card_declined", "stolen_card", "The card was declined.", "do_not_try_again")
FRAUD = Decline("card_declined", "fraudulent", "The card was declined.", "do_not_try_again")
VELOCITY = Decline(
    "card_declined",
    "card_velocity_exceeded",
    "The card was declined: it was used too often in a short time.",
    "try_again_later",
)
EXPIRED = Decline("expired_card", "expired_card", "The card has expired.", "confirm_card_data")
WRONG_CVC = Decline(
    "incorrect_cvc", "incorrect_cvc", "The card's security code is wrong.", "confirm_card_data"
)
PROCESSING = Decline(
    "processing_error", "processing_error", "The card could not be processed. Try again later."
)
NOT_A_TEST_CARD = Decline(
    "card_declined",
    "test_mode_live_card",
    "The card was declined: only test cards are accepted here, and this is not one.",
)


@dataclass(frozen=True)
class TestCard:
    """What a test number does.

    `on_setup` refuses attaching and setting up, `on_charge` every payment; `asks` tells when
    3-D Secure is due; a card that is `set_up` counts as set up for later from the beginning.
    """

    number: str
    brand: str
    name: str
    funding: str = "credit"
    on_setup: Decline | None = None
    on_charge: Decline | None = None
    asks: Authentication = Authentication.NEVER
    set_up: bool = False
    cvc_fails: bool = False
    address_fails: bool = False
    dispute: str | None = None
    available_at_once: bool = False


def _declined(number: str, name: str, decline: Decline) -> TestCard:
    return TestCard(number, "visa", name, on_setup=decline, on_charge=decline)


CARDS = (
    TestCard("4242424242424242", "visa", "visa"),
    TestCard("4012888888881881", "visa", "visa_1881"),
    TestCard("4000056655665556", "visa", "visa_debit", "debit"),
    TestCard("5555555555554444", "mastercard", "mastercard"),
    TestCard("5200828282828210", "mastercard", "mastercard_debit", "debit"),
    TestCard("5105105105105100", "mastercard", "mastercard_prepaid", "prepaid"),
    TestCard("378282246310005", "amex", "amex"),
    TestCard("371449635398431", "amex", "amex_8431"),
    TestCard("6011111111111117", "discover", "discover"),
    TestCard("6011000990139424", "discover", "discover_9424"),
    TestCard("30569309025904", "diners", "diners"),
    TestCard("38520000023237", "diners", "diners_3237"),
    TestCard("3566002020360505", "jcb", "jcb"),
    TestCard("3530111333300000", "jcb", "jcb_0000"),
    TestCard("4000003920000003", "visa", "jp"),
    TestCard("4000002500000003", "visa", "fr"),
    TestCard("4000000000000077", "visa", "bypassPending", available_at_once=True),
    _declined("4000000000000002", "chargeDeclined", GENERIC),
    _declined("4000000000009995", "chargeDeclinedInsufficientFunds", FUNDS),
    _declined("4000000000009987", "chargeDeclinedLostCard", LOST),
    _declined("4000000000009979", "chargeDeclinedStolenCard", STOLEN),
    _declined("4000000000000127", "chargeDeclinedIncorrectCvc", WRONG_CVC),
    _declined("4000000000000069", "chargeDeclinedExpiredCard", EXPIRED),
    _declined("4000000000000119", "chargeDeclinedProcessingError", PROCESSING),
    _declined("4000000000006975", "chargeDeclinedVelocityLimitExceeded", VELOCITY),
    TestCard("4000000000000341", "visa", "chargeCustomerFail", on_charge=GENERIC),
    TestCard("4100000000000019", "visa", "radarBlock", on_charge=FRAUD),
    TestCard("4000000000000010", "visa", "avsFail", address_fails=True),
    TestCard("4000000000000101", "visa", "cvcCheckFail", cvc_fails=True),
    TestCard("4000000000000259", "visa", "createDispute", dispute="fraudulent"),
    TestCard(
        "4000000000002685",
        "visa",
        "createDisputeProductNotReceived",
        dispute="product_not_received",
    ),
    TestCard(
        "4000002500003155",
        "visa",
        "authenticationRequiredOnSetup",
        asks=Authentication.UNLESS_SET_UP,
    ),
    TestCard("4000002760003184", "visa", "authenticationRequired", asks=Authentication.ALWAYS),
    TestCard(
        "4000003800000446",
        "visa",
        "authenticationRequiredSetupForOffSession",
        asks=Authentication.ON_SESSION,
        set_up=True,
    ),
    TestCard(
        "4000008260003178",
        "visa",
        "authenticationRequiredChargeDeclinedInsufficientFunds",
        asks=Authentication.ON_SESSION,
        on_charge=FUNDS,
    ),
    TestCard("4000000000003220", "visa", "threeDSecure2Required", asks=Authentication.ON_SESSION),
    TestCard("4000000000003063", "visa", "threeDSecureRequired", asks=Authentication.ON_SESSION),
    TestCard(
        "4000008400001629",
        "visa",
        "threeDSecureRequiredChargeDeclined",
        asks=Authentication.ON_SESSION,
        on_charge=GENERIC,
    ),
    TestCard("4000000000003055", "visa", "threeDSecureOptional"),
)

BY_NUMBER = {card.number: card for card in CARDS}
# Stripe names some of the same cards with the brand in between: pm_card_visa_chargeDeclined….
BY_TEST_ID = {
    f"{stem}{card.name}": card for card in CARDS for stem in ("pm_card_", "pm_card_visa_")
}


def check_number(number: str) -> TestCard:
    """The test card with this number, spaces allowed.

    Raises `CardRefused`: `incorrect_number` when the check digit is wrong, `card_declined` with
    `test_mode_live_card` for a number that is not one of Stripe's test cards.
    """
    digits = number.replace(" ", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit() or not luhn(digits):
        raise CardRefused("incorrect_number", "The card number is not valid.", param="number")
    card = BY_NUMBER.get(digits)
    if card is None:
        refusal = NOT_A_TEST_CARD
        raise CardRefused(refusal.code, refusal.message, decline_code=refusal.decline_code)
    return card


def luhn(digits: str) -> bool:
    """Whether the check digit fits (ISO/IEC 7812-1) and the length is that of a card (12-19)."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    total = sum(map(int, digits[-1::-2])) + sum(value - 9 * (value > 9) for value in doubled)
    return 12 <= len(digits) <= 19 and total % 10 == 0


def check_expiry(month: int, year: int, today: datetime) -> int:
    """The year in four digits. A card is good to the end of its month.

    Raises `CardRefused`: `invalid_expiry_month` or `invalid_expiry_year`.
    """
    if not 1 <= month <= 12:
        raise CardRefused(
            "invalid_expiry_month", "The card's expiry month is not valid.", param="exp_month"
        )
    full = year + 2000 if 0 <= year < 100 else year
    if not today.year <= full <= today.year + 50:
        raise CardRefused(
            "invalid_expiry_year", "The card's expiry year is not valid.", param="exp_year"
        )
    if (full, month) < (today.year, today.month):
        raise CardRefused(
            "invalid_expiry_month", "The card's expiry month has passed.", param="exp_month"
        )
    return full


def check_cvc(cvc: str, brand: str) -> None:
    """Raises `CardRefused` with `invalid_cvc` unless it has 3 digits, or 4 on American Express."""
    lengths = (3, 4) if brand == "amex" else (3,)
    if not cvc.isascii() or not cvc.isdigit() or len(cvc) not in lengths:
        raise CardRefused("invalid_cvc", "The card's security code is not valid.", param="cvc")
