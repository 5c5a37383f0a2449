# SPDX-License-Identifier: Apache-2.0
"""A crash-safe home for one small image: two copies, each with a number and a checksum.

A save writes one copy, makes it durable, then writes the other. Power may fail at any byte: a
copy half written fails its checksum and the other is whole, so a reader finds the image before
or the image after, never a mixture. At rest both copies are equal; one that decays is mended
from the other, and the image never goes back in time.
"""

import hashlib
import os
from pathlib import Path
from typing import Protocol

from wena.wallet.errors import StoreDamaged

_NUMBER_SIZE = 8
_CHECK_SIZE = 16


class Medium(Protocol):
    """Bytes that outlive power."""

    def read(self) -> bytes:
        """Everything there is."""

    def write(self, offset: int, data: bytes) -> None:
        """Write at the offset; may be torn at any byte."""

    def sync(self) -> None:
        """Return only when what was written will survive. Raises `OSError`."""


class MemoryMedium:
    """A medium in memory, for tests and for cards that need not outlive the process."""

    def __init__(self) -> None:
        self.content = bytearray()

    def read(self) -> bytes:
        """Everything there is."""
        return bytes(self.content)

    def write(self, offset: int, data: bytes) -> None:
        """Write at the offset, growing as needed."""
        end = offset + len(data)
        self.content.extend(bytes(max(0, end - len(self.content))))
        self.content[offset:end] = data

    def sync(self) -> None:
        """Memory has nothing to wait for."""


class FileMedium:
    """A medium in one file, readable by its owner alone: it holds the card key."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def read(self) -> bytes:
        """Everything there is."""
        return os.pread(self._file, os.fstat(self._file).st_size, 0)

    def write(self, offset: int, data: bytes) -> None:
        """Write at the offset."""
        while data:
            written = os.pwrite(self._file, data, offset)
            offset, data = offset + written, data[written:]

    def sync(self) -> None:
        """Wait for the disk."""
        os.fsync(self._file)

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)


class Store:
    """One image of fixed size on a medium."""

    def __init__(self, medium: Medium, size: int) -> None:
        """`size` is the image's length in bytes."""
        self._medium = medium
        self._size = size
        self._copy = _NUMBER_SIZE + size + _CHECK_SIZE
        self._number = 0

    def is_blank(self) -> bool:
        """Whether nothing whole was ever written here, be it that the first save was cut off."""
        return self._newest() is None and len(self._medium.read()) <= self._copy

    def load(self) -> bytes:
        """The image last saved; makes both copies equal. Raises `StoreDamaged`, `OSError`."""
        newest = self._newest()
        if newest is None:
            raise StoreDamaged
        self._number, image = newest
        self._mend(image)
        return image

    def save(self, image: bytes) -> None:
        """Replace the image. Raises `OSError`; then `load` tells which of the two holds."""
        if len(image) != self._size:
            raise ValueError(f"this store keeps {self._size} bytes")
        # A failed save may have left its number on one copy: it is not used again.
        self._number += 1
        packed = self._pack(self._number, image)
        for place in (0, 1):
            self._medium.write(place * self._copy, packed)
            self._medium.sync()

    def _copies(self) -> list[bytes]:
        content = self._medium.read()
        return [content[place * self._copy : (place + 1) * self._copy] for place in (0, 1)]

    def _newest(self) -> tuple[int, bytes] | None:
        whole = [found for copy in self._copies() if (found := self._unpack(copy)) is not None]
        return max(whole, default=None)

    def _mend(self, image: bytes) -> None:
        packed = self._pack(self._number, image)
        for place, copy in enumerate(self._copies()):
            if copy != packed:
                self._medium.write(place * self._copy, packed)
            self._medium.sync()

    def _pack(self, number: int, image: bytes) -> bytes:
        body = number.to_bytes(_NUMBER_SIZE, "big") + image
        return body + hashlib.sha256(body).digest()[:_CHECK_SIZE]

    def _unpack(self, copy: bytes) -> tuple[int, bytes] | None:
        body, check = copy[:-_CHECK_SIZE], copy[-_CHECK_SIZE:]
        if len(copy) != self._copy or hashlib.sha256(body).digest()[:_CHECK_SIZE] != check:
            return None
        return int.from_bytes(body[:_NUMBER_SIZE], "big"), body[_NUMBER_SIZE:]
