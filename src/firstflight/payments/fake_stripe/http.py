# SPDX-License-Identifier: Apache-2.0
"""Speaks HTTP/1.1 with keep-alive for the fake: one thread per connection.

Owns bytes on the wire. What is answered is decided by the function given to `Server`.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from firstflight.payments.fake_stripe.messages import Request, Response

Answer = Callable[[Request], Response]

LONGEST_BODY = 1_000_000
FAREWELL_SECONDS = 5.0


class Server(ThreadingHTTPServer):
    """Listens at once when made; `serve_forever` answers."""

    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, host: str, port: int, answer: Answer) -> None:
        self.answer = answer
        self.closing = False
        self._open: set[socket.socket] = set()
        self._busy = 0
        self._idle = threading.Condition()
        super().__init__((host, port), Handler)

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """As the parent's, and remember the connection so that `hang_up` finds it."""
        if isinstance(request, socket.socket):
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        """As the parent's, and forget the connection."""
        if isinstance(request, socket.socket):
            self._open.discard(request)
        super().shutdown_request(request)  # type: ignore[arg-type]

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Around each request, so that `hang_up` lets it finish."""
        with self._idle:
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def hang_up(self) -> None:
        """Let the requests under way finish, then close the connections that are kept alive."""
        self.closing = True
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, FAREWELL_SECONDS)
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are no news; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def do(self) -> None:
        """Read one request, answer it."""
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            self.close_connection = True
            self._send(Response(413 if length.isdecimal() else 400))
            return
        with self.server.under_way():
            self._answer(int(length))

    def _answer(self, length: int) -> None:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length) if length else b""
        response = self.server.answer(Request(self.command, path, query, headers, body))
        if response.cut:
            self.close_connection = True
            return
        self.close_connection = self.close_connection or self.server.closing
        self._send(response)

    do_GET = do_POST = do_DELETE = do_OPTIONS = do  # noqa: N815 - names of http.server

    def _send(self, response: Response) -> None:
        head = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
        head += [f"{name}: {value}" for name, value in response.headers.items()]
        if response.status != HTTPStatus.NO_CONTENT:
            head.append(f"Content-Type: {response.content_type}")
        head.append(f"Content-Length: {len(response.body)}")
        head.append("Connection: close" if self.close_connection else "Connection: keep-alive")
        self.wfile.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + response.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: addresses carry client secrets."""
