# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    """Registers `firstflight.storefront`."""

    name = "firstflight.storefront"
    label = "storefront"
