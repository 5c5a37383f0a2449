# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """Registers `firstflight.pledges`."""

    name = "firstflight.pledges"
    label = "pledges"
