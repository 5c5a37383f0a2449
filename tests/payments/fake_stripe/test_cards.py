# SPDX-License-Identifier: Apache-2.0
"""Every test card does what Stripe documents: on set-up, and when charged without its holder."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st
from stripe import StripeClient

from firstflight.payments.fake_stripe.cards import CARDS, luhn

TABLE = Path(__file__).resolve().parents[4] / "shared" / "data" / "stripe_test_cards.csv"
Pay = Callable[..., stripe.PaymentIntent]

DECLINES = {
    "4000000000000002": ("card_declined", "generic_decline"),
    "4000000000009995": ("card_declined", "insufficient_funds"),
    "4000000000009987": ("card_declined", "lost_card"),
    "4000000000009979": ("card_declined", "stolen_card"),
    "4000000000006975": ("card_declined", "card_velocity_exceeded"),
    "4000000000000127": ("incorrect_cvc", "incorrect_cvc"),
    "4000000000000069": ("expired_card", "expired_card"),
    "4000000000000119": ("processing_error", "processing_error"),
}
SUCCEED = [
    card.number
    for card in CARDS
    if card.on_setup is None and card.on_charge is None and card.asks == "never"
]


def make_card(client: StripeClient, number: str, /, **changes: object) -> stripe.PaymentMethod:
    cvc = "1234" if number.startswith("3") and len(number) == 15 else "123"
    card = {"number": number, "exp_month": 12, "exp_year": 2040, "cvc": cvc} | changes
    return client.v1.payment_methods.create({"type": "card", "card": card})  # type: ignore[arg-type]


@pytest.mark.parametrize("number", SUCCEED)
def test_a_good_card_is_saved_and_charged(
    client: StripeClient, customer: str, pay: Pay, number: str
) -> None:
    card = make_card(client, number)
    client.v1.payment_methods.attach(card.id, {"customer": customer})
    intent = pay(card.id)
    assert intent.status == "succeeded"
    assert card.card is not None
    assert card.card.last4 == number[-4:]


@pytest.mark.parametrize(("number", "codes"), DECLINES.items())
def test_a_declined_card_can_be_neither_set_up_nor_attached_nor_charged(
    client: StripeClient, customer: str, number: str, codes: tuple[str, str]
) -> None:
    card = make_card(client, number).id
    with pytest.raises(stripe.CardError) as on_setup:
        client.v1.setup_intents.create(
            {
                "customer": customer,
                "payment_method": card,
                "confirm": True,
                "allowed_payment_method_types": ["card"],
            }
        )
    with pytest.raises(stripe.CardError) as on_attach:
        client.v1.payment_methods.attach(card, {"customer": customer})
    with pytest.raises(stripe.CardError) as on_charge:
        client.v1.payment_intents.create(
            {
                "amount": 500,
                "currency": "jpy",
                "payment_method": card,
                "confirm": True,
                "allowed_payment_method_types": ["card"],
            }
        )
    for refused in (on_setup, on_attach, on_charge):
        assert refused.value.http_status == 402
        assert refused.value.error is not None
        assert (refused.value.code, refused.value.error.decline_code) == codes
    assert on_setup.value.error is not None
    setup = on_setup.value.error.setup_intent
    assert setup is not None
    assert setup.status == "requires_payment_method"
    assert setup.last_setup_error is not None
    assert setup.last_setup_error.code == codes[0]


def test_card_0341_is_saved_but_every_charge_fails(
    client: StripeClient, customer: str, pay: Pay
) -> None:
    card = make_card(client, "4000000000000341").id
    saved = client.v1.setup_intents.create(
        {
            "customer": customer,
            "payment_method": card,
            "confirm": True,
            "allowed_payment_method_types": ["card"],
        }
    )
    assert saved.status == "succeeded"
    with pytest.raises(stripe.CardError) as refused:
        pay(card)
    assert refused.value.code == "card_declined"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "4242424242424241"}, "incorrect_number"),
        ({"number": "4242"}, "incorrect_number"),
        ({"number": "4242x24242424242"}, "incorrect_number"),
        ({"exp_month": 13}, "invalid_expiry_month"),
        ({"exp_year": 2020}, "invalid_expiry_year"),
        ({"exp_year": 2140}, "invalid_expiry_year"),
        ({"cvc": "12"}, "invalid_cvc"),
        ({"cvc": "1234"}, "invalid_cvc"),
        ({"number": "378282246310005", "cvc": "12345"}, "invalid_cvc"),
    ],
)
def test_a_card_with_wrong_details_is_refused(
    client: StripeClient, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(stripe.CardError) as refused:
        make_card(client, "4242424242424242", **changes)
    assert refused.value.code == code


def test_a_number_that_is_no_test_card_is_refused(client: StripeClient) -> None:
    with pytest.raises(stripe.CardError) as refused:
        make_card(client, "4539578763621486")
    assert refused.value.error is not None
    assert refused.value.error.decline_code == "test_mode_live_card"


@pytest.mark.parametrize(
    ("number", "check"),
    [("4000000000000101", "cvc_check"), ("4000000000000010", "address_line1_check")],
)
def test_a_failed_check_is_told_and_does_not_stop_the_card(
    client: StripeClient, number: str, check: str
) -> None:
    card = make_card(client, number).card
    assert card is not None
    assert card.checks is not None
    assert getattr(card.checks, check) == "fail"


def test_the_number_is_kept_nowhere(client: StripeClient) -> None:
    card = make_card(client, "4242424242424242")
    assert "4242424242424242" not in str(client.v1.payment_methods.retrieve(card.id))


def test_a_card_expires_when_virtual_time_passes_its_month(
    client: StripeClient, customer: str, pay: Pay, fake
) -> None:
    card = make_card(client, "4242424242424242", exp_year=2040)
    client.v1.payment_methods.attach(card.id, {"customer": customer})
    fake.controls.set_clock(offset_seconds=20 * 366 * 86400)
    with pytest.raises(stripe.CardError) as refused:
        pay(card.id)
    assert refused.value.code == "expired_card"


def test_a_detached_card_cannot_come_back(client: StripeClient, customer: str) -> None:
    card = client.v1.payment_methods.attach("pm_card_visa", {"customer": customer})
    client.v1.payment_methods.detach(card.id)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_methods.attach(card.id, {"customer": customer})


def test_a_card_of_one_customer_does_not_pay_for_another(client: StripeClient, save_card) -> None:
    card = save_card("pm_card_visa")
    other = client.v1.customers.create({}).id
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.create(
            {"amount": 500, "currency": "jpy", "customer": other, "payment_method": card}
        )
    assert refused.value.param == "payment_method"


def test_every_card_of_the_shared_table_is_known() -> None:
    if not TABLE.exists():
        pytest.skip("the shared table of test cards is not beside the repository")
    with TABLE.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = {card.number for card in CARDS}
    assert {row["number"] for row in rows if row["luhn_ok"] == "1"} <= known
    assert all(luhn(row["number"]) == (row["luhn_ok"] == "1") for row in rows)


@given(st.text("0123456789", min_size=11, max_size=18))
def test_exactly_one_check_digit_fits_any_number(stem: str) -> None:
    assert sum(luhn(stem + digit) for digit in "0123456789") == 1


@given(st.sampled_from([card.number for card in CARDS]), st.integers(0, 11), st.integers(1, 9))
def test_a_mistyped_digit_is_always_noticed(number: str, place: int, change: int) -> None:
    wrong = str((int(number[place]) + change) % 10)
    assert not luhn(number[:place] + wrong + number[place + 1 :])
