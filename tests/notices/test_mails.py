# SPDX-License-Identifier: Apache-2.0
"""Each mail, read as a whole in each language."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import builders
import pytest
from django.conf import settings

from firstflight.fulfilment.models import Shipment
from firstflight.kernel import clock
from firstflight.notices.models import Message
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge
from firstflight.pledges.quotes import Choice

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).resolve().parents[2] / "src/firstflight/notices/templates/mail"
PARTS = {"summary", "foot"}
KINDS = sorted({path.stem for path in FOLDER.glob("*.txt")} - PARTS)
Send = Callable[[str, str], Message]


@pytest.fixture
def mail() -> Send:
    """Writes the mail of a kind in a language, about one pledge for a silver watch."""
    campaign = builders.live_campaign()
    watch = builders.reward(campaign, colours={"silver": None})
    watch.axes[0]["values"][0]["label"] = {"en": "Silver", "ja": "シルバー", "fr": "Argent"}
    with builders.thawed():
        watch.save()
    choice = Choice(watch.pk, options={"colour": "silver"})
    supporter = builders.person(time_zone="Europe/Paris")
    pledge_id = builders.placed(campaign, supporter, choices=(choice,)).pledge_id
    pledge = Pledge.objects.select_related("campaign__project", "person").get(pk=pledge_id)
    soon = clock.now() + timedelta(days=3)

    def write(kind: str, language: str) -> Message:
        Pledge.objects.filter(pk=pledge.pk).update(language=language)
        pledge.refresh_from_db()
        return tell(
            pledge,
            kind,
            once=language,
            last_day=soon,
            lock_at=soon,
            amount=pledge.total.format(language),
            shipment=Shipment(pledge=pledge, carrier="DHL", tracking_number="1234"),
        )

    return write


def _sentences(message: Message) -> set[str]:
    lines = {message.subject, *message.text.splitlines()}
    signature = {"", "--", f"First Flight · {settings.SITE_URL}"}
    return {line for line in lines - signature if not line.startswith("http")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ja", "fr"])
def test_no_line_of_a_mail_stays_english(mail: Send, kind: str, language: str) -> None:
    english, translated = mail(kind, "en"), mail(kind, language)

    assert len(english.text.splitlines()) == len(translated.text.splitlines())
    assert not _sentences(english) & _sentences(translated)
    assert f'<html lang="{language}">' in translated.html


@pytest.mark.parametrize(
    ("language", "zone"),
    [("en", "(Central European"), ("ja", "（中央ヨーロッパ"), ("fr", "d’Europe centrale)")],
)
def test_a_deadline_is_told_in_the_time_of_its_reader(mail: Send, language: str, zone: str) -> None:
    assert zone in mail("payment_failed", language).text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Silver"), ("ja", "シルバー"), ("fr", "Argent")]
)
def test_a_mail_names_the_chosen_options_in_words(mail: Send, language: str, words: str) -> None:
    assert words in mail("pledge_confirmed", language).text
