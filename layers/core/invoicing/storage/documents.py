"""Turns domain values into compact bytes and back.

A thing is one compressed JSON document in its item: a tenth of the work of nested DynamoDB attributes, and fewer
write units. Money is integers, rates and quantities are strings, nothing is ever a binary float. An invoice's lines
are written by column, as are its names but once: half the bytes, and less work both ways.
"""

import zlib
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from invoicing.domain.columns import columns_of, rows_of
from invoicing.domain.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.exchange import ExchangeRates
from invoicing.domain.invoice import Invoice, InvoicePayment, Line, Status
from invoicing.domain.party import Account, Address, BankAccount, Buyer, Customer, Seller, TaxId
from invoicing.domain.tax import Discount, TaxGroup

MAX_BYTES = 395_000
"""Largest document: DynamoDB takes items of 400 KB (409,600 bytes), keys and indexed attributes included."""

MAX_NEW_INVOICE_BYTES = 350_000
"""Largest invoice that is new or a draft: sending it adds the copy of the account, voiding it a reason."""


_INVOICE_FIELDS = tuple(field.name for field in fields(Invoice))


def invoice_values(invoice: Invoice) -> dict[str, Any]:
    """What is packed of an invoice."""
    return {name: getattr(invoice, name) for name in _INVOICE_FIELDS} | {"lines": columns_of(Line, invoice.lines)}


def room_for_invoice(invoice: Invoice) -> int:
    """Bytes that an invoice may have: what can be created can also be sent, viewed and voided."""
    return MAX_NEW_INVOICE_BYTES if invoice.version == 1 or invoice.status is Status.DRAFT else MAX_BYTES


def pack(value: Any, most: int = MAX_BYTES) -> bytes:
    """Compressed JSON; `ValidationFailed` ``RESOURCE_TOO_LARGE`` when it has more than ``most`` bytes."""
    packed = zlib.compress(orjson.dumps(value, default=str), 1)
    if len(packed) > most:
        raise ValidationFailed(Detail("", "The resource is too large to be stored.", "RESOURCE_TOO_LARGE"))
    return packed


def unpack(packed: bytes) -> dict[str, Any]:
    """The JSON object that was packed."""
    value: dict[str, Any] = orjson.loads(zlib.decompress(packed))
    return value


def account_from(values: dict[str, Any]) -> Account:
    """The account of an unpacked document."""
    return Account(**_seller_parts(values) | {"created_at": datetime.fromisoformat(values["created_at"])})


def customer_from(values: dict[str, Any]) -> Customer:
    """The customer of an unpacked document."""
    parts = _buyer_parts(values)
    return Customer(**parts | instants(values, "created_at", "updated_at", "archived_at"))


def exchange_rates_from(values: dict[str, Any]) -> ExchangeRates:
    """The exchange rates of an unpacked document."""
    rates = {currency: Decimal(rate) for currency, rate in values["rates"].items()}
    return ExchangeRates(**values | instants(values, "updated_at") | {"rates": rates})


def delivery_from(values: dict[str, Any]) -> Delivery:
    """The delivery of an unpacked document; those of before there were credit notes are of invoices."""
    if "invoice_id" in values:
        values["document_id"] = values.pop("invoice_id")
    return Delivery(
        **values
        | instants(values, "created_at", "updated_at")
        | {name: tuple(values[name]) for name in ("to", "cc", "bcc")}
        | {"status": DeliveryStatus(values["status"])}
    )


def invoice_from(values: dict[str, Any]) -> Invoice:
    """The invoice of an unpacked document."""
    seller = values["seller"]
    return Invoice(
        **values
        | instants(values, "created_at", "updated_at", "sent_at", "viewed_at", "voided_at", "written_off_at")
        | {name: _date(values[name]) for name in ("issue_date", "due_date", "paid_date")}
        | {
            "status": Status(values["status"]),
            "buyer": buyer_from(values["buyer"]),
            "seller": seller_from(seller) if seller else None,
            "lines": _lines(values["lines"]),
            "defaulted": tuple(values.get("defaulted", ())),
            "tax_rate": _decimal(values["tax_rate"]),
            "exchange_rate": _decimal(values.get("exchange_rate")),
            "discount": _discount(values["discount"]),
            "payments": tuple(map(_invoice_payment, values.get("payments", ()))),
            "credited": {line: Decimal(quantity) for line, quantity in values.get("credited", {}).items()},
            "tax_breakdown": tax_breakdown(values),
        }
    )


def tax_breakdown(values: dict[str, Any]) -> tuple[TaxGroup, ...]:
    """The tax by rate and category."""
    return tuple(TaxGroup(**group | {"rate": Decimal(group["rate"])}) for group in values["tax_breakdown"])


def _invoice_payment(values: dict[str, Any]) -> InvoicePayment:
    return InvoicePayment(
        **values | instants(values, "created_at") | {"payment_date": date.fromisoformat(values["payment_date"])}
    )


def _lines(columns: dict[str, list[Any]]) -> tuple[Line, ...]:
    columns["discount"] = [_discount(discount) for discount in columns["discount"]]
    # What lines have got since the invoice was stored.
    missing = {name: [Line._field_defaults[name]] * len(columns["id"]) for name in Line._fields if name not in columns}
    return rows_of(Line, with_decimals(columns) | missing)


def with_decimals(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """What exact numbers were written as texts."""
    return columns | {
        name: [Decimal(number) for number in columns[name]] for name in ("quantity", "unit_price", "tax_rate")
    }


def buyer_from(values: dict[str, Any]) -> Buyer:
    """The copy of a customer."""
    return Buyer(**_buyer_parts(values))


def seller_from(values: dict[str, Any]) -> Seller:
    """The copy of an account."""
    return Seller(**_seller_parts(values))


def _buyer_parts(values: dict[str, Any]) -> dict[str, Any]:
    return values | _address_parts(values) | {"cc_emails": tuple(values["cc_emails"])}


def _seller_parts(values: dict[str, Any]) -> dict[str, Any]:
    bank_account = values["bank_account"]
    return values | _address_parts(values) | {"bank_account": BankAccount(**bank_account) if bank_account else None}


def _address_parts(values: dict[str, Any]) -> dict[str, Any]:
    address = values["address"]
    return {
        "address": Address(**address) if address else None,
        "tax_ids": tuple(TaxId(**tax_id) for tax_id in values["tax_ids"]),
    }


def instants(values: dict[str, Any], *names: str) -> dict[str, datetime | None]:
    """Instants by their names, None where there is none."""
    return {name: datetime.fromisoformat(values[name]) if values.get(name) else None for name in names}


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _discount(values: dict[str, Any] | None) -> Discount | None:
    return None if values is None else Discount(type=values["type"], value=Decimal(values["value"]))
