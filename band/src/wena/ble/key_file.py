# SPDX-License-Identifier: Apache-2.0
"""Bluetooth keys and the strap's own identity in one JSON file that only its owner can read.

An adapter over bumble's key store. Entries are named by the peer's identity address, so pairing
must distribute it (`pairing` sees to that), else a reconnect does not find its keys. The file is
written beside and moved into place, so that a power cut leaves the old or the new one.
"""

import json
import secrets
from pathlib import Path
from typing import Any

from bumble.hci import Address
from bumble.keys import KeyStore, PairingKeys

from wena.ble.errors import BadKeyFile
from wena.whole_file import write_whole


class KeyFile(KeyStore):
    """Keys by identity address. Without a `path` they live in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._data = self._load()

    @property
    def address(self) -> Address:
        """The strap's own static random address, made once and kept."""
        return Address(str(self._data["address"]))

    @property
    def identity_key(self) -> bytes:
        """The strap's own identity resolving key, 16 bytes, made once and kept."""
        return bytes.fromhex(self._data["identity_key"])

    async def update(self, name: str, keys: PairingKeys) -> None:
        """Store the keys of a peer in place of those it had."""
        self._data["peers"][name] = keys.to_dict()
        self._save()

    async def get(self, _name: str) -> PairingKeys | None:
        """The keys of a peer, or None."""
        entry = self._data["peers"].get(_name)
        return None if entry is None else PairingKeys.from_dict(entry)

    async def get_all(self) -> list[tuple[str, PairingKeys]]:
        """All peers with their keys."""
        peers = self._data["peers"].items()
        return [(name, PairingKeys.from_dict(entry)) for name, entry in peers]

    async def delete(self, name: str) -> None:
        """Forget a peer; one that is not known is no fault."""
        if self._data["peers"].pop(name, None) is not None:
            self._save()

    def has(self, name: str) -> bool:
        """Whether this peer is bonded."""
        return name in self._data["peers"]

    @property
    def peers(self) -> list[str]:
        """The addresses of all bonded peers.

        There is no `__len__`: bumble would take an empty store for no store at all.
        """
        return list(self._data["peers"])

    def __bool__(self) -> bool:
        """A store without keys is a store: bumble takes a false one for none and keeps nothing."""
        return True

    def _load(self) -> dict[str, Any]:
        if self._path is None or not self._path.exists():
            data = {
                "address": str(Address.generate_static_address()),
                "identity_key": secrets.token_hex(16),
                "peers": {},
            }
            self._data = data
            self._save()
            return data
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            Address(data["address"])
            if len(bytes.fromhex(data["identity_key"])) != 16:
                raise BadKeyFile
            for entry in data["peers"].values():
                PairingKeys.from_dict(entry)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadKeyFile(
                f"{self._path.name} cannot be read. Move it away and pair again."
            ) from error
        return dict(data)

    def _save(self) -> None:
        if self._path is None:
            return
        write_whole(self._path, json.dumps(self._data, indent=1))
