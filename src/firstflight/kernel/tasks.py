# SPDX-License-Identifier: Apache-2.0
"""Upkeep of the queue itself: jobs whose worker was killed are run again."""

from procrastinate.contrib.django import app
from procrastinate.jobs import Status


@app.periodic(cron="* * * * * */20")
@app.task(name="kernel.resume_stalled", queue="upkeep", queueing_lock="resume_stalled")
async def resume_stalled(timestamp: int) -> None:
    """Hand out again what a worker without a heartbeat (30 seconds) left unfinished.

    Every job may run twice: its action looks first whether its work is done. A regular job is
    ended instead, which frees its lock: its next turn is queued already, or will be in seconds.
    This one takes no lock, so that it cannot be stopped by what it has to free.
    """
    for job in await app.job_manager.get_stalled_jobs():
        if job.queueing_lock:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await app.job_manager.retry_job(job)
