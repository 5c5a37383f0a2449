# SPDX-License-Identifier: Apache-2.0
"""Speaks HTTP/1.1 with keep-alive for the fake: one thread per connection.

Owns bytes on the wire. What is answered is decided by the function given to `Server`.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from firstflight.payments.fake_stripe.messages import Request, Response

Answer = Callable[[Request], Response]

LONGEST_BODY = 1_000_000


class Server(ThreadingHTTPServer):
    """Listens at once when made; `serve_forever` answers."""

    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, host: str, port: int, answer: Answer) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
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

    def hang_up(self) -> None:
        """Close the connections that clients keep alive."""
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
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_BODY:
            self.close_connection = True
            self._send(Response(413))
            return
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length) if length else b""
        response = self.server.answer(Request(self.command, path, query, headers, body))
        if response.cut:
            self.close_connection = True
            return
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

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing: addresses carry client secrets."""
