"""Columns of exported tables: names of fields as the API shows them, and how their values are written."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from invoicing.api.csv_table import safe_text
from invoicing.dataclass import dataclass
from invoicing.domain.exports.writing import Writing
from invoicing.exact_json import dumps

Kind = Literal["text", "number", "json"]

_QUOTED = frozenset('"\r\n')
_PARTY = (
    "buyer.name buyer.trading_name buyer.email buyer.address.line1 buyer.address.line2 buyer.address.line3 "
    "buyer.address.city buyer.address.state buyer.address.postal_code buyer.address.country buyer.tax_ids:json"
)
_EXCHANGE = "base_currency exchange_rate:number exchange_rate_date exchange_rate_source"
_AMOUNTS = (
    "subtotal:number discount:number charges_total:number allowances_total:number tax:number total:number "
    "withheld_total:number rounding_amount:number amount_payable:number"
)
_LINE = (
    "description quantity:number unit unit_price:number price_quantity:number sku tax_rate:number tax_category "
    "tax_name tax_exemption_reason tax_exemption_code service_period.start service_period.end taxes:json "
    "subtotal:number discount:number charges_total:number allowances_total:number tax:number total:number details "
    "note unit_code gtin buyer_item_id country_of_origin order_line accounting_reference"
)

COLUMNS: Mapping[str, str] = {
    "invoices": (
        "id invoice_number status is_overdue:json issue_date due_date customer_id " + f"{_PARTY} currency {_AMOUNTS} "
        "prepaid_total:number amount_paid:number amount_credited:number amount_written_off:number amount_due:number "
        f"tax_breakdown:json {_EXCHANGE} tax_in_base_currency:number payment_terms prices_include_tax:json "
        "purchase_order reference buyer_reference delivery_date tax_point_date service_period.start "
        "service_period.end notes recurring_id imported:json locale metadata:json created_at updated_at sent_at "
        "viewed_at paid_date voided_at void_reason write_off_date write_off_reason"
    ),
    "lines": f"invoice_id invoice_number issue_date customer_id customer_name currency status id {_LINE}",
    "credit_notes": (
        f"id credit_note_number kind invoice_id invoice_number issue_date customer_id {_PARTY} currency {_AMOUNTS} "
        f"applied_to_invoice:number credited_to_customer:number tax_breakdown:json {_EXCHANGE} "
        "tax_in_base_currency:number reason purchase_order reference buyer_reference locale created_at sent_at "
        "voided_at void_reason"
    ),
    "payments": (
        "id payment_date invoice_id customer_id currency amount:number payment_method reference notes status "
        "refunded_amount:number credited_amount:number discount_credit_note_id allocations:json "
        f"{_EXCHANGE} created_at updated_at reversed_at reversal_date reversal_reason"
    ),
    "customers": (
        "id name trading_name email cc_emails:json phone website address.line1 address.line2 address.line3 "
        "address.city address.state address.postal_code address.country shipping_address.line1 shipping_address.line2 "
        "shipping_address.line3 shipping_address.city shipping_address.state shipping_address.postal_code "
        "shipping_address.country tax_ids:json legal_registration.value legal_registration.scheme "
        "electronic_address.scheme electronic_address.value contact.name contact.phone contact.email buyer_reference "
        "currency locale payment_terms series_id apply_credit notes metadata:json archived_at erased_at created_at "
        "updated_at"
    ),
    "ledger": (
        "id date type customer_id document currency amount:number credit:number invoice_id payment_id credit_note_id "
        "credit_payout_id created_at"
    ),
    "events": "id type resource_id sequence:number actor.type actor.id created_at data:json",
    "accounting": (
        "date type document customer_id customer_name currency debit_account credit_account amount:number "
        "tax_category tax_rate:number tax:number exchange_rate:number base_currency base_amount:number entry_id "
        "invoice_id payment_id credit_note_id credit_payout_id"
    ),
}
"""The columns of each type, and of the ledger as bookings: texts unless they say otherwise; a dot leads to a member.

Lists and objects of any members are JSON in their cell. What a table has no room for is in JSON Lines.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the path of its values."""

    name: str
    path: tuple[str, ...]
    kind: Kind


def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns of a type."""
    found = []
    for each in COLUMNS[name].split():
        path, _, kind = each.partition(":")
        known: Kind = "number" if kind == "number" else "json" if kind else "text"
        found.append(Column(path, tuple(path.split(".")), known))
    return tuple(found)


def header(columns: Sequence[Column], writing: Writing) -> bytes:
    """Return the first line, after a byte order mark if it is wanted."""
    line = writing.delimiter.join(column.name for column in columns) + "\r\n"
    return line.encode("utf-8-sig" if writing.bom else "utf-8")


def line(columns: Sequence[Column], writing: Writing, values: Mapping[str, Any]) -> bytes:
    """Return a line (RFC 4180) with the values of one entity; what is null, or not there, is an empty cell."""
    cells = (_cell(_at(values, each.path), each.kind, writing) for each in columns)
    return f"{writing.delimiter.join(cells)}\r\n".encode()


def _at(values: Any, path: Sequence[str]) -> Any:
    for step in path:
        values = values.get(step) if values is not None else None
    return values


def _cell(value: Any, kind: Kind, writing: Writing) -> str:
    """Write a value by the kind of its column, never by its look: numbers are bare, and texts no formulas.

    A number with a comma is quoted, whatever separates the cells.
    """
    if value is None:
        return ""
    if kind == "text":
        text = safe_text(str(value))
    else:
        text = dumps(value).decode()
        if kind == "number" and writing.decimal == "," and "." in text:
            return f'"{text.replace(".", ",")}"'
    if writing.delimiter in text or not _QUOTED.isdisjoint(text):
        return '"' + text.replace('"', '""') + '"'
    return text
