# SPDX-License-Identifier: Apache-2.0
"""Why something about parcels is refused."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from firstflight.kernel.errors import Refusal


class AddressLocked(Refusal):
    """The announced lock has passed: the parcel is being prepared."""

    code = "address_locked"
    message = _(
        "Addresses for this campaign are closed because parcels are being prepared. "
        "Please contact us if you have moved."
    )


class NotAsked(Refusal):
    """No address has been asked for yet."""

    code = "address_not_asked"
    message = _("We will ask you for your address by e-mail when production is ready.")


class LockInThePast(Refusal):
    """Supporters get at least a day to answer."""

    code = "lock_in_the_past"
    status = 422
    message = _("Please choose a lock date that leaves supporters at least one day.")


class TableInvalid(Refusal):
    """A tracking table with broken rows: nothing of it was taken over."""

    code = "table_invalid"
    status = 422
    message = _("Nothing was imported. Please correct these rows and import the file again.")

    def __init__(self, rows: dict[int, str]) -> None:
        self.rows: dict[int, Any] = dict(rows)
        super().__init__(rows=self.rows)
