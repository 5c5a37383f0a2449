# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    """Registers `firstflight.fulfilment`."""

    name = "firstflight.fulfilment"
    label = "fulfilment"
