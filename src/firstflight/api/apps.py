# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers `firstflight.api`."""

    name = "firstflight.api"
    label = "api"
