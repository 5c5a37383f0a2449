# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers `firstflight.notices`."""

    name = "firstflight.notices"
    label = "notices"
