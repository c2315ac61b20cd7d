"""How many AWS requests every operation costs; `python -m benchmarks.cost` shows their units too."""

from collections.abc import Mapping

import pytest

from benchmarks.cost import measure
from benchmarks.costs import expected
from benchmarks.costs.patterns import (
    CHANGE_DRAFT,
    CLOCK,
    COUNT,
    DRAFT,
    FIND_KEY,
    KEY,
    MAIL,
    NOTE,
    PAGE,
    PART_OF_LIST,
    READ,
    READ_TOGETHER,
    TIMELINE,
    WRITE,
    WRITE_NEW,
    WRITE_ONE,
)
from benchmarks.units import Cost, Item, Keys, index_units
from tests.template import read_template

EXPECTED = {
    "create_account": ["TransactWriteItems"],
    "any, without a key": [],
    "any, with a malformed key": [],
    "any, with an unknown key": KEY,
    "create_customer, as the hour's first request": [*KEY, *WRITE_NEW],
    "create_customer": WRITE_NEW,
    "create_customer, id taken": WRITE_NEW,
    "create_customer, wrong field": KEY,
    "get_customer": READ,
    "get_customer, unknown": READ,
    "create_invoice, first of the customer": WRITE,
    "create_invoice, 2 lines": WRITE,
    "create_invoice, 10 lines": WRITE,
    "create_invoice, 500 lines": WRITE,
    "create_invoice, own number": WRITE,
    "create_invoice, own number taken": WRITE,
    "create_invoice, sent by e-mail at once": WRITE,
    "create_invoice, broken JSON": KEY,
    "create_invoice, wrong field": KEY,
    "create_invoice, unknown customer": READ_TOGETHER,
    "create_invoice, 2 MB": KEY,
    "create_invoice, idempotent": WRITE,
    "create_invoice, idempotent, again": WRITE,
    "create_invoice, idempotent, another request": WRITE,
    "calculate_invoice": READ_TOGETHER,
    "calculate_invoice, without a customer": READ,
    "get_invoice, a draft of 2 lines": DRAFT,
    "get_invoice, a draft of 10 lines": DRAFT,
    "get_invoice, a draft of 500 lines": DRAFT,
    "get_invoice, an issued one": READ_TOGETHER,
    "get_invoice, unknown": READ_TOGETHER,
    "send_invoice, unknown": READ_TOGETHER,
    "send_invoice, outdated If-Match": READ_TOGETHER,
    "send_invoice, by e-mail": WRITE,
    "send_invoice, again": WRITE,
    "send_invoice, without e-mail": WRITE,
    "send_invoice, without e-mail, again": READ_TOGETHER,
    "send_invoice, 500 lines, idempotent": WRITE,
    "get_invoice_pdf, of a draft": [*READ_TOGETHER, "GetItem", "PutObject"],
    "get_invoice_pdf, first": [*READ_TOGETHER, "GetObject", "PutObject"],
    "get_invoice_pdf, again": [*READ_TOGETHER, "GetObject"],
    "get_invoice_pdf, bytes, first": [*READ_TOGETHER, "GetObject", "PutObject"],
    "get_invoice_pdf, bytes, again": [*READ_TOGETHER, "GetObject"],
    "get_invoice_pdf, unknown": READ_TOGETHER,
    "view_invoice, by a mail scanner": [*PAGE, "TransactWriteItems"],
    "view_invoice, HEAD": [*PAGE, "TransactWriteItems"],
    "view_invoice, preview": PAGE,
    "view_invoice, by a person, first": [*PAGE, "TransactWriteItems"],
    "view_invoice, by a person, again": [*PAGE, "TransactWriteItems"],
    "view_invoice, unknown": ["GetItem"],
    "download_invoice, by a person, first": [*PAGE, "GetObject", "TransactWriteItems"],
    "download_invoice, by a person, again": [*PAGE, "GetObject", "TransactWriteItems"],
    "health": [],
    "view_dashboard": [],
    **{name: [] for name in ("download_openapi", "view_docs", "open_docs", "download_docs_script")},
    "route_not_found": [],
    "publish_events, 1 event": ["PutEvents"],
    "publish_events, 10 events": ["PutEvents"],
    "deliver_email, PDF new, 500 lines": [
        *CLOCK,
        "BatchGetItem",
        "GetObject",
        "PutObject",
        "GetItem",
        *NOTE,
        *MAIL,
        *NOTE,
    ],
    "deliver_email, PDF there": [*CLOCK, "BatchGetItem", "GetObject", "GetItem", *NOTE, *MAIL, *NOTE],
    "deliver_email, the message again": [*CLOCK, "BatchGetItem"],
    "update_totals, an invoice created": COUNT,
    "update_totals, the message again": ["BatchGetItem"],
    "update_totals, an invoice sent": COUNT,
    "update_totals, 10 invoices created": COUNT,
    "update_totals, a customer created": COUNT,
    "duplicate_invoice": [*KEY, "BatchGetItem", *WRITE_ONE[1:]],
    "duplicate_invoice, unknown": READ_TOGETHER,
    "update_invoice, notes": CHANGE_DRAFT,
    "update_invoice, nothing new": CHANGE_DRAFT[:-1],
    "update_invoice, lines": CHANGE_DRAFT,
    "update_invoice, due date": CHANGE_DRAFT,
    "update_invoice, own number": CHANGE_DRAFT,
    "update_invoice, another customer": WRITE,
    "update_invoice, currency as the customer's": CHANGE_DRAFT,
    "update_invoice, metadata of an issued one": WRITE,
    "create_invoice, all particulars": WRITE,
    "delete_invoice": WRITE,
    "delete_invoice, own number": WRITE,
    "void_invoice, a draft, idempotent": WRITE,
    "void_invoice, a draft, idempotent, again": [*READ_TOGETHER, "GetItem"],
    "void_invoice, not possible": READ_TOGETHER,
    "void_invoice, a sent one": WRITE,
    "void_invoice, with a credit note": WRITE,
    "revise_invoice": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "revise_invoice, a paid one": [*READ_TOGETHER, "GetItem", "GetItem", "TransactWriteItems"],
    "revise_invoice, not possible": READ_TOGETHER,
    "delete_invoice, which revises another": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "update_customer, address": WRITE_ONE,
    "update_customer, name": WRITE_ONE,
    "update_customer, nothing new": READ,
    "delete_customer, without invoices": WRITE_ONE,
    "delete_customer, with invoices": [*READ, "Query", "GetItem", "TransactWriteItems"],
    "delete_customer, again": READ,
    "restore_customer": WRITE_ONE,
    "restore_customer, again": READ,
    "get_account": READ_TOGETHER,
    "update_account": WRITE,
    "update_account, nothing new": READ_TOGETHER,
    "update_account, next number": [*KEY, "BatchGetItem", *WRITE_ONE[1:]],
    "update_account, time zone": [*READ_TOGETHER, *["GetItem"] * 4, "TransactWriteItems"],
    "get_exchange_rates": READ_TOGETHER,
    "replace_exchange_rates": WRITE,
    "create_api_key": [*READ, *CLOCK, "TransactWriteItems"],
    "list_api_keys, 2 keys": FIND_KEY,
    "rotate_api_key": [*READ, *FIND_KEY[1:], *CLOCK, "TransactWriteItems"],
    "revoke_api_key": [*FIND_KEY, "GetItem", "TransactWriteItems"],
    "revoke_api_key, again": FIND_KEY,
    "revoke_api_key, unknown": [*KEY, "Query"],
    "list_invoices, page 1": PART_OF_LIST,
    "list_invoices, next page": PART_OF_LIST,
    "list_invoices, one page has all": PART_OF_LIST,
    "list_invoices, of a state, page 1": PART_OF_LIST,
    "list_invoices, of two states, page 1": [*KEY, *["Query"] * 2, "BatchGetItem"],
    "list_invoices, overdue": [*READ_TOGETHER, *["Query"] * 4, "BatchGetItem"],
    "list_invoices, looked for by currency and state": PART_OF_LIST,
    "list_customers, page 1": PART_OF_LIST,
    "list_customers, next page": PART_OF_LIST,
    "list_invoice_events, one page has all": TIMELINE,
    "list_invoice_events, page 1": TIMELINE,
    "list_invoice_events, next page": TIMELINE,
    "list_invoice_events, unknown": READ,
    "audit_numbering": [*READ_TOGETHER, "Query"],
    "audit_numbering, of a period": [*READ_TOGETHER, "Query", "Query"],
    **expected(),
}

