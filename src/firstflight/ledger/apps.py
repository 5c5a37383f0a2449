# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers `firstflight.ledger`."""

    name = "firstflight.ledger"
    label = "ledger"
