# SPDX-License-Identifier: Apache-2.0
"""Load the demo's catalogue, once: its people, its projects, and what became of each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from firstflight.demo.actions.deliver import deliver
from firstflight.demo.actions.fund import fund
from firstflight.demo.actions.introduce_people import introduce_people
from firstflight.demo.actions.present import present
from firstflight.demo.texts import Source, projects, read
from firstflight.people import audit
from firstflight.people.models import AuditEntry

_ACT = "catalogue_loaded"


def load_catalogue(progress: Callable[[str], None]) -> None:
    """Have every project of the catalogue; one that was loaded once is left to its visitors.

    A loading that was broken off is taken up where it stood.
    """
    introduce_people()
    sources = [read(name) for name in projects()]
    new = [source for source in sources if not _was_loaded(source)]
    if new:
        progress("Loading the sample catalogue …")
    with _no_mail():
        for source in sorted(new, key=lambda source: int(source.facts.get("opens_in_days", 0))):
            _load(source, progress)


def _load(source: Source, progress: Callable[[str], None]) -> None:
    campaign = present(source)
    stage = source.facts["stage"]
    if stage in {"live", "on_sale"}:
        fund(campaign, source, progress)
    if stage == "on_sale":
        deliver(campaign, progress)
    audit.record(actor=None, act=_ACT, subject=_subject(source), detail={"stage": stage})


def _was_loaded(source: Source) -> bool:
    return AuditEntry.objects.filter(act=_ACT, subject=_subject(source)).exists()


def _subject(source: Source) -> str:
    return f"catalogue:{source.name}"


@contextmanager
def _no_mail() -> Iterator[None]:
    """Invented supporters have no mailbox: what they are told is kept, but not delivered."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before
