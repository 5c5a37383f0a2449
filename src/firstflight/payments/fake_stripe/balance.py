# SPDX-License-Identifier: Apache-2.0
"""Balance transactions: https://docs.stripe.com/api/balance_transactions.

Owns every movement of the account's money and the fee on it; the sum of `net` is the balance.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import lists
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.ids import new_id
from firstflight.payments.fake_stripe.storage import Doc

CATEGORIES = {
    "charge": "charge",
    "refund": "refund",
    "refund_failure": "refund_failure",
    "adjustment": "dispute",
}
# Japanese accounts are paid out weekly; four days is the wait Stripe shows for them.
PENDING_SECONDS = 4 * 86400


def move(
    call: Call,
    *,
    kind: str,
    amount: int,
    currency: str,
    source: str,
    fee: int = 0,
    at_once: bool = False,
    category: str | None = None,
) -> Doc:
    """Write one movement; `amount` is negative when money leaves, `fee` lowers the net."""
    details = [
        {
            "amount": fee,
            "application": None,
            "currency": currency,
            "description": "Stripe processing fees" if kind == "charge" else "Dispute fee",
            "type": "stripe_fee",
        }
    ]
    return call.store.insert(
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": call.now if at_once else call.now + PENDING_SECONDS,
            "balance_type": "payments",
            "created": call.now,
            "currency": currency,
            "description": None,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": details if fee else [],
            "net": amount - fee,
            "reporting_category": category or CATEGORIES[kind],
            "source": source,
            "status": "available" if at_once else "pending",
            "type": kind,
        }
    )


def retrieve(call: Call) -> Doc:
    """GET /v1/balance_transactions/{id}"""
    return _settled(call, call.of_path("balance_transaction"))


def listing(call: Call) -> Doc:
    """GET /v1/balance_transactions"""
    page = lists.page(
        call,
        "balance_transaction",
        "/v1/balance_transactions",
        source=call.params.get("source"),
        type=call.params.get("type"),
    )
    page["data"] = [_settled(call, doc) for doc in page["data"]]
    return page


def _settled(call: Call, doc: Doc) -> Doc:
    return {**doc, "status": "available" if doc["available_on"] <= call.now else "pending"}
