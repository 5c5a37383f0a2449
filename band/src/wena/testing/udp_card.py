# SPDX-License-Identifier: Apache-2.0
"""A card behind a UDP socket, and the link that reaches it.

A datagram is the bit rate, a space and the frame in hexadecimal: `212F 0600FFFF0100`; `RFOFF`
says that the field is gone. nfcpy's UDP driver speaks the same, so that its reader can stand on
the other side.
"""

import socket
import threading
from types import TracebackType

from wena.testing.reader import Tappable

_RATES = (b"212F", b"424F")
_FIELD_OFF = b"RFOFF"
_LONGEST = 1024


class UdpCard:
    """Serves one card on a local port, in a thread of its own: `with UdpCard(card, 9060): …`."""

    def __init__(self, card: Tappable, port: int = 0) -> None:
        """Port 0 takes a free one; see `port`."""
        self._card = card
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._stop = threading.Event()

    def __enter__(self) -> "UdpCard":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        # Wakes the thread, which waits for a datagram.
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            datagram, sender = self._socket.recvfrom(_LONGEST)
            answer = self._answer(datagram)
            if answer is not None:
                self._socket.sendto(answer, sender)

    def _answer(self, datagram: bytes) -> bytes | None:
        if datagram.startswith(_FIELD_OFF):
            self._card.lose_field()
            return None
        rate, _, digits = datagram.partition(b" ")
        try:
            frame = bytes.fromhex(digits.decode("ascii"))
        except ValueError:
            return None
        answer = self._card.exchange(frame) if rate in _RATES else None
        return None if answer is None else rate + b" " + answer.hex().encode()


class UdpLink:
    """A card reached over UDP: give it to a `CardReader` or a `Terminal`."""

    def __init__(self, port: int, timeout: float = 1.0) -> None:
        """`timeout` in seconds: no answer by then is silence."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(timeout)
        self._socket.connect(("127.0.0.1", port))

    def exchange(self, command: bytes) -> bytes | None:
        """Send one frame and wait for the answer."""
        try:
            self._socket.send(_RATES[0] + b" " + command.hex().encode())
            answer = self._socket.recv(_LONGEST)
        except OSError:
            return None
        try:
            return bytes.fromhex(answer.partition(b" ")[2].decode("ascii"))
        except ValueError:
            return None

    def lose_field(self) -> None:
        """The reader is gone."""
        self._socket.send(_FIELD_OFF)

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()
