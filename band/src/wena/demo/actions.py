# SPDX-License-Identifier: Apache-2.0
"""What the page can ask for: names and values from JSON to the world. It trusts none of them."""

from collections.abc import Awaitable, Callable
from typing import Any

from wena.demo.errors import BadRequest
from wena.demo.world import World
from wena.strap.strap import Press

Body = dict[str, Any]


async def perform(world: World, name: str, body: Body) -> None:
    """Do what is asked. Raises BadRequest for what is not known, and what the world raises."""
    action = ACTIONS.get(name)
    if action is None:
        raise BadRequest
    await action(world, body)


def _text(body: Body, name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise BadRequest
    return value


def _number(body: Body, name: str) -> int:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadRequest
    return value


def _flag(body: Body) -> bool:
    value = body.get("on")
    if not isinstance(value, bool):
        raise BadRequest
    return value


async def _notify(world: World, body: Body) -> None:
    await world.notify(_text(body, "app"), _text(body, "title"), _text(body, "text"))


async def _call(world: World, body: Body) -> None:
    await world.call(_text(body, "caller"))


async def _read_all(world: World, _body: Body) -> None:
    await world.read_all()


async def _link(world: World, body: Body) -> None:
    await (world.link_up() if _flag(body) else world.link_down())


async def _pay(world: World, body: Body) -> None:
    await world.pay(_number(body, "amount"))


async def _top_up(world: World, body: Body) -> None:
    await world.top_up(_number(body, "amount"))


async def _walk(world: World, body: Body) -> None:
    await world.walk(_flag(body))


async def _press(world: World, body: Body) -> None:
    try:
        press = Press(_text(body, "how"))
    except ValueError as error:
        raise BadRequest from error
    await world.press(press)


async def _charge(world: World, body: Body) -> None:
    await world.charge(_flag(body))


async def _drain(world: World, body: Body) -> None:
    await world.drain(_number(body, "percent"))


ACTIONS: dict[str, Callable[[World, Body], Awaitable[None]]] = {
    "notify": _notify,
    "call": _call,
    "read": _read_all,
    "link": _link,
    "pay": _pay,
    "top-up": _top_up,
    "walk": _walk,
    "press": _press,
    "charge": _charge,
    "drain": _drain,
}
