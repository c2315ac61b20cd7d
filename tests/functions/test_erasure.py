"""Erasing a customer over HTTP, and what the queue of due work does of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices import invoice_walk
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.messaging.due_work import message_of
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, load_handler, request
from tests.messages import messages_of
from tests.sample_parties import DELIVERY, PARTY

ZOE = "Zoe Zebra"
OLD = {"issue_date": "2010-05-05", "due_date": "2010-06-05", "notes": ZOE, "metadata": {"crm": ZOE}}


def ask(key: str, file: str, method: str, path: str, body: Any = None, **parameters: str) -> Response:
    return call(file, request(method, path, body, key=key, parameters=parameters))


def erase(key: str, customer_id: str = "cust_zoe", query: str = "?erase=true") -> Response:
    path = f"/customers/{customer_id}{query}"
    return ask(key, "customers/delete_customer", "DELETE", path, customer_id=customer_id)


@pytest.fixture
def billed(key: str, customer: Any) -> dict[str, str]:
    """A customer with an old invoice, a payment, a credit note and a statement: their ids."""
    known = PARTY | DELIVERY | {"id": "cust_zoe", "name": ZOE, "email": "zoe@zebra.example", "notes": ZOE}
    assert ask(key, "customers/create_customer", "POST", "/customers", known).status == 201
    new = NEW_INVOICE | OLD | {"customer_id": "cust_zoe", "send_email": True}
    invoice = ask(key, "invoices/create_invoice", "POST", "/invoices", new).data["id"]
    paid = {"amount": 10, "payment_date": "2010-06-01", "reference": ZOE}
    path = f"/invoices/{invoice}/payments"
    payment = ask(key, "payments/record_invoice_payment", "POST", path, paid, invoice_id=invoice).data["id"]
    for file, path, parameters in (
        ("invoices/get_invoice_pdf", f"/invoices/{invoice}/pdf", {"invoice_id": invoice}),
        ("payments/get_payment_receipt", f"/payments/{payment}/receipt", {"payment_id": payment}),
    ):
        assert ask(key, file, "GET", path, **parameters).status == 200
    return {"invoice_id": invoice, "payment_id": payment}


def stored(aws: Aws) -> list[str]:
    """The names of all documents."""
    listed = aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])
    return sorted(each["Key"].partition("/")[0] for each in listed.get("Contents", ()))


def run_erasure(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all of the erasure be done at once, also what waits until requests have settled."""
    monkeypatch.setattr(invoice_walk, "SETTLED", SETTLED * 0)
    (account,) = {item["pk"]["S"] for item in aws.items("jobs")}
    entry = DueEntry(datetime.now(UTC), Work.JOB, "erasure#cust_zoe", "Erasure", account)
    record = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    assert load_handler("reactions/run_due_work")({"Records": [record]}, None) == {"batchItemFailures": []}
    assert aws.items("jobs") == []


def test_what_is_kept_says_nothing_of_who_it_was(
    aws: Aws, key: str, billed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stored(aws) == ["issued", "receipts"]
    assert erase(key).error["code"] == "CUSTOMER_NOT_ARCHIVED"
    assert erase(key, query="").status == 204
    assert [erase(key).status, erase(key).status, erase(key, query="").status] == [204] * 3
    load_handler("reactions/update_search")({"Records": messages_of(aws)}, None)
    run_erasure(aws, monkeypatch)
    found = ask(key, "customers/get_customer", "GET", "/customers/cust_zoe", customer_id="cust_zoe")
    assert (found.data["name"], found.data["email"], found.data["notes"]) == ("Erased customer", None, None)
    assert found.data["erased_at"] is not None
    assert found.json["links"]["restore"] is None
    path = f"/invoices/{billed['invoice_id']}"
    invoice = ask(key, "invoices/get_invoice", "GET", path, invoice_id=billed["invoice_id"]).data
    assert (invoice["customer"]["name"], invoice["issue_date"]) == ("Erased customer", "2010-05-05")
    entries = ask(key, "customers/list_ledger_entries", "GET", "/customers/cust_zoe/ledger", customer_id="cust_zoe")
    assert [(each["type"], each["document"] is None) for each in entries.data] == [
        ("payment", True),
        ("invoice", False),
    ]
    assert ask(key, "customers/list_customers", "GET", "/customers?search=zebra&archived=true").data == []
    deliveries = ask(key, "deliveries/list_deliveries", "GET", "/deliveries").data
    assert [(each["recipient"], each["status"], each["reason"]) for each in deliveries] == [
        (None, "skipped", "customer_erased")
    ]
    assert stored(aws) == []
    drawn = ask(key, "invoices/get_invoice_pdf", "GET", f"{path}/pdf", invoice_id=billed["invoice_id"])
    assert drawn.status == 200


def test_newer_documents_are_kept_for_as_long_as_the_account_says(key: str, billed: dict[str, str]) -> None:
    changed = ask(key, "account/update_account", "PATCH", "/account", {"retention_years": 30})
    assert changed.data["retention_years"] == 30
    erase(key, query="")
    refused = erase(key)
    assert (refused.status, refused.error["code"]) == (409, "RETENTION_NOT_ENDED")
    assert refused.error["erasable_from"] == "2041-01-01"
    assert "2041-01-01" in refused.error["message"]


@pytest.mark.parametrize("years", [0, 31, None, "ten", 1.5])
def test_years_are_a_whole_number_within_limits(key: str, years: Any) -> None:
    assert ask(key, "account/update_account", "PATCH", "/account", {"retention_years": years}).status == 422


@pytest.mark.parametrize("query", ["?erase=yes", "?erase", "?purge=true", "?erase=true&erase=true"])
def test_other_parameters_are_refused_and_nothing_is_deleted(key: str, customer: Any, query: str) -> None:
    assert erase(key, "cust_123", query).error["code"] == "INVALID_QUERY"
    assert erase(key, "cust_123", "?erase=false").status == 204
