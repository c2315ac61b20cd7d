"""Payments with their refunds, and the indexes of their lists."""

from dataclasses import fields
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.payments.payment import Allocation, Payment, PaymentStatus, Refund
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.credit_lot_codec import lots_from
from invoicing.storage.dynamodb.exchange_codec import exchange_from
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.party_codec import buyer_from, given_values, seller_from
from invoicing.storage.dynamodb.record import Listing, ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def payment_texts(payment: Payment) -> Texts:
    """Return the fields of a payment that lists filter or sort by."""
    return {
        "id": payment.id,
        "customer_id": payment.customer_id,
        "payment_date": payment.payment_date.isoformat(),
        "payment_method": payment.method,
        "currency": payment.currency,
        "status": str(payment.status),
        CREATED: instant_text(payment.created_at),
    }


_OF_CUSTOMER: dict[str, Any] = {"partition": "customer", "within": "customer_id", "within_rank": 1}

PAYMENT_LISTING = Listing(
    indexes=(
        Index(name="by_created", partition="pk", range="created", field=CREATED),
        Index(name="by_date", partition="pk", range="paid", field="payment_date"),
        Index(name="by_customer", range="created", field=CREATED, **_OF_CUSTOMER),
        Index(name="by_customer_date", range="paid", field="payment_date", **_OF_CUSTOMER),
    ),
    texts=payment_texts,
)


_RARE = ("template", "used_lots")  # which most have not


def payment_values(payment: Payment) -> dict[str, Any]:
    """Return the fields of a payment to pack."""
    parties = {"buyer": given_values(payment.buyer), "seller": given_values(payment.seller)}
    values = {each.name: getattr(payment, each.name) for each in fields(Payment)} | parties
    for name in _RARE:
        if not values[name]:
            del values[name]
    return values


def payment_from(values: dict[str, Any]) -> Payment:
    """Read the payment of an unpacked item."""
    return Payment(
        **values
        | item_codec.instants(values, "created_at", "updated_at", "reversed_at")
        | item_codec.dates(values, "payment_date", "reversal_date")
        | {
            "allocations": tuple(Allocation(**allocation) for allocation in values["allocations"]),
            "refunds": tuple(map(_refund, values["refunds"])),
            "status": PaymentStatus(values["status"]),
            "buyer": buyer_from(values["buyer"]),
            "seller": seller_from(values["seller"]),
            "used_lots": lots_from(values.get("used_lots", ())),
            "exchange": exchange_from(values["exchange"]),
            "template": TemplateRef(**values["template"]) if "template" in values else None,
        }
    )


def _refund(values: dict[str, Any]) -> Refund:
    of_invoices = tuple(map(tuple, values["of_invoices"]))
    dated = item_codec.instants(values, "created_at") | item_codec.dates(values, "refund_date")
    return Refund(**values | dated | {"of_invoices": of_invoices, "exchange": exchange_from(values.get("exchange"))})


@stores(Payment)
class PaymentRecord(ResourceRecord):
    """A payment with its refunds."""

    read = payment_from
    write = payment_values
    listing = PAYMENT_LISTING
    indexed = staticmethod(PAYMENT_LISTING.index_values)

    class Meta:
        table_name = TableName("payments")

    created, paid, customer = (UnicodeAttribute(null=True) for _ in range(3))
