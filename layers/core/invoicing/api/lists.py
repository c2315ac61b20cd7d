"""What each list may be filtered and sorted by, and how a page of it is answered.

The tables here are the only place that says it: requests are read by them, and docs/openapi.json is made from them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from invoicing import exact_json
from invoicing.api.envelope import Reply
from invoicing.api.outputs.credit_notes import CreditNoteOutput
from invoicing.api.outputs.customers import CustomerOutput
from invoicing.api.outputs.events import EventOutput
from invoicing.api.outputs.invoices import InvoiceOutput
from invoicing.api.outputs.payments import PaymentOutput
from invoicing.api.query import (
    AMOUNT,
    CHOICE,
    CURRENCY,
    DATE,
    INSTANT,
    METHOD,
    PAYMENT_STATUS,
    RANGE,
    SEARCH,
    STATUS,
    TEXT,
    WORDS,
    YES_OR_NO,
    Asked,
    Filter,
    ListOf,
)
from invoicing.api.request import BASE_PATH, Request
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.listing import MOST_CANDIDATES, Listed
from invoicing.operations.sort_texts import CREATED

MOST_BYTES = 5_000_000
"""Size of a page; Lambda answers with at most 6 MB."""

INVOICES = ListOf(
    filters={
        "customer_id": Filter(TEXT, CHOICE),
        "status": Filter(STATUS, CHOICE),
        "currency": Filter(CURRENCY, CHOICE),
        "amount": Filter(AMOUNT, RANGE),
        "due_date": Filter(DATE, RANGE),
        "issue_date": Filter(DATE, RANGE),
        CREATED: Filter(INSTANT, RANGE),
        "invoice_number": Filter(TEXT, WORDS),
    },
    sorts=(CREATED, "due_date", "issue_date", "amount", "invoice_number"),
    output=InvoiceOutput,
)
CUSTOMERS = ListOf(
    filters={
        "name": Filter(SEARCH, WORDS),
        "email": Filter(SEARCH, WORDS),
        CREATED: Filter(INSTANT, RANGE),
        "archived": Filter(YES_OR_NO, frozenset({"eq"}), default="false"),
    },
    sorts=(CREATED, "name"),
    output=CustomerOutput,
)
PAYMENTS = ListOf(
    filters={
        "invoice_id": Filter(TEXT, frozenset({"eq"})),
        "customer_id": Filter(TEXT, CHOICE),
        "status": Filter(PAYMENT_STATUS, CHOICE),
        "currency": Filter(CURRENCY, CHOICE),
        "payment_method": Filter(METHOD, CHOICE),
        "payment_date": Filter(DATE, RANGE, sorts=True),
        CREATED: Filter(INSTANT, RANGE),
    },
    sorts=(CREATED, "payment_date"),
    output=PaymentOutput,
    aliases={"start_date": ("payment_date", "gte"), "end_date": ("payment_date", "lte")},
    by_offset=True,
)
INVOICE_PAYMENTS = replace(
    PAYMENTS, filters={name: known for name, known in PAYMENTS.filters.items() if name != "invoice_id"}
)
CREDIT_NOTES = ListOf(
    filters={
        "customer_id": Filter(TEXT, CHOICE),
        "invoice_id": Filter(TEXT, CHOICE),
        CREATED: Filter(INSTANT, RANGE),
    },
    sorts=(CREATED,),
    output=CreditNoteOutput,
)
CREDIT_NOTES_OF_INVOICE = ListOf(filters={CREATED: Filter(INSTANT, RANGE)}, sorts=(CREATED,), output=CreditNoteOutput)
TIMELINE = ListOf(
    filters={"type": Filter(TEXT, CHOICE), CREATED: Filter(INSTANT, RANGE)}, sorts=(CREATED,), output=EventOutput
)


def list_reply[A](request: Request, asked: Asked, listed: Listed[A], output: Callable[[A], Mapping[str, Any]]) -> Reply:
    """One page as the contract writes it; `InvalidRequest` ``QUERY_TOO_BROAD`` when it is too large to be sent."""
    data = [_chosen(output(thing), asked.fields) for thing in listed.things]
    if sum(len(exact_json.dumps(thing)) for thing in data) > MOST_BYTES:
        message = "The page is larger than 5 MB: ask for fewer per_page, or for fields without items."
        raise InvalidRequest("QUERY_TOO_BROAD", message, (Detail("per_page", message, "QUERY_TOO_BROAD"),))
    pagination = {
        "page": listed.page,
        "per_page": asked.query.per_page,
        "total": listed.total,
        "total_pages": _pages(listed.total, asked.query.per_page),
        "has_next": listed.has_next,
        "has_previous": listed.has_previous,
    }
    return Reply(data=data, links=_links(request, asked, listed), pagination=pagination)


def _chosen(thing: Mapping[str, Any], fields: frozenset[str] | None) -> Mapping[str, Any]:
    return thing if fields is None else {name: value for name, value in thing.items() if name in fields}


def _pages(total: int | None, per_page: int) -> int | None:
    return None if total is None else -(-total // per_page)


def _last_page(total: int | None, per_page: int) -> int | None:
    """The number of the last page, None where it is unknown or lies too deep to be asked for by number."""
    pages = _pages(total, per_page)
    if pages is None or (pages - 1) * per_page > MOST_CANDIDATES:
        return None
    return max(1, pages)


def _links(request: Request, asked: Asked, listed: Listed[Any]) -> dict[str, str | None]:
    path = request.path.removeprefix(BASE_PATH)
    kept = [(name, value) for name, value in asked.parameters if name not in {"page", "offset", "cursor"}]
    query = asked.query

    def link(parameters: Sequence[tuple[str, str]]) -> str:
        text = urlencode(parameters, safe="[],:", errors="surrogateescape")
        return f"{path}?{text}" if text else path

    def numbered(page: int, skipped: int) -> str:
        by_number = ("page", str(page)) if query.offset is None else ("offset", str(skipped))
        return link([*kept, by_number])

    def beside(cursor: str | None, step: int) -> str:
        if cursor:
            return link([*kept, ("cursor", cursor)])
        return numbered(listed.page + step, max(0, query.skipped + step * query.per_page))

    last = _last_page(listed.total, query.per_page)
    return {
        "self": link(asked.parameters),
        "first": numbered(1, 0),
        "last": None if last is None else numbered(last, (last - 1) * query.per_page),
        "next": beside(listed.next_cursor, 1) if listed.has_next else None,
        "prev": beside(listed.previous_cursor, -1) if listed.has_previous else None,
    }
