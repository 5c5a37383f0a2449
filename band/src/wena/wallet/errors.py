# SPDX-License-Identifier: Apache-2.0
"""Why a card, a purse or a terminal says no. Each reason has a class, a code and a sentence."""


class WalletError(Exception):
    """Something is wrong with the purse."""

    code = "wallet"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class StoreDamaged(WalletError, OSError):
    """The card's memory holds no whole image. Restore the file from a copy, or issue a new card."""

    code = "wallet_store_damaged"


class NoCard(WalletError):
    """No card answered. Hold the strap to the reader again."""

    code = "wallet_no_card"


class TornAway(WalletError):
    """The card left before the end. Hold the same card to the reader again to finish."""

    code = "wallet_torn_away"


class CardRefused(WalletError):
    """The card refused a command. Hold it to the reader again; if it goes on, replace it."""

    code = "wallet_card_refused"


class NotOurCard(WalletError):
    """This card does not belong to this issuer or currency. Use another card."""

    code = "wallet_not_our_card"


class PurseDamaged(WalletError):
    """What the card says about its money contradicts itself. Bring it to the issuer."""

    code = "wallet_purse_damaged"


class AlreadyIssued(WalletError):
    """This card was issued before. Use a new card."""

    code = "wallet_already_issued"


class BadAmount(WalletError):
    """An amount is a whole number from 1 to 16,777,215 of the smallest unit."""

    code = "wallet_bad_amount"


class BalanceTooLow(WalletError):
    """There is not enough money in the purse. Top it up, or pay otherwise."""

    code = "wallet_balance_too_low"


class OverPaymentLimit(WalletError):
    """The amount is above the limit of one payment. Pay otherwise."""

    code = "wallet_over_payment_limit"


class OverBalanceLimit(WalletError):
    """The purse would hold more than it may. Choose a smaller amount."""

    code = "wallet_over_balance_limit"


class PurseUsedUp(WalletError):
    """The purse has reached the end of its counters. Ask the issuer for a new card."""

    code = "wallet_used_up"


class OtherCard(WalletError):
    """This sale was begun with another card. Hold that one to the reader, or cancel the sale."""

    code = "wallet_other_card"


class UnknownSale(WalletError):
    """The terminal does not know this sale. Begin a new one."""

    code = "wallet_unknown_sale"


class SaleClosed(WalletError):
    """This sale is paid. To give the money back, top up the purse."""

    code = "wallet_sale_closed"


class BadLimit(WalletError):
    """A limit is a multiple of 100 of the smallest unit, from 100 to 6,553,500."""

    code = "wallet_bad_limit"


class BadMessage(WalletError):
    """The NDEF message does not fit into the card."""

    code = "wallet_bad_message"


class JournalDamaged(WalletError):
    """The terminal's journal cannot be read. Restore it before taking payments."""

    code = "wallet_journal_damaged"


class CannotTell(WalletError):
    """The card's history no longer reaches back to this sale. Settle it by the terminal's book."""

    code = "wallet_cannot_tell"


class UnfinishedSale(WalletError):
    """A sale is unfinished. Hold its card to the reader again, or cancel it."""

    code = "wallet_unfinished_sale"
