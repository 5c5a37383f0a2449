# SPDX-License-Identifier: Apache-2.0
"""Be a strap: on a Bluetooth dongle, or on a simulated radio with a simulated iPhone."""

import argparse
import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bumble.host import Host
from bumble.link import LocalLink

from wena.ble.errors import BleError
from wena.ble.key_file import KeyFile
from wena.ble.pairing import just_works
from wena.ble.radio import real_radio, simulated_radio
from wena.notify.errors import BadRule, NotifyError
from wena.notify.rules import Rules
from wena.strap.errors import StrapError
from wena.strap.events import (
    CallHandled,
    Dark,
    Judged,
    LinkChanged,
    Lit,
    OwnerChanged,
    PairingOpened,
    PowerChanged,
    PurseChanged,
    QuietChanged,
    Stepped,
    StrapEvent,
    Vibrating,
)
from wena.strap.radio import StrapRadio
from wena.strap.strap import Press, Strap
from wena.testing.iphone import SimulatedIphone
from wena.testing.notification_center import PhoneNotification
from wena.wallet.errors import WalletError

SIMULATED = "link"
HELP = "Type s, d or l and Enter: press the button shortly, twice, long. Ctrl-C ends."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wena strap`."""
    parser.add_argument(
        "--transport",
        default=SIMULATED,
        help="a transport of bumble, such as usb:0, or “link” (default): simulated",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        help="where keys, purse, steps and memory are kept (default: nowhere)",
    )
    parser.add_argument("--rules", type=Path, help="a JSON file: app → LED and vibration")
    parser.add_argument(
        "--no-compare", action="store_true", help="pair without comparing numbers (Just Works)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Be a strap until Ctrl-C."""
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(arguments))
    except (BleError, NotifyError, StrapError, WalletError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def read_rules(path: Path | None) -> Rules:
    """The wearer's rules. Raises BadRule with what is wrong in the file."""
    if path is None:
        return Rules()
    try:
        return Rules.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise BadRule(f"{path} cannot be read as JSON ({error}).") from error


async def _serve(arguments: argparse.Namespace) -> None:
    folder: Path | None = arguments.folder
    strap = Strap(folder, rules=read_rules(arguments.rules))
    strap.events.subscribe(lambda event: print(describe(event), flush=True))
    keys = KeyFile(folder / "keys.json" if folder else None)
    async with _radio(arguments.transport) as (host, phone):
        compare = just_works if phone else (None if arguments.no_compare else _compare)
        radio = StrapRadio(strap, host, keys, compare)
        await radio.start()
        print(f"Advertising as {radio.device.name}, address {keys.address}. {HELP}", flush=True)
        if phone is None:
            asyncio.get_running_loop().add_reader(sys.stdin, _button, strap)
        else:
            await _greet(phone)
        try:
            await radio.run()
        finally:
            await radio.stop()


@asynccontextmanager
async def _radio(transport: str) -> AsyncIterator[tuple[Host, SimulatedIphone | None]]:
    if transport == SIMULATED:
        link = LocalLink()  # type: ignore[no-untyped-call] # bumble leaves it untyped
        yield simulated_radio("strap", link), SimulatedIphone(simulated_radio("iPhone", link))
        return
    async with real_radio(transport) as host:
        yield host, None


async def _greet(phone: SimulatedIphone) -> None:
    await phone.start()
    await phone.meet()
    phone.center.post(PhoneNotification("com.apple.MobileSMS", "Aya", "Hello, strap"))


async def _compare(number: int) -> bool:
    print(f"\nPairing. Does the phone show {number:06d}? [y/N] ", end="", flush=True)
    loop = asyncio.get_running_loop()
    loop.remove_reader(sys.stdin)
    answer = await asyncio.to_thread(sys.stdin.readline)
    return answer.strip().lower() in {"y", "yes"}


def _button(strap: Strap) -> None:
    presses = {"s": Press.SHORT, "d": Press.DOUBLE, "l": Press.LONG}
    line = sys.stdin.readline()
    if not line:
        asyncio.get_running_loop().remove_reader(sys.stdin)
    elif (press := presses.get(line.strip().lower())) is not None:
        strap.press(press)
    else:
        print(HELP)


def describe(event: StrapEvent) -> str:
    """One line for a person who watches the terminal."""
    match event:
        case Lit(led, alert):
            return f"LED {led.name.lower()}: {alert.title or alert.app}  {alert.message}".rstrip()
        case Vibrating(vibration):
            count = "until it ends" if vibration.is_endless else f"{vibration.count}×"
            return f"vibrates {vibration.kind.name.lower()} {count}"
        case Dark():
            return "dark"
        case Judged(alert, verdict):
            return f"alert {verdict.value}: {alert.title or alert.app}"
        case LinkChanged(connected, address):
            return f"phone {address} connected, encrypted" if connected else "phone gone"
        case PowerChanged(percent, charging, awake):
            state = ", charging" if charging else "" if awake else ", asleep: only the purse works"
            return f"battery {percent} %{state}"
        case Stepped(today, goal):
            return f"{today} steps of {goal}"
        case PurseChanged(balance):
            return f"purse: balance {balance}"
        case OwnerChanged(address):
            return f"new owner {address}: what the last one left is erased"
        case QuietChanged(quiet):
            return "silent mode on" if quiet else "silent mode off"
        case PairingOpened(seconds):
            return f"a new phone may pair for {seconds:.0f} seconds"
        case CallHandled(alert, accepted):
            return f"call {'accepted' if accepted else 'declined'}: {alert.title}"
