# SPDX-License-Identifier: Apache-2.0
"""`wena companion pair`: make this computer the strap's phone.

Two things that the protocol leaves open are asked of the owner here, once: whether the strap was
set up before, as its settings cannot be read; and, for a new one, whether it took what was sent, as
a strap of the first generation wanted its mode written first.
"""

import argparse
from dataclasses import replace

from bumble.hci import Address

from wena.companion.bumble_link import BumbleLink, connect, keep_address, powered, scan
from wena.companion.describe import told_words
from wena.companion.errors import StrapNotFound
from wena.companion.home import Home
from wena.companion.owner_agent import Ask, OwnerAgent, at_terminal
from wena.companion.settings_file import load_kept, save_kept
from wena.companion.verbs.options import add_common, home_of, where_of
from wena.companion.visit import Visit, visit_over
from wena.wena3.errors import StrapRefused
from wena.wena3.gatt import Characteristic

HELP = "make this computer the strap's phone, once"
NORMAL_MODE = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which strap, if several are near."""
    parser.add_argument("address", nargs="?", help="as `scan` shows it; default: the nearest")
    add_common(parser)


async def run(arguments: argparse.Namespace) -> int:
    """Raises StrapNotFound, NoRadio, StrapRefused."""
    home = home_of(arguments)
    if where_of(arguments).is_simulated:
        print("A strap made of software needs no pairing. Try: wena companion sync --simulate")
        return 0
    async with powered(arguments.transport, home, OwnerAgent()) as device:
        address = arguments.address
        if address is None:
            print("Looking for a strap …")
            heard = await scan(device, 8.0)
            if not heard:
                raise StrapNotFound
            address = heard[0][0]
        print(f"Pairing with {address}. Look at the strap: it may ask something.")
        link = await connect(device, Address(address), is_new=True)
        try:
            await become_phone(home, link, address, at_terminal)
        finally:
            await link.close()
    print("Paired. Now: wena companion sync")
    return 0


async def become_phone(home: Home, link: BumbleLink, address: str, ask: Ask) -> None:
    """Ask what only the owner knows, and send time and settings accordingly."""
    keep_address(home, address)
    question = (
        "Was this strap set up before, with the maker's app?\n"
        "  y  keep its settings; only what you set here is sent\n"
        "  n  it is new or was initialised: send all settings\n[y/n] "
    )
    was_set_up = await _yes(ask, question)
    save_kept(home.settings, replace(load_kept(home.settings), send_all=not was_set_up))
    async with visit_over(home, link) as here:
        print(told_words(await here.role.read_info()))
        await here.greet()
        if not was_set_up and not await _yes(ask, "Does the strap show the right time? [y/n] "):
            await _try_mode(here, link, ask)


async def _try_mode(here: Visit, link: BumbleLink, ask: Ask) -> None:
    """Write the mode that the first generation wanted, if the owner agrees to try."""
    question = (
        "Straps of the first generation wanted their mode set to “normal” first (one byte, 03, to\n"
        "characteristic 1503). Nobody has tried this on a wena 3. Try it? [y/n] "
    )
    if not await _yes(ask, question):
        return
    try:
        await link.write(Characteristic.MODE, bytes([NORMAL_MODE]))
        await here.greet()
    except StrapRefused as error:
        print(f"{error} Nothing has changed on the strap.")
        return
    print("Done. Look at the time on the strap again; if it is right, please tell us.")


async def _yes(ask: Ask, question: str) -> bool:
    while True:
        answer = (await ask(question)).strip().lower()
        if answer in ("y", "yes", "n", "no"):
            return answer.startswith("y")
