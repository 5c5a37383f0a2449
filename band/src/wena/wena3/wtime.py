# SPDX-License-Identifier: Apache-2.0
"""The strap's time: whole seconds since 2020-01-01T00:00:00Z, four bytes, UTC.

Written modulo 2^32, so that any moment has some bytes. Read as a signed number, as the program does
from which the protocol was read: 1951-12-13 to 2088-01-19.
"""

EPOCH_UNIX_S = 1_577_836_800


def seconds_of(unix_ms: int) -> int:
    """Seconds since 2020 for Unix milliseconds, cut towards zero (not down) before 2020."""
    since = unix_ms - EPOCH_UNIX_S * 1000
    return since // 1000 if since >= 0 else -(-since // 1000)


def pack_time(unix_ms: int) -> bytes:
    """Four bytes for Unix milliseconds."""
    return (seconds_of(unix_ms) & 0xFFFF_FFFF).to_bytes(4, "little")


def read_time(value: bytes, offset: int = 0) -> int:
    """Unix seconds from four bytes at `offset`."""
    return EPOCH_UNIX_S + int.from_bytes(value[offset : offset + 4], "little", signed=True)


def pack_known_time(unix_s: int | None) -> bytes:
    """Four bytes for Unix seconds, or 0 where nothing is known."""
    return bytes(4) if unix_s is None else pack_time(unix_s * 1000)
