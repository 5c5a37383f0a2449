# SPDX-License-Identifier: Apache-2.0
"""The demo in a real browser: what a visitor sees and presses, and that axe finds no fault."""

import asyncio
import shutil
import sys

import pytest
import pytest_asyncio

playwright_api = pytest.importorskip("playwright.async_api", reason="needs playwright")
axe_api = pytest.importorskip("axe_playwright_python.async_playwright", reason="needs axe")

# Playwright's sync API would keep a loop running in which no other asynchronous test could run.
pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address():
    words = [sys.executable, "-m", "wena.cli", "demo", "--port", "0", "--no-browser"]
    demo = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    line = (await demo.stdout.readline()).decode()
    yield next(word for word in line.split() if word.startswith("http"))
    demo.terminate()
    await demo.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    async with playwright_api.async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except playwright_api.Error as error:
            pytest.skip(f"no browser: {error.message.splitlines()[0]}")
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(chromium, address):
    pages, faults = [], []

    async def open_page(width=1280, height=900, locale="en"):
        page = await chromium.new_page(viewport={"width": width, "height": height}, locale=locale)
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(address)
        await page.wait_for_selector("#balance:not(:empty)")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        await page.close()
    assert faults == []


async def expect(page, selector, text):
    await playwright_api.expect(page.locator(selector)).to_contain_text(text, timeout=8000)


async def press(page, name, **how):
    await page.get_by_role("button", name=name, **how).click()


async def test_a_message_lights_the_clasp_and_goes_dark_at_a_press(visit):
    page = await visit()
    await page.get_by_label("From").fill("Mio")
    await press(page, "Send notification")

    await expect(page, "#now", "Mio")
    await expect(page, "#now", "green")
    assert await page.locator("svg.lit").count() == 1
    await press(page, "Press", exact=True)
    await expect(page, "#now", "The light is off")
    await press(page, "Read everything")


async def test_a_call_shakes_the_watch_until_it_is_declined(visit):
    page = await visit()
    await press(page, "Call this phone")
    await expect(page, "#now", "is calling")
    assert await page.locator(".stage.shaking").count() == 1

    await press(page, "Hold")

    await expect(page, "#now", "The light is off")
    await expect(page, "#journal", "declined on the strap")


async def test_paying_walking_cutting_the_link_and_an_empty_battery(visit):
    page = await visit()
    before = await page.locator("#balance").inner_text()
    await press(page, "Pay ¥480")
    await expect(page, "#payments", "−¥480")
    assert await page.locator("#balance").inner_text() != before

    steps = await page.locator("#steps").inner_text()
    await press(page, "Start walking")
    await playwright_api.expect(page.locator("#steps")).not_to_have_text(steps, timeout=5000)
    await press(page, "Stop walking")

    await press(page, "Cut the Bluetooth link")
    await expect(page, "#link-state", "No phone")
    await press(page, "Bring the phone back")
    await expect(page, "#link-state", "Phone connected")

    await press(page, "Drain the battery")
    await expect(page, "#now", "Only the purse still works")
    await press(page, "Pay ¥480")
    await expect(page, "#reserve", "9")
    await press(page, "Charge")
    await expect(page, "#link-state", "Phone connected")


async def test_a_refusal_is_told_in_words(visit):
    page = await visit()
    for _ in range(3):
        await press(page, "Pay ¥1,980")
        await page.wait_for_timeout(100)

    await expect(page, "[role=alert]", "Not enough money")


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "Steps today"), ("ja", "今日の歩数"), ("fr", "Pas aujourd’hui")],
)
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
async def test_in_each_language_and_width_nothing_overflows_and_axe_finds_nothing(
    visit, locale, words, size
):
    page = await visit(*size, locale=locale)

    await expect(page, "#day-title", words)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.documentElement.lang") == locale
    found = await axe_api.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
