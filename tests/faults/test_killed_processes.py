# SPDX-License-Identifier: Apache-2.0
"""`kill -9` of the web server and the worker, again and again, from first pledge to last charge.

Given real processes and people who ask again when nobody answers (same key), when the processes
die at any moment, then nothing is lost, nobody is charged twice and the books balance.
"""

import random
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import builders
import pytest
from django.db import connections
from processes import Process, post, wait_for

from firstflight.campaigns.models import Campaign, Reward
from firstflight.cli.workplace import free_port_near
from firstflight.kernel import clock
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.payments.models import Charge
from firstflight.people import tokens
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.slow]
PEOPLE, PLACES = 40, 30


@pytest.fixture
def worker(provider: FakeStripe, tmp_path: Path) -> Iterator[Process]:
    process = Process(("worker", "--concurrency=4"), provider, tmp_path)
    yield process
    process.kill()


@pytest.fixture
def web(provider: FakeStripe, tmp_path: Path) -> Iterator[Process]:
    process = Process(("serve", f"--port={free_port_near(8700)}"), provider, tmp_path)
    yield process
    process.kill()


def kill_and_restart(process: Process) -> None:
    """Dead for a moment; then time passes, so that what the dead left behind is seen as such."""
    process.kill()
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
    Charge.objects.filter(state="processing").update(created_at=clock.now() - timedelta(hours=1))
    process.start()


def insist(url: str, secret: str, key: str, reward: Reward, statuses: list[int]) -> None:
    """Pledge as a program does: ask again with the same key until somebody answers."""
    wish = {"items": [{"reward": reward.pk}], "ship_to": "JP", "payment_method": "pm_card_visa"}
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    for _ in range(200):
        status = post(url, wish, headers)
        if status in (201, 409):
            statuses.append(status)
            return
        time.sleep(0.2)


def pledge_through_crashes(
    web: Process, worker: Process, campaign: Campaign, reward: Reward
) -> int:
    """Forty people want thirty places while both processes die; how many were promised one."""
    port = web.words[1].removeprefix("--port=")
    url = f"http://127.0.0.1:{port}/api/v1/campaigns/{campaign.slug}/pledges"
    dice = random.Random(7)
    statuses: list[int] = []
    people = [
        tokens.create(person=builders.person(), label="test", scopes=tokens.SCOPES)[1]
        for _ in range(PEOPLE)
    ]
    threads = [
        threading.Thread(target=insist, args=(url, secret, f"key-{n}", reward, statuses))
        for n, secret in enumerate(people)
    ]
    for thread in threads[: PEOPLE // 2]:
        thread.start()
    wait_for("the first pledge", lambda: Pledge.objects.exists())
    for thread in threads[PEOPLE // 2 :]:
        thread.start()
    for process in (web, worker, web):
        time.sleep(dice.uniform(0.2, 0.8))
        kill_and_restart(process)
    for thread in threads:
        thread.join(timeout=90)
    assert len(statuses) == PEOPLE
    return statuses.count(201)


def test_killing_web_and_worker_loses_nothing_and_charges_nobody_twice(
    web: Process, worker: Process, provider: FakeStripe
) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    reward = builders.reward(campaign, limit=PLACES)
    worker.start()
    web.start()

    promised = pledge_through_crashes(web, worker, campaign, reward)
    wait_for("every card", lambda: Pledge.objects.filter(state="active").count() == PLACES)
    with builders.thawed():
        Campaign.objects.filter(pk=campaign.pk).update(closes_at=clock.database_now())
    wait_for("the first charges", lambda: len(provider.controls.charges()) > 3)
    kill_and_restart(worker)
    wait_for(
        "the end of the campaign",
        lambda: Campaign.objects.get(pk=campaign.pk).funding_state == "successful",
    )

    assert promised == PLACES
    assert Pledge.objects.filter(state="collected").count() == PLACES
    assert len(provider.controls.charges()) == PLACES
    assert check_books().right
