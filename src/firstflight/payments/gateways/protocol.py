# SPDX-License-Identifier: Apache-2.0
"""What the platform asks of a payment provider; a gateway is one folder beside this file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from firstflight.kernel.money import Money


@dataclass(frozen=True)
class Card:
    """What may be shown of a card, and the provider's reference to it."""

    method_id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int


@dataclass(frozen=True)
class SetupResult:
    """The state of a card set-up; `state` is one of `CardSetup.State`.

    `action_url` is where the holder authenticates, if the provider asks for it.
    """

    provider_id: str
    client_secret: str
    state: str
    card: Card | None = None
    action_url: str = ""
    error_code: str = ""


@dataclass(frozen=True)
class ChargeResult:
    """The state of a charge; `state` is one of `Charge.State`, the fee known on success."""

    provider_id: str
    state: str
    fee: Money | None = None
    decline_code: str = ""
    client_secret: str = ""


@dataclass(frozen=True)
class RefundResult:
    """The state of a refund; `state` is one of `Refund.State`."""

    provider_id: str
    state: str
    error_code: str = ""


@dataclass(frozen=True)
class Event:
    """A webhook: which kind of thing changed, and which one."""

    provider_id: str
    kind: str
    object_id: str


@dataclass(frozen=True)
class BalanceLine:
    """A movement on our balance at the provider: amount and fee in minor units, signed.

    `kind` is "charge", "refund" or what else the provider calls it; `source_id` names the payment.
    """

    provider_id: str
    kind: str
    source_id: str
    amount: Money
    fee: Money
    at: datetime


class Gateway(Protocol):
    """A payment provider. Every call that changes something carries an idempotency key.

    Raises:
        ProviderUnavailable: no answer, or one that says nothing about the outcome; ask again with
            the same key.
    """

    name: str

    def create_customer(self, *, reference: str, email: str, key: str) -> str:
        """The provider's id of a new customer."""
        ...

    def create_setup(
        self, *, customer_id: str, subject: str, key: str, method_id: str = "", return_url: str = ""
    ) -> SetupResult:
        """Begin to make a card ready for later; with `method_id` it is confirmed at once."""
        ...

    def fetch_setup(self, provider_id: str) -> SetupResult:
        """The set-up as it stands now."""
        ...

    def charge(
        self,
        *,
        customer_id: str,
        method_id: str,
        amount: Money,
        subject: str,
        key: str,
        intent_id: str = "",
    ) -> ChargeResult:
        """Charge a ready card while its holder is away.

        `intent_id` is what an earlier attempt for the same subject was called: the provider then
        tries the same payment again, which can succeed only once.
        """
        ...

    def fetch_charge(self, provider_id: str) -> ChargeResult:
        """The charge as it stands now."""
        ...

    def refund(self, *, charge_id: str, amount: Money, key: str) -> RefundResult:
        """Send money back."""
        ...

    def fetch_refund(self, provider_id: str) -> RefundResult:
        """The refund as it stands now."""
        ...

    def read_event(self, body: bytes, signature: str) -> Event:
        """A webhook, once its signature was checked.

        Raises:
            EventNotSigned: the signature does not hold.
        """
        ...

    def balance_lines(self) -> Iterator[BalanceLine]:
        """Every movement on our balance at the provider, newest first."""
        ...
