# SPDX-License-Identifier: Apache-2.0
"""The demo's page, served to this machine alone: files, one stream of snapshots, and actions.

Only 127.0.0.1 is listened on, and only requests that name it as their host are answered, so that
no page from elsewhere can press the buttons.
"""

import asyncio
import json
import queue
import threading
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as LateError
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from wena.demo.actions import perform
from wena.demo.errors import BadRequest, DemoError, PortTaken
from wena.demo.world import World
from wena.wallet.errors import WalletError

HOST = "127.0.0.1"
LONGEST_BODY = 4096
STILL_THERE_SECONDS = 15.0
PATIENCE_SECONDS = 15.0
FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/style.css": ("style.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/watch.js": ("watch.js", "text/javascript; charset=utf-8"),
    "/texts/en.json": ("texts/en.json", "application/json"),
    "/texts/ja.json": ("texts/ja.json", "application/json"),
    "/texts/fr.json": ("texts/fr.json", "application/json"),
}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


class DemoServer:
    """Serves `world`, which lives in `loop`. Start it from that loop's thread."""

    def __init__(self, world: World, loop: asyncio.AbstractEventLoop, port: int) -> None:
        """Raises PortTaken."""
        self.world = world
        self._loop = loop
        self._watchers: list[queue.SimpleQueue[bytes | None]] = []
        self._lock = threading.Lock()
        try:
            self._http = _Server((HOST, port), _Handler)
        except OSError as error:
            raise PortTaken(f"Port {port} is taken. Choose another with --port.") from error
        self._http.demo = self
        self.port = self._http.server_address[1]
        world.changed = self.publish

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{HOST}:{self.port}/"

    def start(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop serving and let the watching pages go."""
        with self._lock:
            for watcher in self._watchers:
                watcher.put(None)
        self._http.shutdown()
        self._http.server_close()

    def publish(self) -> None:
        """Send what can be seen now to every page that watches."""
        value = self.snapshot()
        with self._lock:
            for watcher in self._watchers:
                watcher.put(value)

    def snapshot(self) -> bytes:
        """What can be seen now, as JSON."""
        return json.dumps(self.world.snapshot(), ensure_ascii=False).encode()

    def watch(self) -> "queue.SimpleQueue[bytes | None]":
        """A queue that gets every snapshot from now on, the present one first."""
        watcher: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        watcher.put(self.do(self._first()))
        with self._lock:
            self._watchers.append(watcher)
        return watcher

    def unwatch(self, watcher: "queue.SimpleQueue[bytes | None]") -> None:
        """The page is gone."""
        with self._lock:
            self._watchers.remove(watcher)

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something in the world's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_SECONDS)

    async def _first(self) -> bytes:
        return self.snapshot()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    demo: DemoServer


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self._is_ours():
            self._send(HTTPStatus.FORBIDDEN, b"")
        elif path == "/stream":
            self._stream()
        elif path in FILES:
            name, kind = FILES[path]
            self._send(HTTPStatus.OK, files("wena.demo").joinpath("page", name).read_bytes(), kind)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"")

    def do_POST(self) -> None:
        demo = self.server.demo
        if not self._is_ours() or self.headers.get_content_type() != "application/json":
            self.close_connection = True
            self._send(HTTPStatus.FORBIDDEN, b"")
            return
        try:
            name = urlsplit(self.path).path.removeprefix("/do/")
            demo.do(perform(demo.world, name, self._body()))
        except (DemoError, WalletError) as refusal:
            answer = {"code": refusal.code, "message": str(refusal)}
            self._send(HTTPStatus.CONFLICT, json.dumps(answer).encode(), "application/json")
        except LateError:
            self._send(HTTPStatus.GATEWAY_TIMEOUT, b'{"code": "demo"}', "application/json")
        else:
            self._send(HTTPStatus.NO_CONTENT, b"")

    def log_message(self, format: str, *args: Any) -> None:
        """The page's own requests are of no interest on the terminal."""

    def _is_ours(self) -> bool:
        port = self.server.demo.port
        ours = {f"{HOST}:{port}", f"localhost:{port}"}
        origin = self.headers.get("Origin")
        named = urlsplit(origin).netloc if origin else None
        return self.headers.get("Host") in ours and (named is None or named in ours)

    def _body(self) -> dict[str, Any]:
        try:
            length = int(self.headers.get("Content-Length", "0"))
            if not 0 <= length <= LONGEST_BODY:
                self.close_connection = True
                raise BadRequest
            body = json.loads(self.rfile.read(length) or b"{}")
        except (ValueError, RecursionError) as error:
            raise BadRequest from error
        if not isinstance(body, dict):
            raise BadRequest
        return body

    def _stream(self) -> None:
        watcher = self.server.demo.watch()
        self.close_connection = True
        try:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            while True:
                try:
                    value = watcher.get(timeout=STILL_THERE_SECONDS)
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                if value is None:
                    return
                self.wfile.write(b"data: " + value + b"\n\n")
        except OSError:
            return
        finally:
            self.server.demo.unwatch(watcher)

    def _send(self, status: HTTPStatus, body: bytes, kind: str = "text/plain") -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
