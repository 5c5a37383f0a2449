# SPDX-License-Identifier: Apache-2.0
"""The function that places pledges: one call and one transaction for one pledge or for many.

It repeats nothing of the pricing: prices come with the request, guarded by the offer's version.
"""

from pathlib import Path

from django.db import migrations

FORWARDS = (Path(__file__).parent.parent / "sql" / "place.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Creates `pledges_place`."""

    dependencies = [
        ("pledges", "0001_initial"),
        ("ledger", "0002_books_hold"),
        ("procrastinate", "__latest__"),
    ]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION pledges_place(jsonb, timestamptz)")]
