# SPDX-License-Identifier: Apache-2.0
"""Each card's own key, derived from the issuer's master key.

    card key = HKDF-SHA256(master key, info = "wena purse 1" ‖ currency (3) ‖ version (2) ‖ IDm (8))

The first 16 bytes are the key; should its two halves be alike (then triple DES is single DES),
the next 16 are taken, and so on. A key that leaks opens one card. The currency is bound in, so
that a purse of another currency does not authenticate at all.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_SIZE, _HALF, _TRIES = 16, 8, 4
# The lowest bit of each byte is DES's parity: keys that differ in it alone are the same key.
_KEY_BITS = 0xFE


@dataclass(frozen=True, slots=True)
class IssuerKeys:
    """Master keys of one issuer (32 bytes each) by version, 1 to 65535; the highest is in use."""

    currency: str
    masters: dict[int, bytes]

    def __post_init__(self) -> None:
        if not self.masters or any(len(master) != 32 for master in self.masters.values()):
            raise ValueError("an issuer has at least one master key, each of 32 bytes")
        if len(self.currency) != 3 or not self.currency.isascii():
            raise ValueError("a currency is three letters, as in ISO 4217")

    def __repr__(self) -> str:
        return f"IssuerKeys({self.currency}, versions {sorted(self.masters)})"

    @property
    def version(self) -> int:
        """The version with which cards are issued now."""
        return max(self.masters)

    def card_key(self, idm: bytes, version: int) -> bytes:
        """The content of block CK for the card `idm`; `KeyError` for an unknown version."""
        info = b"wena purse 1" + self.currency.encode() + version.to_bytes(2, "big") + idm
        long = HKDF(SHA256(), _KEY_SIZE * _TRIES, salt=None, info=info).derive(
            self.masters[version]
        )
        keys = [long[at : at + _KEY_SIZE] for at in range(0, len(long), _KEY_SIZE)]
        return next(key for key in keys if not _halves_alike(key))


def _halves_alike(key: bytes) -> bool:
    return all(
        a & _KEY_BITS == b & _KEY_BITS for a, b in zip(key[:_HALF], key[_HALF:], strict=True)
    )
