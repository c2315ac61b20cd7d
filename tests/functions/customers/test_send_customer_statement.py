"""POST /customers/{customer_id}/statement/send, and what the worker hands to SES."""

import email
import io
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pypdf
import pytest

from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.http import Response, call, request


def send(key: str, body: Any, customer_id: str = "cust_123", **headers: str) -> Response:
    path, parameters = f"/customers/{customer_id}/statement/send", {"customer_id": customer_id}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    event = request("POST", path, body, key=key, headers=named, parameters=parameters)
    return call("customers/send_customer_statement", event)


def deliveries(key: str, query: str) -> Any:
    return call("deliveries/list_deliveries", request("GET", f"/deliveries?{query}", key=key)).data


def test_the_statement_goes_out_as_a_pdf(key: str, sent: Any, aws: Aws, mails: list[dict[str, Any]]) -> None:
    body = {"start_date": "2024-02-01", "end_date": "2024-02-29", "currency": "USD", "cc": ["boss@example.com"]}
    answer = send(key, body)
    assert answer.status == 200, answer.body
    assert {name: answer.data[name] for name in ("customer_id", "start_date", "end_date", "currency")} == {
        "customer_id": "cust_123", "start_date": "2024-02-01", "end_date": "2024-02-29", "currency": "USD",
    }  # fmt: skip
    Mailing(aws, key).deliver()
    _, *statements = mails
    assert [mail["Destinations"] for mail in statements] == [["ada@example.com"], ["boss@example.com"]]
    for mail in statements:
        message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
        assert message["Subject"].startswith("[Test] Statement of account from ")
        (attachment,) = message.iter_attachments()
        assert attachment.get_filename() == "statement-2024-02-01-2024-02-29.pdf"
        text = pypdf.PdfReader(io.BytesIO(attachment.get_content())).pages[0].extract_text()
        assert "INV-2024-001" in text
        assert "$1,500.00" in text
    query = answer.json["links"]["deliveries"].partition("?")[2]
    shown = deliveries(key, query)
    assert sorted(each["id"] for each in shown) == sorted(answer.data["delivery_ids"])
    assert {(each["status"], each["statement_id"], each["invoice_id"]) for each in shown} == {
        ("sent", answer.data["id"], None)
    }
    assert deliveries(key, f"{query}&invoice_id={sent['id']}") == []
    assert deliveries(key, "statement_id=stmt_404") == []


def test_each_request_asks_for_one_email(key: str, customer: Any, aws: Aws) -> None:
    first, again = (send(key, {}, idempotency_key="k") for _ in range(2))
    assert (first.status, again.body, again.headers["Idempotent-Replayed"]) == (200, first.body, "true")
    assert send(key, {}).data["id"] != first.data["id"]
    events = [item for item in aws.items("events") if item["type"]["S"] == "customer.statement_sent"]
    assert len(events) == len(deliveries(key, "recipient=ada@example.com")) == 2
    read = request("GET", "/customers/cust_123", key=key, parameters={"customer_id": "cust_123"})
    after = call("customers/get_customer", read)
    assert (after.data, after.headers["ETag"]) == (customer, '"v1"')
    assert after.json["links"]["send_statement"].endswith("/customers/cust_123/statement/send")


def test_what_becomes_of_it_is_told(key: str, sent: Any, aws: Aws) -> None:
    mailing = Mailing(aws, key)
    statement = send(key, {"to": "eve@example.com"}).data
    mailing.deliver()
    mailing.report("eve@example.com", "complaint")
    (shown,) = deliveries(key, f"statement_id={statement['id']}")
    assert shown["status"] == "complained"
    (suppression,) = call("deliveries/list_suppressions", request("GET", "/suppressions", key=key)).data
    assert (suppression["address"], suppression["statement_id"]) == ("eve@example.com", statement["id"])


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"start_date": "2024-03-01", "end_date": "2024-02-01"}, "start_date", "DATE_INVALID"),
        ({"end_date": "2024-02-30"}, "end_date", "DATE_INVALID"),
        ({"currency": "XXX"}, "currency", "CURRENCY_INVALID"),
        ({"to": "nobody"}, "to[0]", "EMAIL_INVALID"),
        ({"from": "2024-02-01"}, "from", "FIELD_UNKNOWN"),
    ],
)
def test_what_cannot_be_is_refused(key: str, customer: Any, body: Any, field: str, code: str) -> None:
    refused = send(key, body)
    assert refused.status == 422
    assert [(each["field"], each["code"]) for each in refused.error["details"]] == [(field, code)]


def test_an_unknown_customer_is_not_found(key: str) -> None:
    assert send(key, {}, "no").error["code"] == "CUSTOMER_NOT_FOUND"
