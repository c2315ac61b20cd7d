"""How many AWS requests every operation costs; `python -m benchmarks.cost` shows their units too."""

from collections.abc import Mapping

import pytest

from benchmarks.cost import Cost, measure

KEY = ["UpdateItem"]
"""The key check: checks the key and counts the request at once."""

READ = [*KEY, "GetItem"]
READ_TOGETHER = [*KEY, "BatchGetItem"]
WRITE_NEW = [*KEY, "TransactWriteItems"]
WRITE = [*KEY, "BatchGetItem", "TransactWriteItems"]
PAGE = ["GetItem", "GetItem"]
"""A page's token leads to its link, and that to the invoice."""

NOTE, MAIL = ["TransactWriteItems"], ["SendRawEmail"]

EXPECTED = {
    "create_account": ["TransactWriteItems", "PutItem"],
    "any, without a key": [],
    "any, with a malformed key": [],
    "any, with an unknown key": KEY,
    "create_customer, as the hour's first request": [*KEY, *WRITE_NEW],
    "create_customer": WRITE_NEW,
    "create_customer, id taken": WRITE_NEW,
    "create_customer, wrong field": KEY,
    "get_customer": READ,
    "get_customer, unknown": READ,
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
    "get_invoice, 2 lines": READ,
    "get_invoice, 10 lines": READ,
    "get_invoice, 500 lines": READ,
    "get_invoice, unknown": READ,
    "send_invoice, unknown": READ_TOGETHER,
    "send_invoice, outdated If-Match": READ_TOGETHER,
    "send_invoice, by e-mail": WRITE,
    "send_invoice, again": WRITE,
    "send_invoice, without e-mail": WRITE,
    "send_invoice, without e-mail, again": READ_TOGETHER,
    "send_invoice, 500 lines, idempotent": WRITE,
    "get_invoice_pdf, of a draft": [*READ_TOGETHER, "PutObject"],
    "get_invoice_pdf, first": [*READ_TOGETHER, "GetObject", "PutObject"],
    "get_invoice_pdf, again": [*READ_TOGETHER, "GetObject"],
    "get_invoice_pdf, bytes, first": [*READ_TOGETHER, "GetObject", "PutObject"],
    "get_invoice_pdf, bytes, again": [*READ_TOGETHER, "GetObject"],
    "get_invoice_pdf, unknown": READ_TOGETHER,
    "view_invoice, by a mail scanner": PAGE,
    "view_invoice, HEAD": PAGE,
    "view_invoice, by a person, first": [*PAGE, "TransactWriteItems"],
    "view_invoice, by a person, again": PAGE,
    "view_invoice, unknown": ["GetItem"],
    "download_invoice, by a person, first": [*PAGE, "GetObject", "TransactWriteItems"],
    "download_invoice, by a person, again": [*PAGE, "GetObject"],
    "route_not_found": [],
    "publish_events, 1 event": ["PutEvents"],
    "publish_events, 10 events": ["PutEvents"],
    "deliver_email, PDF new, 500 lines": ["BatchGetItem", "GetObject", "PutObject", *NOTE, *MAIL, *NOTE],
    "deliver_email, PDF there": ["BatchGetItem", "GetObject", *NOTE, *MAIL, *NOTE],
    "deliver_email, the message again": ["BatchGetItem"],
}


@pytest.fixture(scope="module")
def costs() -> Mapping[str, Cost]:
    return {cost.name: cost for cost in measure()}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_operation_costs_these_requests(costs: Mapping[str, Cost], name: str) -> None:
    assert costs[name].requests == EXPECTED[name]


def test_every_operation_is_measured(costs: Mapping[str, Cost]) -> None:
    assert costs.keys() == EXPECTED.keys()
