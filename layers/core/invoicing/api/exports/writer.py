"""Rows of exports: entities as the API shows them, as JSON Lines, as lines of a table, or as bookings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from invoicing import exact_json
from invoicing.api.exports import datev
from invoicing.api.exports.columns import Column, columns_of, header, line
from invoicing.domain.calendar import today
from invoicing.domain.exports.bookings import Booking
from invoicing.domain.exports.export import Export
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from invoicing.exact_json import decimal, number

Shown = Iterator[Mapping[str, Any]]


class ExportRows:
    """Writes entities as the API shows them (`invoicing.operations.exports._ports.ExportWriter`)."""

    def header(self, export: Export) -> bytes:
        """Return what the file begins with."""
        if export.format == "datev":
            return datev.header(export)
        return b"" if export.format == "jsonl" else header(_columns(_table(export)), export.writing)

    def rows(self, export: Export, entities: Sequence[Any], now: datetime) -> list[bytes]:
        """Return the rows of some entities."""
        if export.format == "datev":
            return [datev.line(each, export) for each in entities]
        shown = (each for entity in entities for each in _SHOWN[_table(export)](entity, export, now))
        if export.format == "jsonl":
            return [exact_json.dumps(each) + b"\n" for each in shown]
        columns = _columns(_table(export))
        return [line(columns, export.writing, each) for each in shown]


def _table(export: Export) -> str:
    return "accounting" if export.format == "accounting" else export.type


@cache
def _columns(table: str) -> tuple[Column, ...]:
    return columns_of(table)


def _invoice(invoice: Invoice, export: Export, now: datetime) -> Shown:
    from invoicing.api.outputs.invoices import invoice_output  # noqa: PLC0415

    yield invoice_output(invoice, export.api_url, today(now, export.time_zone))


def _lines(invoice: Invoice, *_: object) -> Shown:
    """Yield the lines of an invoice, each with what tells its invoice."""
    from invoicing.api.outputs.lines import lines_output  # noqa: PLC0415

    about = {
        "invoice_id": invoice.id,
        "invoice_number": invoice.number,
        "issue_date": invoice.issue_date.isoformat(),
        "customer_id": invoice.buyer.id,
        "customer_name": invoice.buyer.name,
        "currency": invoice.currency,
        "status": str(invoice.status),
    }
    for each in lines_output(invoice.lines, invoice.currency):
        yield about | exact_json.loads(exact_json.dumps(each))


def _credit_note(note: Any, export: Export, _: datetime) -> Shown:
    from invoicing.api.outputs.credit_notes import credit_note_output  # noqa: PLC0415

    yield credit_note_output(note, export.api_url)


def _payment(payment: Any, *_: object) -> Shown:
    from invoicing.api.outputs.payments import payment_output  # noqa: PLC0415

    yield payment_output(payment)


def _customer(customer: Any, *_: object) -> Shown:
    from invoicing.api.outputs.customers import customer_output  # noqa: PLC0415

    yield customer_output(customer)


def _entry(entry: Any, *_: object) -> Shown:
    from invoicing.api.outputs.ledger import ledger_entry_output  # noqa: PLC0415

    yield {**ledger_entry_output(entry), "customer_id": entry.customer_id}


def _event(event: Any, *_: object) -> Shown:
    from invoicing.api.outputs.events import event_output  # noqa: PLC0415

    yield event_output(event)


def _booking(booking: Booking, export: Export, _: datetime) -> Shown:
    entry, base = booking.entry, export.books.currency if export.books else ""
    debit, credit = (booking.account, booking.contra)[:: 1 if booking.side == "debit" else -1]
    rate = booking.exchange.rate if booking.exchange else None
    yield {
        "date": entry.date.isoformat(),
        "type": str(entry.movement),
        "document": booking.reference or None,
        "customer_id": entry.customer_id,
        "customer_name": booking.text or None,
        "currency": entry.currency,
        "debit_account": debit,
        "credit_account": credit,
        "amount": number(written(booking.amount, entry.currency)),
        "tax_category": booking.group.category if booking.group else None,
        "tax_rate": decimal(booking.group.rate) if booking.group else None,
        "tax": number(written(booking.tax, entry.currency)) if booking.group else None,
        "exchange_rate": None if rate is None else decimal(rate),
        "base_currency": base,
        "base_amount": None if booking.base_amount is None else number(written(booking.base_amount, base)),
        "entry_id": entry.id,
        "invoice_id": entry.invoice_id,
        "payment_id": entry.payment_id,
        "credit_note_id": entry.credit_note_id,
        "credit_payout_id": entry.credit_payout_id,
    }


_SHOWN: Mapping[str, Callable[[Any, Export, datetime], Shown]] = {
    "invoices": _invoice,
    "lines": _lines,
    "credit_notes": _credit_note,
    "payments": _payment,
    "customers": _customer,
    "ledger": _entry,
    "events": _event,
    "accounting": _booking,
}
