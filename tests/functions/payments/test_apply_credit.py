from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request
from tests.prepared import prepared


def apply(key: str, invoice_id: str, body: Any = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, parameters = f"/invoices/{invoice_id}/apply-credit", {"invoice_id": invoice_id}
    return call("payments/apply_credit", request("POST", path, body, key=key, headers=named, parameters=parameters))


@pytest.fixture
@prepared
def second(key: str, sent: Any) -> Any:
    """Another invoice of a customer that has paid 100 too much for the first one."""
    body = {"amount": sent["total"] + 100, "allow_overpayment": True}
    path, parameters = f"/invoices/{sent['id']}/payments", {"invoice_id": sent["id"]}
    paid = call("payments/record_invoice_payment", request("POST", path, body, key=key, parameters=parameters))
    assert paid.status == 201
    return call(
        "invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | {"send_email": True}, key=key)
    ).data


def test_credit_pays_an_invoice(key: str, second: Any, aws: Aws) -> None:
    answer = apply(key, second["id"], {"amount": 40})
    assert answer.status == 201
    data = answer.data
    assert (data["amount"], data["payment_method"], data["credited_amount"]) == (40, "customer_credit", 0)
    assert answer.headers["Location"].endswith(f"/payments/{data['id']}")
    assert apply(key, second["id"]).data["amount"] == 60
    parameters = {"invoice_id": second["id"]}
    invoice = call("invoices/get_invoice", request("GET", "/invoices/x", key=key, parameters=parameters)).data
    assert (invoice["amount_paid"], invoice["amount_due"], invoice["status"]) == (100, 1400, "partially_paid")
    assert len([item for item in aws.items("ledger") if "document" in item]) == 5


def test_more_than_there_is_is_refused(key: str, second: Any) -> None:
    answer = apply(key, second["id"], {"amount": 100.01})
    assert (answer.status, answer.error["code"]) == (422, "AMOUNT_EXCEEDS_CREDIT")
    assert apply(key, second["id"], {"amount": 1500.01}).error["code"] == "AMOUNT_EXCEEDS_DUE"
    assert apply(key, second["id"], {"amount": 0}).error["details"][0]["code"] == "AMOUNT_INVALID"
    apply(key, second["id"])
    answer = apply(key, second["id"])
    assert (answer.status, answer.error["code"]) == (409, "NOTHING_TO_APPLY")


def test_the_same_key_uses_it_once(key: str, second: Any) -> None:
    first = apply(key, second["id"], {"amount": 40}, idempotency_key="k")
    again = apply(key, second["id"], {"amount": 40}, idempotency_key="k")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert apply(key, second["id"]).data["amount"] == 60


def test_another_version_or_an_unknown_invoice_is_refused(key: str, second: Any) -> None:
    assert apply(key, second["id"], if_match='"v7"').status == 412
    assert apply(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
