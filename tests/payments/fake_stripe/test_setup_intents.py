# SPDX-License-Identifier: Apache-2.0
"""SetupIntents, 3-D Secure at the hosted page included."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
import stripe
from stripe import StripeClient

RETURN_URL = "https://shop.example/back?pledge=7"
Visit = Callable[..., tuple[int, str, str]]

THREE_D_SECURE = [
    "pm_card_authenticationRequired",
    "pm_card_authenticationRequiredOnSetup",
    "pm_card_threeDSecure2Required",
]


def begin(client: StripeClient, customer: str, card: str) -> stripe.SetupIntent:
    return client.v1.setup_intents.create(
        {
            "customer": customer,
            "payment_method": card,
            "confirm": True,
            "return_url": RETURN_URL,
            "usage": "off_session",
        }
    )


def test_a_new_intent_waits_for_a_card_and_opens_to_its_secret_only(
    client: StripeClient, customer: str
) -> None:
    intent = client.v1.setup_intents.create({"customer": customer, "metadata": {"pledge": "7"}})
    assert (intent.status, intent.usage) == ("requires_payment_method", "off_session")
    assert intent.client_secret is not None
    assert intent.client_secret.startswith(f"{intent.id}_secret_")


def test_a_good_card_is_saved_to_the_customer(client: StripeClient, customer: str) -> None:
    intent = client.v1.setup_intents.create({"customer": customer})
    done = client.v1.setup_intents.confirm(
        intent.id, {"payment_method": "pm_card_visa", "return_url": RETURN_URL}
    )
    assert done.status == "succeeded"
    card = client.v1.payment_methods.retrieve(str(done.payment_method))
    assert card.customer == customer


@pytest.mark.parametrize("card", THREE_D_SECURE)
def test_3d_secure_completed_at_the_hosted_page_saves_the_card(
    visit: Visit, client: StripeClient, customer: str, card: str
) -> None:
    intent = begin(client, customer, card)
    assert intent.status == "requires_action"
    status, page, _ = visit(intent.next_action)
    assert status == 200
    assert "Complete" in page
    status, _, back = visit(intent.next_action, "complete")
    query = parse_qs(urlsplit(back).query)
    assert status == 303
    assert query == {
        "pledge": ["7"],
        "setup_intent": [intent.id],
        "setup_intent_client_secret": [intent.client_secret],
        "redirect_status": ["succeeded"],
    }
    assert client.v1.setup_intents.retrieve(intent.id).status == "succeeded"


def test_3d_secure_failed_leaves_the_intent_open_for_another_card(
    visit: Visit, client: StripeClient, customer: str
) -> None:
    intent = begin(client, customer, "pm_card_authenticationRequired")
    _, _, back = visit(intent.next_action, "fail")
    assert parse_qs(urlsplit(back).query)["redirect_status"] == ["failed"]
    failed = client.v1.setup_intents.retrieve(intent.id)
    assert failed.status == "requires_payment_method"
    assert failed.last_setup_error is not None
    assert failed.last_setup_error.code == "setup_intent_authentication_failure"
    repaired = client.v1.setup_intents.confirm(
        intent.id, {"payment_method": "pm_card_visa", "return_url": RETURN_URL}
    )
    assert repaired.status == "succeeded"


def test_the_button_pressed_twice_sends_back_twice_and_changes_nothing(
    visit: Visit, client: StripeClient, customer: str
) -> None:
    intent = begin(client, customer, "pm_card_threeDSecure2Required")
    first = visit(intent.next_action, "complete")
    assert visit(intent.next_action, "fail") == first
    assert client.v1.setup_intents.retrieve(intent.id).status == "succeeded"


@pytest.mark.parametrize(
    ("accepted", "word"),
    [
        ("ja,en;q=0.5", "本人確認"),
        ("fr-FR", "Valider"),
        ("de, en;q=0.3", "Confirm"),
        ("", "Confirm"),
    ],
)
def test_the_hosted_page_speaks_the_browsers_language(
    visit: Visit, client: StripeClient, customer: str, accepted: str, word: str
) -> None:
    intent = begin(client, customer, "pm_card_threeDSecure2Required")
    _, page, _ = visit(intent.next_action, language=accepted)
    assert word in page


def test_the_hosted_page_opens_to_no_wrong_secret(
    visit: Visit, client: StripeClient, customer: str
) -> None:
    intent = begin(client, customer, "pm_card_threeDSecure2Required")
    action = intent.next_action
    assert action is not None
    assert action.redirect_to_url is not None
    action.redirect_to_url.url = str(action.redirect_to_url.url).split("?")[0] + "?client_secret=x"
    assert visit(action)[0] == 404


def test_a_canceled_intent_takes_no_card(client: StripeClient, customer: str) -> None:
    intent = client.v1.setup_intents.create({"customer": customer})
    gone = client.v1.setup_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})
    assert (gone.status, gone.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.setup_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert refused.value.code == "setup_intent_unexpected_state"


def test_confirming_on_the_server_without_a_way_back_is_refused(
    client: StripeClient, customer: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.setup_intents.create(
            {"customer": customer, "payment_method": "pm_card_visa", "confirm": True}
        )
    assert refused.value.param == "return_url"


@pytest.mark.parametrize("url", ["/back", "javascript:alert(1)", "shop.example/back"])
def test_a_return_address_must_be_absolute(client: StripeClient, customer: str, url: str) -> None:
    intent = client.v1.setup_intents.create({"customer": customer})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.setup_intents.confirm(
            intent.id, {"payment_method": "pm_card_visa", "return_url": url}
        )
    assert refused.value.code == "url_invalid"
