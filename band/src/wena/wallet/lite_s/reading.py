# SPDX-License-Identifier: Apache-2.0
"""Read Without Encryption: which blocks may be read, and what they hold.

Source: FeliCa Lite-S User's Manual. A code (MAC or MAC_A) covers the blocks between the code
before it and itself; a code that covers nothing reads as zeros.
"""

from wena.wallet.lite_s.blocks import (
    ALL,
    CRC_CHECK,
    FIXED,
    LITE_S_SYSTEM,
    MAC,
    MAC_A,
    MC,
    SECRET,
    STATE,
    SYS_C,
    SYSTEM,
    USER,
    Configuration,
)
from wena.wallet.lite_s.frame import BLOCK_SIZE, READ_SERVICE, WRITE_SERVICE, Access, Element
from wena.wallet.lite_s.mac import Session
from wena.wallet.lite_s.memory import Memory
from wena.wallet.lite_s.status import (
    ACCESS_MODE,
    BLOCK_COUNT,
    BLOCK_NUMBER,
    NOT_AUTHENTICATED,
    SERVICE_CODE,
    SERVICE_COUNT,
    SERVICE_INDEX,
    TWO_KINDS_OF_MAC,
    Status,
    at,
    whole,
)
from wena.wallet.lite_s.status import MAC_WRONG as NO_CHALLENGE

_ZEROS = bytes(BLOCK_SIZE)


def fault_of_shape(access: Access, services: tuple[int, ...]) -> Status | None:
    """What is wrong with the counts, the service or the form of the block list, if anything."""
    if access.service_count != 1:
        return whole(SERVICE_COUNT)
    if not access.elements:
        return whole(BLOCK_COUNT)
    if access.services[0] not in services:
        return at(0, SERVICE_CODE)
    for place, element in enumerate(access.elements):
        if reason := _fault_of_element(element):
            return at(place, reason)
    return None


def _fault_of_element(element: Element) -> int | None:
    if element.service_index:
        return SERVICE_INDEX
    if element.access_mode:
        return ACCESS_MODE
    return None if element.number in ALL else BLOCK_NUMBER


def fault(access: Access, memory: Memory, session: Session | None, known: bool) -> Status | None:
    """Why the card refuses this read, or `None`; `known` says the reader has authenticated."""
    if wrong := fault_of_shape(access, (READ_SERVICE, WRITE_SERVICE)):
        return wrong
    numbers = [element.number for element in access.elements]
    configuration = Configuration.from_bytes(memory.block(MC))
    for place, number in enumerate(numbers):
        if access.services[0] == WRITE_SERVICE and _read_only(number, configuration):
            return at(place, BLOCK_NUMBER)
        if number == MAC_A and session is None:
            return at(place, NO_CHALLENGE)
        if number in USER and configuration.read_needs_auth >> number & 1 and not known:
            return at(place, NOT_AUTHENTICATED)
    if MAC in numbers and MAC_A in numbers:
        return at(numbers.index(MAC_A), TWO_KINDS_OF_MAC)
    return None


def _read_only(number: int, configuration: Configuration) -> bool:
    if number in USER:
        return not configuration.writable >> number & 1
    return number in FIXED or (number in SYSTEM and not configuration.system_open)


def answer(access: Access, memory: Memory, session: Session | None, known: bool) -> bytes:
    """The blocks asked for, 16 bytes each. The read must have passed `fault`."""
    data, covered_from = b"", 0
    numbers = tuple(element.number for element in access.elements)
    for place, number in enumerate(numbers):
        if number not in (MAC, MAC_A):
            data += _content(number, memory, known)
            continue
        covered, block = data[covered_from * BLOCK_SIZE :], _ZEROS
        if covered and session is not None and place == len(numbers) - 1:
            code = (
                session.mac(covered)
                if number == MAC
                else session.mac_of_read(numbers[covered_from:place], covered)
            )
            block = code.ljust(BLOCK_SIZE, b"\0")
        data += block
        covered_from = place + 1
    return data


def _content(number: int, memory: Memory, known: bool) -> bytes:
    if number in SECRET or number == CRC_CHECK:
        # The store refuses an image whose checksum is wrong, so the check has always passed.
        return _ZEROS
    if number == SYS_C:
        return LITE_S_SYSTEM.to_bytes(2, "big").ljust(BLOCK_SIZE, b"\0")
    if number == STATE:
        return bytes((known,)).ljust(BLOCK_SIZE, b"\0")
    return memory.block(number)
