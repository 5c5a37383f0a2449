# SPDX-License-Identifier: Apache-2.0
"""The demo's world and its server, without a browser."""

import asyncio
import http.client
import json
import threading
from importlib.resources import files

import pytest

from wena.demo.actions import perform
from wena.demo.errors import BadRequest, NoSuchApp, NotReachable, PortTaken, TooLong
from wena.demo.server import FILES, DemoServer
from wena.demo.world import World
from wena.wallet.errors import BalanceTooLow, NoCard

CHAT = {"app": "com.apple.MobileSMS", "title": "Aya", "text": "Hi"}


@pytest.fixture
async def world():
    world = World()
    await world.start()
    yield world
    await world.stop()


async def until(condition, seconds=5.0):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_a_notification_lights_the_strap_in_the_colour_of_its_app(world):
    await perform(world, "notify", CHAT)
    await until(lambda: world.snapshot()["shown"])

    shown = world.snapshot()["shown"]
    assert (shown["led"], shown["app"], shown["title"]) == ("green", "Messages", "Aya")
    assert world.snapshot()["vibration"]["kind"] == "triple"
    assert world.snapshot()["journal"][0]["what"] == "alert_shown"


async def test_a_call_rings_until_it_is_declined_on_the_strap(world):
    await perform(world, "call", {"caller": "Ken"})
    await until(lambda: world.snapshot()["shown"])
    assert world.snapshot()["shown"]["call"]

    await perform(world, "press", {"how": "long"})
    await until(lambda: not world.snapshot()["ringing"])

    assert world.snapshot()["shown"] is None


async def test_a_caller_who_hangs_up_ends_the_ringing(world):
    await perform(world, "call", {"caller": "Ken"})
    await until(lambda: world.snapshot()["shown"])

    await perform(world, "call", {"caller": "Ken"})

    await until(lambda: world.snapshot()["shown"] is None)


async def test_a_message_sent_while_the_link_is_cut_comes_when_it_is_back(world):
    await perform(world, "link", {"on": False})
    await until(lambda: not world.snapshot()["linked"])
    await perform(world, "notify", CHAT)
    assert world.snapshot()["shown"] is None

    await perform(world, "link", {"on": True})

    await until(lambda: world.snapshot()["shown"])


async def test_walking_counts_steps(world):
    before = world.snapshot()["steps"]["today"]
    await perform(world, "walk", {"on": True})

    await until(lambda: world.snapshot()["steps"]["today"] > before)


async def test_an_empty_battery_leaves_only_the_purse_and_charging_brings_the_phone_back(world):
    await perform(world, "drain", {"percent": 0})
    await until(lambda: not world.snapshot()["linked"])
    await perform(world, "pay", {"amount": 480})
    assert world.snapshot()["purse"]["balance"] == 2520
    assert not world.snapshot()["battery"]["awake"]

    await perform(world, "charge", {"on": True})

    assert world.snapshot()["battery"]["awake"]
    await until(lambda: world.snapshot()["linked"])


async def test_an_empty_battery_cannot_be_reached_and_pays_ten_times(world):
    await perform(world, "drain", {"percent": 0})
    with pytest.raises(NotReachable):
        await perform(world, "link", {"on": True})
    for _ in range(10):
        await perform(world, "pay", {"amount": 100})

    with pytest.raises(NoCard):
        await perform(world, "pay", {"amount": 100})


async def test_more_than_there_is_cannot_be_paid(world):
    with pytest.raises(BalanceTooLow):
        await perform(world, "pay", {"amount": 4000})
    assert world.snapshot()["purse"]["balance"] == 3000


