# SPDX-License-Identifier: Apache-2.0
"""The books: accounts, entries and postings, written only by `ledger.posting`.

Entries balance per currency and are never changed or removed; triggers in the database hold both
(migration 0002). The ledger knows books by name ("campaign:12") and nothing of what they belong to.
"""

from django.db import models


class Account(models.Model):
    """An account of one book in one currency; `kind` comes from the chart (ledger.chart)."""

    book = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book", "name", "currency"], name="one_account_per_book_name_currency"
            ),
        )


class Entry(models.Model):
    """Something that happened, in the past tense (`pledge_collected`); its key makes it unique."""

    key = models.CharField(max_length=120, unique=True)
    event = models.CharField(max_length=60)
    book = models.CharField(max_length=60)
    at = models.DateTimeField()
    memo = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["book", "at"], name="entries_by_book"),)


class Posting(models.Model):
    """One line of an entry: minor units, debit positive, credit negative."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    minor = models.BigIntegerField()
