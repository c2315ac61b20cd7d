"""Invoices with their lines, the indexes of their lists, and the index of open items."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any

import orjson
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import Failure
from invoicing.domain.files.attachment import Attachment
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.invoices.due_work import due_work_of
from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, InvoicePayment, InvoiceRefund, Status
from invoicing.domain.invoices.late_fee import InvoiceLateFee, NextLateFee
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.invoices.line import Line, LineCredit
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.invoices.scheduled_send import ScheduledSend
from invoicing.domain.money.amounts import to_major
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.lists.sort_texts import CREATED, amount_text
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.customer_entries import CUSTOMER_ENTRIES
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of
from invoicing.storage.dynamodb.exchange_codec import exchange_from
from invoicing.storage.dynamodb.index import SEPARATOR, Index, Texts, end_of_key
from invoicing.storage.dynamodb.line_codec import (
    discount_from,
    group_values,
    line_columns,
    lines_from,
    service_period_from,
    tax_breakdown,
    taxes_from,
)
from invoicing.storage.dynamodb.particulars_codec import particulars_from, particulars_values
from invoicing.storage.dynamodb.party_codec import buyer_from, given_values, seller_from
from invoicing.storage.dynamodb.payable_codec import (
    prepayment_from,
    rounding_choice_from,
    rounding_from,
    withholding_from,
)
from invoicing.storage.dynamodb.record import LinedRecord, Listing
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.dynamodb.tax_part_codec import tax_parts_from
from invoicing.storage.kinds import stores

MAX_NEW_INVOICE_BYTES = 350_000
"""The largest new invoice or draft: sending it adds the copy of the account, voiding it a reason."""

_FIELDS = tuple(field.name for field in fields(Invoice) if field.name not in {"account", "id"})

_DEFAULTS = {
    field.name: {} if field.default is MISSING else field.default
    for field in fields(Invoice)
    if field.default is not MISSING or field.default_factory is not MISSING
}
_VALUES = attrgetter(*_FIELDS)
_USUAL = tuple(_DEFAULTS.get(name, ...) for name in _FIELDS)
_ADJUSTMENTS = ("charges", "allowances")


def _scheduled_send(values: dict[str, Any]) -> ScheduledSend:
    addresses = {name: None if values[name] is None else tuple(values[name]) for name in ("to", "cc", "bcc")}
    times = item_codec.instants(values, "at", "retry_at")
    failure = Failure(**values["failure"]) if values["failure"] else None
    return ScheduledSend(**values | times | addresses | {"failure": failure})


def _next_late_fee(values: dict[str, Any]) -> NextLateFee:
    failure = Failure(**values["failure"]) if values["failure"] else None
    return NextLateFee(**values | item_codec.instants(values, "at") | {"failure": failure})


def _late_fee(row: list[Any]) -> InvoiceLateFee:
    fee = InvoiceLateFee(*row)
    return fee._replace(last_day=date.fromisoformat(row[2]))


_RARE: dict[str, Callable[[Any], Any]] = {
    "attachments": lambda found: tuple(Attachment(*each) for each in found),
    "early_payment_discounts": lambda found: tuple(EarlyPaymentDiscount(Decimal(each[0]), each[1]) for each in found),
    "taxes": taxes_from,
    "charges": lines_from,
    "allowances": lines_from,
    "rounding": rounding_from,
    "rounding_choice": rounding_choice_from,
    "exchange_rate": Decimal,
    "withheld_credited": tuple,
    "applied_taxes": tax_parts_from,
    "credit_taxes": tax_parts_from,
    "withholdings": lambda found: tuple(map(withholding_from, found)),
    "prepayments": lambda found: tuple(map(prepayment_from, found)),
    "next_overdue_at": datetime.fromisoformat,
    "overdue_at": datetime.fromisoformat,
    "scheduled_send": _scheduled_send,
    "service_period": service_period_from,
    "particulars": particulars_from,
    "page_expires_at": datetime.fromisoformat,
    "late_fees": lambda found: tuple(map(_late_fee, found)),
    "next_late_fee": _next_late_fee,
    "import_mark": lambda found: ImportMark(*found),
    "template": lambda found: TemplateRef(**found),
    "failed_texts": tuple,
}
"""How fields that few invoices have are read."""
_ABSENT = orjson.loads(orjson.dumps({name: value for name, value in _DEFAULTS.items() if name not in _RARE}))
"""What other fields that were not packed are, as they are unpacked."""


def invoice_texts(invoice: Invoice) -> Texts:
    """Return the fields of an invoice that lists filter or sort by."""
    return {
        "id": invoice.id,
        "customer_id": invoice.buyer.id,
        "status": str(invoice.status),
        "currency": invoice.currency,
        "amount": amount_text(to_major(invoice.total, invoice.currency)),
        "due_date": invoice.due_date.isoformat(),
        "issue_date": invoice.issue_date.isoformat(),
        "invoice_number": invoice.number,
        "recurring_id": invoice.recurring_id,
        "reference": invoice.particulars.reference,
        "estimate_id": invoice.particulars.estimate_id,
        CREATED: instant_text(invoice.created_at),
    }


INVOICE_LISTING = Listing(
    indexes=(
        Index(name="by_created", partition="pk", range="created", field=CREATED),
        Index(
            name="by_customer",
            partition="customer",
            within="customer_id",
            range="created",
            field=CREATED,
            within_rank=1,
        ),
        Index(name="by_status", partition="status", within="status", range="created", field=CREATED),
        Index(name="by_status_due", partition="status", within="status", range="due", field="due_date"),
        Index(name="by_due", partition="pk", range="due", field="due_date"),
        Index(name="by_issued", partition="pk", range="issued", field="issue_date"),
        Index(name="by_amount", partition="pk", range="amount", field="amount"),
        Index(name="by_currency", partition="currency", within="currency", range="created", field=CREATED),
        Index(
            name="by_recurring",
            partition="recurring",
            within="recurring_id",
            range="created",
            field=CREATED,
            within_rank=1,
        ),
        # The reservations of numbers, in the same table, are the index of numbers.
        Index(
            name=None,
            partition="pk",
            range="sk",
            field="invoice_number",
            prefix="number#",
            unique=True,
            id_attribute="invoice_id",
            sparse=True,
            field_rank=0,
        ),
    ),
    texts=invoice_texts,
    counter="invoices",
    counted_by=frozenset({None, "status", "customer_id", "currency"}),
    entries=CUSTOMER_ENTRIES,
)


def index_values_of_invoice(invoice: Invoice) -> dict[str, Any]:
    """Return an invoice's index attributes; it is in ``by_open_item`` while it has an amount due."""
    values = INVOICE_LISTING.index_values(invoice)
    if not is_issued(invoice) or invoice.amount_due == 0:
        return values
    end = end_of_key(instant_text(invoice.created_at), invoice.id)
    owed = SEPARATOR.join((invoice.currency, invoice.due_date.isoformat(), end))
    return values | {"owed": owed, "amount_due": invoice.amount_due}


