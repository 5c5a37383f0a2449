# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers `firstflight.demo`."""

    name = "firstflight.demo"
    label = "demo"
