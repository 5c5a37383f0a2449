# SPDX-License-Identifier: Apache-2.0
"""The function that tells, without a lock, which wishes cannot be granted."""

from pathlib import Path

from django.db import migrations

FORWARDS = (Path(__file__).parent.parent / "sql" / "sold_out.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """Creates `pledges_sold_out`."""

    dependencies = [("pledges", "0002_place")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION pledges_sold_out(jsonb)")]
