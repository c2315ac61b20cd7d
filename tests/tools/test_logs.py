"""What `make run` shows of the functions' logs."""

import json
from typing import Any

import pytest

from tools.logs import line_of

NAMES = {"invoicing-SendInvoiceFunction-9B48B8F4AA55F": "send_invoice"}
REQUEST = {
    "level": "INFO",
    "location": "__call__:115",
    "message": "request",
    "timestamp": "2026-11-26 01:30:19,625+0000",
    "service": "invoicing",
    "function": "invoicing-SendInvoiceFunction-9B48B8F4AA55F",
    "_aws": {"Timestamp": 1},
    "Requests": 1,
    "operation": "POST /invoices/{invoice_id}/send",
    "request_id": "req_1",
    "key_id": "key_1",
    "status": 200,
    "code": None,
    "milliseconds": 42,
}


def shown(record: Any) -> str:
    return line_of(json.dumps(record), NAMES)


def test_a_request_is_one_line() -> None:
    assert shown(REQUEST) == "POST /invoices/{invoice_id}/send 200 42 ms send_invoice"


def test_a_refused_request_says_why() -> None:
    refused = REQUEST | {"status": 422, "code": "VALIDATION_FAILED"}
    assert shown(refused) == ("POST /invoices/{invoice_id}/send 422 VALIDATION_FAILED 42 ms send_invoice")


def test_a_request_of_an_unknown_function_names_it_as_lambda_does() -> None:
    assert shown(REQUEST | {"function": "elsewhere"}).endswith("42 ms elsewhere")
    assert shown({name: value for name, value in REQUEST.items() if name != "function"}).endswith("42 ms")


def test_any_other_record_is_shown_with_its_own_fields() -> None:
    record = {
        "level": "INFO",
        "message": "delivery",
        "service": "invoicing",
        "function": "invoicing-SendInvoiceFunction-9B48B8F4AA55F",
        "status": "sent",
        "failure": None,
        "Reactions": 1,
    }
    assert shown(record) == "send_invoice: delivery status=sent"


def test_an_error_is_shown_with_its_traceback() -> None:
    record = {"level": "ERROR", "message": "failed", "exception": "Traceback\n  boom", "exception_name": "ValueError"}
    assert shown(record | {"function": REQUEST["function"]}) == "ERROR send_invoice: failed\nTraceback\n  boom"


@pytest.mark.parametrize("text", ["Traceback (most recent call last):", "[1, 2]", "7", '{"broken'])
def test_what_is_no_record_stays_as_it_is(text: str) -> None:
    assert line_of(text, NAMES) == text