KEYS = Keys(frozenset({"pk"}), {"by_state": (frozenset({"pk", "state", "due"}),) * 2})


@pytest.fixture(scope="module")
def costs() -> Mapping[str, Cost]:
    return {cost.name: cost for cost in measure()}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_an_operation_costs_these_requests(costs: Mapping[str, Cost], name: str) -> None:
    assert costs[name].requests == EXPECTED[name]


@pytest.mark.slow
def test_every_operation_is_measured(costs: Mapping[str, Cost]) -> None:
    assert costs.keys() == EXPECTED.keys()


def test_every_route_is_measured() -> None:
    routed = {function.file.rpartition("/")[2] for function in read_template().functions if function.routes}
    assert routed <= {name.partition(",")[0] for name in EXPECTED}


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        (None, {"state": "sent", "due": "x"}, 1),
        ({"state": "sent", "due": "x"}, None, 1),
        ({"state": "sent", "due": "x"}, {"state": "paid", "due": "x"}, 2),
        ({"state": "sent", "due": "x"}, {"state": "sent", "due": "x", "note": "new"}, 0),
        ({"state": "sent"}, {"state": "paid"}, 0),
        ({"state": "sent"}, {"state": "sent", "due": "x"}, 1),
        (None, {"state": "sent", "due": "x" * 1024}, 2),
    ],
)
def test_an_index_costs_what_becomes_of_its_entry(
    before: dict[str, str] | None, after: dict[str, str] | None, units: int
) -> None:
    def item(texts: dict[str, str] | None) -> Item | None:
        return texts and {name: {"S": text} for name, text in ({"pk": "a"} | texts).items()}

    assert index_units(item(before), item(after), KEYS) == units


@pytest.mark.slow
@pytest.mark.parametrize(("name", "units"), [("create_customer", 1 + 4 + 4), ("create_invoice, 2 lines", 1 + 4 + 9)])
def test_indexes_are_among_the_units(costs: Mapping[str, Cost], name: str, units: int) -> None:
    """The key check, the transaction at twice its kilobytes, the indexes at once theirs."""
    assert costs[name].write_units == units


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "most"), [("a plain life, counted with nine others", 99), ("a plain life, counted alone", 109)]
)
def test_a_plain_life_costs_at_most_this(costs: Mapping[str, Cost], name: str, most: int) -> None:
    """One item is as large as a kilobyte: compressed, it takes one unit or two, as its identifiers come out."""
    assert costs[name].write_units <= most
