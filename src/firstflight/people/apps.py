# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers `firstflight.people`."""

    name = "firstflight.people"
    label = "people"
