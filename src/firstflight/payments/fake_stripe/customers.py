# SPDX-License-Identifier: Apache-2.0
"""Customers: https://docs.stripe.com/api/customers. Owns their documents, not their cards."""

from __future__ import annotations

from typing import Any

from firstflight.payments.fake_stripe import lists, metadata, payment_methods
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.errors import ParameterInvalid
from firstflight.payments.fake_stripe.ids import new_id, new_token
from firstflight.payments.fake_stripe.storage import Doc

PLAIN = ("address", "description", "email", "name", "phone", "shipping")


def create(call: Call) -> Doc:
    """POST /v1/customers"""
    customer: Doc = {
        "id": new_id("cus", 14),
        "object": "customer",
        "balance": 0,
        "created": call.now,
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "discount": None,
        "invoice_prefix": new_token(8).upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": {},
        "next_invoice_sequence": 1,
        "preferred_locales": [],
        "tax_exempt": "none",
        "test_clock": None,
        **dict.fromkeys(PLAIN),
    }
    _apply(call, customer)
    method = payment_methods.chosen(call, {})
    if method is not None:
        payment_methods.check_attachable(method)
    call.store.insert(customer)
    call.emit("customer.created", customer)
    if method is not None:
        payment_methods.attach_to(call, method, customer["id"])
    return customer


def update(call: Call) -> Doc:
    """POST /v1/customers/{id}"""
    customer = call.of_path("customer")
    before = {name: customer[name] for name in (*PLAIN, "metadata") if name in call.params}
    _apply(call, customer)
    call.store.save(customer)
    call.emit("customer.updated", customer, before)
    return customer


def retrieve(call: Call) -> Doc:
    """GET /v1/customers/{id}; a deleted one is `{id, object, deleted: true}`"""
    return call.of_path("customer")


def delete(call: Call) -> Doc:
    """DELETE /v1/customers/{id}; its cards are detached"""
    customer = call.of_path("customer")
    for method in call.store.select("payment_method", {"customer": customer["id"]}):
        payment_methods.let_go(call, method)
    gone = {"id": customer["id"], "object": "customer", "deleted": True}
    call.store.save(gone)
    call.emit("customer.deleted", customer)
    return gone


def listing(call: Call) -> Doc:
    """GET /v1/customers"""
    return lists.page(call, "customer", "/v1/customers", email=call.params.get("email"))


def cards(call: Call) -> Doc:
    """GET /v1/customers/{id}/payment_methods"""
    customer = call.of_path("customer")
    return lists.page(
        call,
        "payment_method",
        f"/v1/customers/{customer['id']}/payment_methods",
        customer=customer["id"],
        type=call.params.get("type"),
    )


def _apply(call: Call, customer: Doc) -> None:
    sent: dict[str, Any] = call.params
    email = sent.get("email")
    if email and "@" not in email:
        raise ParameterInvalid(f"Invalid email address: {email}.", param="email")
    for name in PLAIN:
        if name in sent:
            customer[name] = sent[name] or None
    if "preferred_locales" in sent:
        customer["preferred_locales"] = sent["preferred_locales"]
    default = (sent.get("invoice_settings") or {}).get("default_payment_method")
    if default:
        customer["invoice_settings"]["default_payment_method"] = default
    customer["metadata"] = metadata.merge(customer["metadata"], sent.get("metadata"))
