"""An account with a key and a customer, on the template's AWS."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from invoicing.wiring import wiring
from tests.aws import Aws
from tests.http import a_key, call, request
from tests.prepared import prepared

if TYPE_CHECKING:
    from tests.functions.business import Business

LINE = {"description": "Web Development Services", "quantity": 10, "unit_price": 150}
QUICK_START = {"customer_id": "cust_123", "items": [LINE], "due_date": "2024-02-15", "currency": "USD"}
"""The request that the product's overview publishes."""
NEW_INVOICE = QUICK_START | {"issue_date": "2024-02-15"}


@pytest.fixture
@prepared
def key(aws: Aws) -> str:
    """The key of an account on ``aws``."""
    assert aws.items("accounts") == []
    return a_key(email="billing@acme.example")


@pytest.fixture
@prepared
def customer(key: str) -> Any:
    body = {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@example.com"}
    return call("customers/create_customer", request("POST", "/customers", body, key=key)).data


@pytest.fixture
@prepared
def draft(key: str, customer: Any) -> Any:
    assert customer
    return call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key)).data


@pytest.fixture
@prepared
def sent(key: str, draft: Any) -> Any:
    """The draft after it was sent, whole."""
    parameters = {"invoice_id": draft["id"]}
    event = request("POST", f"/invoices/{draft['id']}/send", {}, key=key, parameters=parameters)
    assert call("invoices/send_invoice", event).status == 200
    event = request("GET", f"/invoices/{draft['id']}", key=key, parameters=parameters)
    return call("invoices/get_invoice", event).data


@pytest.fixture
def queue(aws: Aws) -> None:
    """The queue of due work; moto cannot copy one, so that only tests that need it have it."""
    aws.client("sqs").create_queue(QueueName=aws.environment["DUE_WORK_QUEUE"].rpartition("/")[2])


@pytest.fixture(scope="module")
def business() -> "Iterator[Business]":
    """One business for all tests of a module."""
    from tests.functions.business import open_business  # noqa: PLC0415 - it begins with what is above

    with open_business() as business:
        yield business


@pytest.fixture(scope="module")
def nothing_changes(business: "Business") -> Iterator[None]:
    """Everything in every table is after all requests of a module what it was before, but the counts of requests."""
    before = business.stored()
    yield
    assert business.stored() == before


@pytest.fixture
def mails(aws: Aws, sent: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What SES is asked to send, in this order."""
    asked: list[dict[str, Any]] = []
    real = wiring().mailer._client.send_raw_email

    def spy(**request: Any) -> Any:
        asked.append(request)
        return real(**request)

    monkeypatch.setattr(wiring().mailer._client, "send_raw_email", spy)
    return asked
