# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers `firstflight.desk`."""

    name = "firstflight.desk"
    label = "desk"
