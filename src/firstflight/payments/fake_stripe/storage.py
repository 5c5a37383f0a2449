# SPDX-License-Identifier: Apache-2.0
"""Where the fake keeps its objects: one SQLite file, written in one transaction per request.

Owns the tables and the lock that lets one request work at a time. Does not know what an object
means: a document is Stripe's JSON plus a private part under `_fake` that is never sent.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Doc = dict[str, Any]

# Fields a list may be filtered by; each is a column of its own so that a filter needs no scan.
LINKS = ("customer", "payment_intent", "charge", "payment_method", "source", "type", "email")

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    customer TEXT, payment_intent TEXT, charge TEXT, payment_method TEXT, source TEXT,
    type TEXT, email TEXT,
    doc TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_customer ON objects (customer, kind, seq)
    WHERE customer IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_intent ON objects (payment_intent, kind, seq)
    WHERE payment_intent IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_charge ON objects (charge, kind, seq) WHERE charge IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_source ON objects (source, kind, seq) WHERE source IS NOT NULL;
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    saved INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL,
    place REAL NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL,
    answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_pending ON deliveries (place) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Store:
    """The documents of one fake Stripe.

    `path` is a file or ":memory:"; `synchronous` is SQLite's "off", "normal" or "full".
    """

    def __init__(self, path: str, synchronous: str = "normal") -> None:
        if synchronous not in {"off", "normal", "full"}:
            raise ValueError(f"synchronous is off, normal or full, not {synchronous!r}")
        self.lock = threading.RLock()
        self.db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute(f"PRAGMA synchronous = {synchronous}")
        self.db.execute("PRAGMA cache_size = -32000")
        self.db.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file; what was committed is in it."""
        with self.lock:
            self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is written together or not at all, with no one else in between."""
        with self.lock:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    @contextmanager
    def part(self) -> Iterator[None]:
        """Inside a transaction: undo just this part when it raises, and let the error pass."""
        self.db.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO part")
            self.db.execute("RELEASE part")
            raise
        self.db.execute("RELEASE part")

    def insert(self, doc: Doc) -> Doc:
        """Add a new document with `id`, `object` and `created`."""
        columns = ("id", "kind", "created", *LINKS, "doc")
        marks = ", ".join("?" * len(columns))
        self.db.execute(
            f"INSERT INTO objects ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - names from LINKS
            (doc["id"], doc["object"], doc["created"], *_links(doc), _dump(doc)),
        )
        return doc

    def save(self, doc: Doc) -> Doc:
        """Replace a document that was inserted before."""
        columns = ", ".join(f"{name} = ?" for name in LINKS)
        self.db.execute(
            f"UPDATE objects SET {columns}, doc = ? WHERE id = ?",  # noqa: S608 - names from LINKS
            (*_links(doc), _dump(doc), doc["id"]),
        )
        return doc

    def get(self, object_id: str, kind: str | None = None) -> Doc | None:
        """The document with this id, or None (also when it is of another kind)."""
        with self.lock:
            row = self.db.execute(
                "SELECT kind, doc FROM objects WHERE id = ?", (object_id,)
            ).fetchone()
        if row is None or (kind is not None and row[0] != kind):
            return None
        return _load(row[1])

    def select(
        self,
        kind: str,
        links: Mapping[str, str | None],
        *,
        created: Mapping[str, int] | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
        types: list[str] | None = None,
    ) -> list[Doc]:
        """Documents of one kind, newest first (`before` an id: oldest first), filtered.

        `created` maps SQL comparisons ("<", ">=") to seconds; `after` and `before` are ids.
        """
        where: list[str] = ["kind = ?"]
        arguments: list[Any] = [kind]
        for name, value in links.items():
            if value is not None:
                where.append(f"{name} = ?")
                arguments.append(value)
        for comparison, seconds in (created or {}).items():
            where.append(f"created {comparison} ?")
            arguments.append(seconds)
        if types:
            where.append(f"type IN ({', '.join('?' * len(types))})")
            arguments.extend(types)
        for mark, cursor in (("<", after), (">", before)):
            if cursor is not None:
                where.append(f"seq {mark} (SELECT seq FROM objects WHERE id = ?)")  # noqa: S608
                arguments.append(cursor)
        arguments.append(-1 if limit is None else limit)
        order = "ASC" if before else "DESC"
        with self.lock:
            rows = self.db.execute(
                f"SELECT doc FROM objects WHERE {' AND '.join(where)} "  # noqa: S608
                f"ORDER BY seq {order} LIMIT ?",
                arguments,
            ).fetchall()
        return [_load(row[0]) for row in rows]

    def setting(self, name: str) -> str | None:
        """A value kept beside the documents, or None."""
        with self.lock:
            row = self.db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value beside the documents."""
        with self.lock:
            self.db.execute(
                "INSERT INTO settings VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )


def public(doc: Any) -> Any:
    """The document as the API shows it: without `_fake`, at any depth."""
    if isinstance(doc, dict):
        return {key: public(value) for key, value in doc.items() if key != "_fake"}
    if isinstance(doc, list):
        return [public(value) for value in doc]
    return doc


def _links(doc: Doc) -> list[str | None]:
    values = (doc.get(name) for name in LINKS)
    return [value if isinstance(value, str) else None for value in values]


def _dump(doc: Doc) -> str:
    return json.dumps(doc, ensure_ascii=False, separators=(",", ":"))


def _load(text: str) -> Doc:
    doc: Doc = json.loads(text)
    return doc
