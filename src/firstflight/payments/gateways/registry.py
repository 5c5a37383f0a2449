# SPDX-License-Identifier: Apache-2.0
"""The gateways by name. Delete a folder and its line here, and the gateway is gone."""

from functools import cache

from firstflight.payments.gateways.protocol import Gateway
from firstflight.payments.gateways.stripe.gateway import StripeGateway

DEFAULT = "stripe"


@cache
def gateway(name: str) -> Gateway:
    """The gateway of this name, configured from the settings.

    Raises:
        KeyError: no such gateway.
    """
    return {"stripe": StripeGateway.from_settings}[name]()
