# SPDX-License-Identifier: Apache-2.0
"""The kernel as a Django app: it brings template tags and no models."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel's template tags."""

    name = "firstflight.kernel"
    label = "kernel"