@pytest.mark.parametrize(
    ("name", "body", "refusal"),
    [
        ("explode", {}, BadRequest),
        ("notify", {"app": "com.evil"}, NoSuchApp),
        ("notify", {"app": 5}, BadRequest),
        ("notify", {**CHAT, "text": "x" * 201}, TooLong),
        ("call", {"caller": "x" * 201}, TooLong),
        ("pay", {"amount": "480"}, BadRequest),
        ("pay", {"amount": True}, BadRequest),
        ("walk", {}, BadRequest),
        ("press", {"how": "hard"}, BadRequest),
    ],
)
async def test_what_the_page_would_never_ask_is_refused(world, name, body, refusal):
    with pytest.raises(refusal):
        await perform(world, name, body)


@pytest.fixture
async def server(world):
    server = DemoServer(world, asyncio.get_running_loop(), 0)
    server.start()
    yield server
    await asyncio.to_thread(server.stop)


def fetch(server, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    names = {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request(method, path, body, names)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@pytest.mark.parametrize("path", FILES)
async def test_every_file_of_the_page_is_served(server, path):
    status, content = await asyncio.to_thread(fetch, server, "GET", path)

    assert status == 200
    assert content


async def test_a_button_of_the_page_reaches_the_world(server, world):
    status, _ = await asyncio.to_thread(
        fetch, server, "POST", "/do/pay", '{"amount": 480}', Content_Type="application/json"
    )

    assert status == 204
    assert world.snapshot()["purse"]["balance"] == 2520


async def test_a_refusal_is_told_with_its_code(server):
    status, content = await asyncio.to_thread(
        fetch, server, "POST", "/do/pay", '{"amount": 9000}', Content_Type="application/json"
    )

    assert (status, json.loads(content)["code"]) == (409, "wallet_balance_too_low")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/json", "Host": "evil.example"},
        {"Content_Type": "application/json", "Origin": "https://evil.example"},
    ],
)
async def test_a_page_from_elsewhere_cannot_press_the_buttons(server, world, headers):
    status, _ = await asyncio.to_thread(
        fetch, server, "POST", "/do/pay", '{"amount": 480}', **headers
    )

    assert status == 403
    assert world.snapshot()["purse"]["balance"] == 3000


@pytest.mark.parametrize("body", ["", "[]", "{", "x" * 5000])
async def test_a_body_that_is_no_object_changes_nothing(server, world, body):
    status, _ = await asyncio.to_thread(
        fetch, server, "POST", "/do/pay", body, Content_Type="application/json"
    )

    assert status == 409
    assert world.snapshot()["purse"]["balance"] == 3000


async def test_files_beside_the_page_are_not_served(server):
    status, _ = await asyncio.to_thread(fetch, server, "GET", "/../server.py")

    assert status == 404


async def test_a_watching_page_gets_the_present_and_then_every_change(server, world):
    values, done = [], threading.Event()

    def listen():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        connection.request("GET", "/stream")
        answer = connection.getresponse()
        while not done.is_set():
            line = answer.readline()
            if line.startswith(b"data: "):
                values.append(json.loads(line[6:]))
        connection.close()

    listening = asyncio.ensure_future(asyncio.to_thread(listen))
    await until(lambda: values)
    await perform(world, "pay", {"amount": 480})
    await until(lambda: values[-1]["purse"]["balance"] == 2520)
    done.set()
    world.changed()
    await listening

    assert values[0]["purse"]["balance"] == 3000


async def test_a_port_in_use_is_said_so(server, world):
    with pytest.raises(PortTaken, match="--port"):
        DemoServer(world, asyncio.get_running_loop(), server.port)


def test_the_three_languages_have_the_same_texts():
    texts = files("wena.demo").joinpath("page", "texts")
    en, ja, fr = (
        json.loads(texts.joinpath(f"{name}.json").read_text()) for name in ("en", "ja", "fr")
    )

    assert en.keys() == ja.keys() == fr.keys()
    for key, text in en.items():
        named = {part.split("}")[0] for part in text.split("{")[1:]}
        for other in (ja[key], fr[key]):
            assert {part.split("}")[0] for part in other.split("{")[1:]} == named, key
