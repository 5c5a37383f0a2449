# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Registers `firstflight.payments`."""

    name = "firstflight.payments"
    label = "payments"
