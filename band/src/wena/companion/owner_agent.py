# SPDX-License-Identifier: Apache-2.0
"""Pairing questions, asked of the owner at the terminal.

How a real wena 3 pairs is not recorded. The first generation wanted a fixed code: the last six
digits of its serial number. So every way is offered, and the strap chooses.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bumble.pairing import PairingDelegate

Ask = Callable[[str], Awaitable[str]]
CODE_DIGITS = 6


async def at_terminal(question: str) -> str:
    """Ask and wait for a line."""
    return await asyncio.to_thread(input, question)


class OwnerAgent(PairingDelegate):
    """Answers for this computer. `ask` puts a question to the owner."""

    def __init__(self, ask: Ask = at_terminal) -> None:
        super().__init__(PairingDelegate.DISPLAY_OUTPUT_AND_KEYBOARD_INPUT)
        self._ask = ask

    async def accept(self) -> bool:
        return True

    async def confirm(self, auto: bool = False) -> bool:
        return True

    async def compare_numbers(self, number: int, digits: int) -> bool:
        answer = await self._ask(f"Does the strap show {number:0{digits}}? [y/n] ")
        return answer.strip().lower() in ("y", "yes")

    async def get_number(self) -> int | None:
        answer = await self._ask(
            "The strap wants a code. If it shows none, try the last six digits of its serial "
            "number (engraved on it): "
        )
        digits = answer.strip()
        return int(digits) if digits.isdecimal() and len(digits) <= CODE_DIGITS else None

    async def display_number(self, number: int, digits: int) -> None:
        print(f"Enter this code on the strap: {number:0{digits}}", flush=True)
