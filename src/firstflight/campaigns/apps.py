# SPDX-License-Identifier: Apache-2.0
"""Django's registration of the app."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Registers `firstflight.campaigns`."""

    name = "firstflight.campaigns"
    label = "campaigns"
