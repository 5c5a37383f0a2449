# SPDX-License-Identifier: Apache-2.0
"""The demo's outbox: every mail that would have left, newest first. Not there in production."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.kernel.errors import NotFound

MOST = 50


@dataclass(frozen=True)
class Mail:
    """One mail as it was written to the folder of the file backend."""

    to: str
    subject: str
    text: str
    at: datetime


def outbox(request: HttpRequest) -> HttpResponse:
    """The newest mails.

    Raises:
        NotFound: outside the demo and development.
    """
    if not (settings.DEMO or settings.DEBUG):
        raise NotFound
    return render(request, "storefront/outbox.html", {"mails": _mails()})


def _mails() -> list[Mail]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    found = [mail for path in files[:MOST] for mail in _read(path)]
    return sorted(found, key=lambda mail: mail.at, reverse=True)[:MOST]


def _read(path: Path) -> list[Mail]:
    """The file backend writes mails one after another, a line of dashes after each."""
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    mails = []
    for part in path.read_bytes().split(b"-" * 79 + b"\n"):
        if not part.strip():
            continue
        message = email.message_from_bytes(part, policy=email.policy.default)
        body = message.get_body(("plain",))
        text = body.get_content() if body else ""
        mails.append(Mail(str(message["To"]), str(message["Subject"]), text, at))
    return mails
