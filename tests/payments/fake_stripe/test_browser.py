# SPDX-License-Identifier: Apache-2.0
"""The script behind /v3/ in a real browser: fields, messages, languages, 3-D Secure."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from stripe import StripeClient

from firstflight.payments.fake_stripe.server import FakeStripe

sync_api = pytest.importorskip("playwright.sync_api")

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Shop</title>
<script src="{fake}/v3/"></script>
<main><h1>Shop</h1><form id="form"><div id="card"></div><button>Save</button></form>
<p id="outcome" role="status"></p></main>
<script>
const stripe = Stripe("{key}");
const elements = stripe.elements({{clientSecret: "{secret}", locale: "auto"}});
elements.create("payment").mount("#card");
document.getElementById("form").addEventListener("submit", async (event) => {{
  event.preventDefault();
  const checked = await elements.submit();
  if (checked.error) return;
  const {{setupIntent, error}} = await stripe.confirmSetup({{
    elements, confirmParams: {return_to}, redirect: "if_required"
  }});
  document.getElementById("outcome").textContent = error ? error.message : setupIntent.status;
}});
</script></html>"""

OpenShop = Callable[..., Any]


@pytest.fixture
def open_shop(fake: FakeStripe, client: StripeClient, page: Any) -> Iterator[OpenShop]:
    """Serve a page with card fields for a new SetupIntent and open it in the browser."""
    pages: dict[str, str] = {}

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path.partition("?")[0], "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"

    def go(*, lang: str = "en", with_return: bool = True) -> Any:
        customer = client.v1.customers.create({}).id
        intent = client.v1.setup_intents.create({"customer": customer})
        pages["/pay"] = PAGE.format(
            lang=lang,
            fake=fake.url,
            key=fake.publishable_key,
            secret=intent.client_secret,
            return_to=f'{{return_url: "{base}/back"}}' if with_return else "{}",
        )
        pages["/back"] = "<!doctype html><title>Back</title><p>Back in the shop</p>"
        page.goto(f"{base}/pay")
        return intent

    yield go
    server.shutdown()
    server.server_close()


def fill(page: Any, number: str) -> None:
    """Type a card with a good date and code, in the order of the fields, and send it."""
    fields = page.locator("#card input")
    fields.nth(0).press_sequentially(number)
    fields.nth(1).press_sequentially("1240")
    fields.nth(2).press_sequentially("123")
    page.get_by_role("button", name="Save").click()


def test_a_card_typed_in_the_browser_is_saved(
    open_shop: OpenShop, page: Any, client: StripeClient
) -> None:
    intent = open_shop()
    fill(page, "4242424242424242")
    sync_api.expect(page.locator("#outcome")).to_have_text("succeeded")
    saved = client.v1.setup_intents.retrieve(intent.id)
    assert saved.status == "succeeded"
    assert page.get_by_label("Card number").input_value() == "4242 4242 4242 4242"
    assert page.get_by_label("Expiry date").input_value() == "12 / 40"


@pytest.mark.parametrize(
    ("lang", "label", "message"),
    [
        ("en", "Card number", "The card was declined. Use another card or ask your bank."),
        ("ja", "カード番号", "このカードはご利用になれません。"),
        ("fr", "Numéro de carte", "La carte a été refusée."),
    ],
)
def test_a_declined_card_is_told_beside_its_field_in_the_pages_language(
    open_shop: OpenShop, page: Any, lang: str, label: str, message: str
) -> None:
    open_shop(lang=lang)
    fill(page, "4000000000000002")
    sync_api.expect(page.get_by_role("alert").filter(has_text=message)).to_be_visible()
    field = page.get_by_label(label)
    sync_api.expect(field).to_have_attribute("aria-invalid", "true")
    sync_api.expect(field).to_have_attribute("autocomplete", "cc-number")


def test_mistakes_are_told_before_anything_is_sent(
    open_shop: OpenShop, page: Any, fake: FakeStripe, client: StripeClient
) -> None:
    intent = open_shop()
    fill(page, "4242424242424241")
    alert = page.get_by_role("alert").filter(has_text="not valid")
    sync_api.expect(alert).to_be_visible()
    sync_api.expect(page.get_by_label("Card number")).to_be_focused()
    assert client.v1.setup_intents.retrieve(intent.id).status == "requires_payment_method"


def test_3d_secure_goes_to_the_bank_and_back(
    open_shop: OpenShop, page: Any, client: StripeClient
) -> None:
    intent = open_shop()
    fill(page, "4000002760003184")
    page.get_by_role("button", name="Complete").click()
    sync_api.expect(page.get_by_text("Back in the shop")).to_be_visible()
    assert "redirect_status=succeeded" in page.url
    assert client.v1.setup_intents.retrieve(intent.id).status == "succeeded"


@pytest.mark.parametrize(
    ("button", "outcome"),
    [("Complete", "succeeded"), ("Fail", "Your bank could not confirm it was you.")],
)
def test_3d_secure_opens_over_the_page_when_there_is_no_way_back(
    open_shop: OpenShop, page: Any, button: str, outcome: str
) -> None:
    open_shop(with_return=False)
    fill(page, "4000000000003220")
    frame = page.frame_locator("dialog iframe")
    frame.get_by_role("button", name=button).click()
    sync_api.expect(page.locator("#outcome")).to_contain_text(outcome)
    sync_api.expect(page.locator("dialog")).to_have_count(0)


def test_fields_and_bank_page_are_accessible_on_a_phone(open_shop: OpenShop, page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.set_viewport_size({"width": 360, "height": 740})
    open_shop()
    assert axe.run(page).violations_count == 0
    fill(page, "4000002760003184")
    sync_api.expect(page.get_by_role("button", name="Fail")).to_be_visible()
    assert axe.run(page).violations_count == 0
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
