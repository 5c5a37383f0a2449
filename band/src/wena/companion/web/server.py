# SPDX-License-Identifier: Apache-2.0
"""The web view's server: on this machine only, read only, without a line of script.

Health data: it listens on 127.0.0.1, answers only to that name (so that no web page elsewhere can
reach it by another), and forbids everything but its own style sheet.
"""

import re
import time
from datetime import date, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

from wena.companion.errors import CompanionError
from wena.companion.home import Home
from wena.companion.local_days import date_of
from wena.companion.settings_file import load_kept
from wena.companion.simulated_strap import INFO as SIMULATED
from wena.companion.store import Store
from wena.companion.web.day_page import day_page
from wena.companion.web.days import read_day
from wena.companion.web.languages import words_for
from wena.companion.web.page import Frame, message_page
from wena.companion.web.texts import Words
from wena.companion.web.week_page import week_page

HOST = "127.0.0.1"
ADDRESS = re.compile(r"/(day|week)/(\d{4}-\d{2}-\d{2})")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class ViewServer(ThreadingHTTPServer):
    """Serves the log in `home`. Port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, home: Home, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.home = home

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{HOST}:{self.server_address[1]}/"


def render(home: Home, path: str, words: Words) -> tuple[HTTPStatus, str]:
    """The page at a path: the latest day at `/`, `/day/DATE`, `/week/DATE`.

    Raises CompanionError when a file of the log's folder cannot be read.
    """
    settings = load_kept(home.settings).settings
    start_hour = settings.day_start_hour.hour
    now = int(time.time())
    with Store(home.log) as store:
        first, last = store.bounds() or (now, now)
        frame = Frame(
            words,
            settings.step_goal.steps,
            date_of(first, start_hour),
            date_of(min(last - 1, now), start_hour),
            store.fact("battery"),
            store.fact("firmware"),
            is_simulated=store.fact("serial") == str(SIMULATED.serial),
        )
        wanted = ("day", frame.latest) if path == "/" else _wanted(path)
        if wanted is None:
            return HTTPStatus.NOT_FOUND, message_page(frame, "not_found")
        if store.count() == 0:
            return HTTPStatus.OK, message_page(frame, "nothing_yet")
        view, day = wanted
        if view == "day":
            return HTTPStatus.OK, day_page(frame, read_day(store, day, start_hour))
        week = [read_day(store, day + timedelta(days=n), start_hour) for n in range(7)]
        return HTTPStatus.OK, week_page(frame, week)


def _wanted(path: str) -> tuple[str, date] | None:
    """View and day; years that no strap can have lived are no page."""
    match = ADDRESS.fullmatch(path)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[2])
    except ValueError:
        return None
    return (match[1], day) if 1971 <= day.year <= 2200 else None


class _Handler(BaseHTTPRequestHandler):
    server: ViewServer
    server_version = "wena"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer one request."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in (HOST, "localhost"):
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"This view is for this machine.\n")
        elif self.path == "/style.css":
            style = files("wena.companion.web").joinpath("style.css").read_bytes()
            self._answer(HTTPStatus.OK, "text/css; charset=utf-8", style)
        else:
            self._page(words_for(self.headers.get("Accept-Language", "")))

    def log_message(self, format: str, *args: object) -> None:
        """Requests name days of somebody's life: they are not logged."""

    def _page(self, words: Words) -> None:
        try:
            status, page = render(self.server.home, self.path, words)
        except CompanionError as error:
            sentence = f"{error}\n".encode()
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", sentence)
        else:
            self._answer(status, "text/html; charset=utf-8", page.encode())

    def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
