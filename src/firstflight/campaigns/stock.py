# SPDX-License-Identifier: Apache-2.0
"""Places: taken and given back, in the caller's transaction, rows locked in the order of ids."""

from collections.abc import Mapping

from django.db import connection


def take(places: Mapping[int, int]) -> list[int]:
    """Take so many places of each stock, all or none; answers the stocks that had too few."""
    free = lock(places)
    short = [
        stock_id
        for stock_id, wanted in places.items()
        if free[stock_id] is not None and wanted > (free[stock_id] or 0)
    ]
    if not short:
        _add(places, 1)
    return short


def give_back(places: Mapping[int, int]) -> None:
    """Free so many places of each stock."""
    lock(places)
    _add(places, -1)


def lock(places: Mapping[int, int]) -> dict[int, int | None]:
    """Lock the stocks, lowest id first; answers what is free of each (None: no limit)."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT id, "limit" - taken FROM campaigns_stock WHERE id = ANY(%s)'
            " ORDER BY id FOR NO KEY UPDATE",
            [list(places)],
        )
        return dict(cursor.fetchall())


def _add(places: Mapping[int, int], sign: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE campaigns_stock s SET taken = taken + c.places FROM"
            " unnest(%s::bigint[], %s::integer[]) AS c (id, places) WHERE s.id = c.id",
            [list(places), [sign * count for count in places.values()]],
        )
