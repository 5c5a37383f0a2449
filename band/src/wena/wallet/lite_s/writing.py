# SPDX-License-Identifier: Apache-2.0
"""Write Without Encryption: whether a block may be written, and the memory that results.

Everything is checked before anything changes. Source: FeliCa Lite-S User's Manual. Where public
accounts of the real card leave a doubt, this card takes the stricter reading: a raised REG is
refused aloud, a new configuration holds at once, and only a write with MAC marks the reader as
authenticated.
"""

from wena.wallet.lite_s.blocks import (
    CK,
    CKV,
    FIXED,
    ID,
    MAC_A,
    MC,
    RC,
    REG,
    SER_C,
    STATE,
    SYSTEM,
    USER,
    Configuration,
)
from wena.wallet.lite_s.frame import BLOCK_SIZE, WRITE_SERVICE, Access
from wena.wallet.lite_s.mac import Session, equal
from wena.wallet.lite_s.memory import COUNTER_LAST_LOCKED, COUNTER_LAST_OPEN, Memory
from wena.wallet.lite_s.reading import fault_of_shape
from wena.wallet.lite_s.status import (
    BLOCK_NUMBER,
    MAC_WRONG,
    NOT_AUTHENTICATED,
    WRITE_REFUSED,
    Status,
    at,
)


def fault(access: Access, memory: Memory, session: Session | None, known: bool) -> Status | None:
    """Why the card refuses this write, or `None`; `known` says the reader has authenticated."""
    if wrong := fault_of_shape(access, (WRITE_SERVICE,)):
        return wrong
    number, signed = access.elements[0].number, len(access.elements) == 2
    if signed and access.elements[1].number != MAC_A:
        return at(1, BLOCK_NUMBER)
    configuration = Configuration.from_bytes(memory.block(MC))
    if not _writable(number, configuration, signed):
        return at(0, BLOCK_NUMBER)
    if number in USER and configuration.write_needs_auth >> number & 1 and not known:
        return at(0, NOT_AUTHENTICATED)
    if signed and not _signature_holds(access, memory, session):
        return at(1, MAC_WRONG)
    if not _value_allowed(number, access.data[:BLOCK_SIZE], memory):
        return at(0, WRITE_REFUSED)
    return None


def _writable(number: int, configuration: Configuration, signed: bool) -> bool:
    if number in FIXED or number == MAC_A or (number == RC and signed):
        return False
    if number in USER:
        needs_mac = bool(configuration.write_needs_mac >> number & 1)
        return bool(configuration.writable >> number & 1) and (signed or not needs_mac)
    if number in (CK, CKV):
        by_mac = configuration.key_change_needs_mac
        return signed if by_mac else configuration.system_open
    if number in SYSTEM:
        return configuration.system_open
    if number == MC:
        return configuration.system_open or configuration.masks_open
    if number == STATE:
        return signed or not configuration.state_needs_mac
    return True


def _signature_holds(access: Access, memory: Memory, session: Session | None) -> bool:
    data, code = access.data[:BLOCK_SIZE], access.data[BLOCK_SIZE:]
    counter = int.from_bytes(code[8:11], "little")
    if session is None or counter != memory.counter or counter >= _last_counter(memory):
        return False
    return equal(code[:8], session.mac_of_write(counter, access.elements[0].number, data))


def _value_allowed(number: int, data: bytes, memory: Memory) -> bool:
    if number == REG:
        old = memory.block(REG)
        return all(
            int.from_bytes(data[part], "little") <= int.from_bytes(old[part], "little")
            for part in (slice(0, 4), slice(4, 8))
        )
    if number == MC:
        return data[2] in (0x00, 0xFF)
    return True


def _last_counter(memory: Memory) -> int:
    is_open = Configuration.from_bytes(memory.block(MC)).system_open
    return COUNTER_LAST_OPEN if is_open else COUNTER_LAST_LOCKED


def changed(number: int, data: bytes, memory: Memory) -> Memory:
    """The memory after writing `data` (16 bytes); the write must have passed `fault`.

    Every write but that of a challenge (RC) counts. Locking the system blocks sets the counter
    to zero, once.
    """
    counted = memory.with_counter(min(memory.counter + 1, _last_counter(memory)))
    if number == STATE:
        return counted
    if number == MC:
        return _configured(data, memory, counted)
    if number == ID:
        data = memory.idm + data[8:]
    elif number in (SER_C, CKV):
        data = data[:2].ljust(BLOCK_SIZE, b"\0")
    return counted.with_block(number, data)


def _configured(data: bytes, memory: Memory, counted: Memory) -> Memory:
    old = memory.block(MC)
    was = Configuration.from_bytes(old)
    new = bytearray(old)
    if was.masks_open:
        for place in (0, 1):
            new[place] = old[place] & data[place]
        for place in range(6, 13):
            new[place] = old[place] | data[place]
    if was.system_open:
        new[2:6] = data[2:6]
    if was.system_open and new[2] == 0x00:
        counted = counted.with_counter(0)
    return counted.with_block(MC, bytes(new))
