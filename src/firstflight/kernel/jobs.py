# SPDX-License-Identifier: Apache-2.0
"""Jobs: deferred by name inside the transaction that needs them, so that nothing is lost between.

In production the worker of procrastinate runs them; `run_due` runs them in this process, in virtual
time too, for rehearsals and tests.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from firstflight.kernel import clock


def defer(task_name: str, *, queue: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """One job a row of arguments, inside the caller's transaction.

    By name, because the tasks stand above the actions that defer them.
    """
    if rows:
        app.configure_task(task_name, queue=queue).batch_defer(*(dict(row) for row in rows))


def run_due(most: int = 1_000_000) -> int:
    """Run due jobs one after another until none is left (or `most` were run); answers how many.

    An exception of a job marks it failed and is raised.
    """
    done = 0
    while done < most:
        job = _claim()
        if job is None:
            return done
        job_id, task_name, arguments = job
        try:
            app.tasks[task_name].func(**arguments)
        except BaseException:
            _finish(job_id, "failed")
            raise
        _finish(job_id, "succeeded")
        done += 1
    return done


def _claim() -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = attempts + 1 WHERE id = ("
            " SELECT id FROM procrastinate_jobs WHERE status = 'todo'"
            " AND coalesce(scheduled_at, '-infinity') <= coalesce(%s, clock_timestamp())"
            " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)"
            " RETURNING id, task_name, args",
            [clock.sql_now()],
        )
        row = cursor.fetchone()
    # Django's cursors hand JSON over as text.
    return (row[0], row[1], json.loads(row[2])) if row else None


def _finish(job_id: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job_id])