def invoice_values(invoice: Invoice) -> dict[str, Any]:
    """Return the fields of an invoice to pack, without those that have their default."""
    each = zip(_FIELDS, _VALUES(invoice), _USUAL, strict=True)
    values = {name: value for name, value, usual in each if value is not usual and value != usual}
    rows: dict[str, Any] = {name: line_columns(Line, values[name]) for name in _ADJUSTMENTS if name in values}
    for name in ("attachments", "early_payment_discounts", "late_fees"):
        if found := values.get(name):
            rows[name] = list(map(list, found))
    if invoice.import_mark:
        rows["import_mark"] = list(invoice.import_mark)
    if particulars := values.get("particulars"):
        rows["particulars"] = particulars_values(particulars)
    packed = {
        "lines": line_columns(Line, invoice.lines),
        "tax_breakdown": group_values(invoice.tax_breakdown),
        "buyer": given_values(invoice.buyer),
    }
    if invoice.seller:
        packed["seller"] = given_values(invoice.seller)
    return values | rows | packed


def room_for_invoice(invoice: Invoice) -> int:
    """Return the most bytes of an invoice: what can be created can also be sent, viewed and voided."""
    return MAX_NEW_INVOICE_BYTES if invoice.version == 1 or invoice.status is Status.DRAFT else item_codec.MAX_BYTES


def invoice_from(values: dict[str, Any]) -> Invoice:
    """Read the invoice of an unpacked item."""
    values = _ABSENT | values
    seller = values["seller"]
    return Invoice(
        **values
        | item_codec.instants(values, "created_at", "updated_at", "sent_at", "viewed_at", "voided_at", "written_off_at")
        | item_codec.dates(values, "issue_date", "due_date", "paid_date", "write_off_date")
        | {
            "status": Status(values["status"]),
            "buyer": buyer_from(values["buyer"]),
            "seller": seller_from(seller) if seller else None,
            "lines": lines_from(values["lines"]) if values["lines"] else (),
            "defaulted": tuple(values["defaulted"]),
            "tax_rate": item_codec.decimal(values["tax_rate"]),
            "exchange": exchange_from(values["exchange"]),
            "discount": discount_from(values["discount"]),
            "payments": tuple(map(_invoice_payment, values["payments"])),
            "credited": {line: _line_credit(credit) for line, credit in values["credited"].items()},
            "credit_notes": tuple(map(_invoice_credit_note, values["credit_notes"])),
            "tax_breakdown": tax_breakdown(values),
        }
        | {name: _RARE[name](values[name]) for name in _RARE.keys() & values.keys()}
    )


def _invoice_payment(values: dict[str, Any]) -> InvoicePayment:
    return InvoicePayment(
        **values
        | item_codec.instants(values, "created_at")
        | item_codec.dates(values, "payment_date", "reversal_date")
        | {"refunds": tuple(map(_invoice_refund, values["refunds"]))}
    )


def _invoice_refund(values: dict[str, Any]) -> InvoiceRefund:
    return InvoiceRefund(**values | item_codec.dates(values, "refund_date"))


def _line_credit(values: dict[str, Any]) -> LineCredit:
    exact = {"quantity": Decimal(values["quantity"]), "share": Fraction(values["share"])}
    return LineCredit(**values | exact | {"taxes": tuple(values["taxes"])})


def _invoice_credit_note(values: dict[str, Any]) -> InvoiceCreditNote:
    times = item_codec.instants(values, "voided_at") | item_codec.dates(values, "issue_date")
    return InvoiceCreditNote(**values | times | {"withheld": tuple(values["withheld"])})


@stores(Invoice)
class InvoiceRecord(LinedRecord):
    """An invoice with its lines."""

    read = invoice_from
    write = invoice_values
    room = room_for_invoice
    listing = INVOICE_LISTING
    indexed = index_values_of_invoice

    class Meta:
        table_name = TableName("invoices")

    created, due, issued, amount = (UnicodeAttribute(null=True) for _ in range(4))
    customer, status, currency, recurring = (UnicodeAttribute(null=True) for _ in range(4))
    owed = UnicodeAttribute(null=True)
    amount_due = NumberAttribute(null=True)
    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @classmethod
    def due_values(cls, entity: Invoice, *, has_clock: bool) -> dict[str, str]:
        due = due_work_of(entity)
        shard = shard_of(entity.account, entity.id, has_clock=has_clock)
        return due_work_values(Invoice.__name__, entity.id, due, shard) if due else {}
