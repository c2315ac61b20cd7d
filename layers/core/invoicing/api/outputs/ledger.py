"""Ledger entries in responses."""

from typing import TypedDict

from invoicing.api.envelope import HttpResponse, Result, timestamp
from invoicing.api.list_page import list_result
from invoicing.api.query import ParsedQuery
from invoicing.api.request import Request
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number
from invoicing.operations.lists.query import ListPage


class LedgerEntryOutput(TypedDict):
    """An entry: ``amount`` is the change of the amount owed, ``credit`` the change of the credit.

    ``document`` is the number or reference that people know. ``created_at`` is the time of the entry, ``date`` its day.
    """

    id: str
    date: str
    type: str
    document: str | None
    currency: str
    amount: Number
    credit: Number
    invoice_id: str | None
    payment_id: str | None
    credit_note_id: str | None
    credit_payout_id: str | None
    created_at: str


def ledger_result(
    customer_id: str, request: Request, asked: ParsedQuery, listed: ListPage[LedgerEntry]
) -> Result | HttpResponse:
    """Return a page of entries or, as CSV, all of them; `InvalidRequest` ``QUERY_TOO_BROAD`` for too many."""
    if asked.format != "csv":
        return list_result(request, asked, listed, ledger_entry_output)
    if listed.has_next:
        message = f"A table has at most {asked.query.per_page:,} entries; request a shorter period."
        raise InvalidRequest("QUERY_TOO_BROAD", message, (Detail("start_date", message, "QUERY_TOO_BROAD"),))
    from invoicing.api.csv_table import csv_response  # noqa: PLC0415

    columns = [name for name in LedgerEntryOutput.__annotations__ if asked.fields is None or name in asked.fields]
    return csv_response(f"ledger-{customer_id}.csv", columns, map(ledger_entry_output, listed.items))


def ledger_entry_output(entry: LedgerEntry) -> LedgerEntryOutput:
    """Return an entry as responses show it."""
    return LedgerEntryOutput(
        id=entry.id,
        date=entry.date.isoformat(),
        type=entry.movement,
        document=entry.document,
        currency=entry.currency,
        amount=number(written(entry.amount, entry.currency)),
        credit=number(written(entry.credit, entry.currency)),
        invoice_id=entry.invoice_id,
        payment_id=entry.payment_id,
        credit_note_id=entry.credit_note_id,
        credit_payout_id=entry.credit_payout_id,
        created_at=timestamp(entry.created_at),
    )
