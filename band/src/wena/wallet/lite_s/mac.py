# SPDX-License-Identifier: Apache-2.0
"""Session keys and message authentication codes of the card, for both sides of the link.

Two-key triple DES in CBC mode. The card is little-endian: each group of eight bytes is turned
round before it is enciphered, and the result is turned round again. Source: FeliCa Lite-S User's
Manual, chapter on security. Triple DES is weak by today's measure; the card knows nothing else.
"""

import hmac

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes

from wena.wallet.lite_s.blocks import MAC_A
from wena.wallet.lite_s.frame import BLOCK_SIZE

_HALF = 8


def _turned(data: bytes) -> bytes:
    return b"".join(data[at : at + _HALF][::-1] for at in range(0, len(data), _HALF))


class Session:
    """The keys that one random challenge gives; good until the next challenge."""

    __slots__ = ("_first", "_read_key", "_write_key")

    def __init__(self, card_key: bytes, challenge: bytes) -> None:
        """Both are 16 bytes, as they stand in the blocks CK and RC."""
        key, random = _turned(card_key), _turned(challenge)
        self._first = random[:_HALF]
        cipher = Cipher(TripleDES(key + key[:_HALF]), modes.CBC(bytes(_HALF)))
        session = cipher.encryptor().update(random)
        one, two = session[:_HALF], session[_HALF:]
        self._read_key = TripleDES(one + two + one)
        self._write_key = TripleDES(two + one + two)

    def _mac(self, key: TripleDES, data: bytes) -> bytes:
        chained = Cipher(key, modes.CBC(self._first)).encryptor().update(_turned(data))
        return chained[-_HALF:][::-1]

    def mac(self, data: bytes) -> bytes:
        """The older code (block MAC) over the blocks read: 8 bytes."""
        return self._mac(self._read_key, data)

    def mac_of_read(self, numbers: tuple[int, ...], data: bytes) -> bytes:
        """MAC_A over the blocks read: it covers their numbers, its own included, and the data."""
        named = b"".join(number.to_bytes(2, "little") for number in (*numbers, MAC_A))
        return self._mac(self._read_key, named.ljust(_HALF, b"\xff") + data)

    def mac_of_write(self, counter: int, number: int, data: bytes) -> bytes:
        """MAC_A for writing `data` to block `number` while the write counter is `counter`."""
        head = counter.to_bytes(4, "little") + bytes((number, 0, MAC_A, 0))
        return self._mac(self._write_key, head + data)

    def signed(self, counter: int, number: int, data: bytes) -> bytes:
        """`data` followed by the MAC_A block that a write with MAC carries: 32 bytes."""
        code = self.mac_of_write(counter, number, data)
        return data + (code + counter.to_bytes(3, "little")).ljust(BLOCK_SIZE, b"\0")


def equal(one: bytes, other: bytes) -> bool:
    """Compare two codes in constant time."""
    return hmac.compare_digest(one, other)
