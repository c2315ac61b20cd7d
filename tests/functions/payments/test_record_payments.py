"""POST /payments/bulk: each payment alone, after those before it."""

from decimal import Decimal
from typing import Any

import pytest

from invoicing.storage.store import DynamoStore
from tests.aws import Aws
from tests.functions.payments.asking import a_sent_invoice, ask, pay, read_invoice


def record(key: str, *payments: Any, **headers: str) -> Any:
    answer = ask(key, "record_payments", "/payments/bulk", {"payments": list(payments)}, **headers)
    assert answer.status == 207, answer.body
    return answer.data["results"]


def of(invoice: Any, amount: float, **wishes: Any) -> Any:
    return {"invoice_id": invoice["id"], "amount": amount} | wishes


def test_a_payment_meets_what_those_before_it_left(key: str, customer: Any, aws: Aws) -> None:
    invoice, other = a_sent_invoice(key), a_sent_invoice(key, 50)
    found = record(key, of(invoice, 60), of(invoice, 60), of(other, 50), of(invoice, 40))
    assert [result["status"] for result in found] == [201, 422, 201, 201]
    error = found[1]["error"]
    assert (error["code"], error["details"][0]["field"]) == ("AMOUNT_EXCEEDS_DUE", "payments[1].amount")
    assert "40.00" in error["message"]
    assert [read_invoice(key, each)["status"] for each in (invoice, other)] == ["paid", "paid"]
    assert len(aws.items("payments")) == 3


def test_a_payment_is_recorded_as_alone(key: str, customer: Any) -> None:
    invoice = a_sent_invoice(key)
    wishes = {"payment_method": "check", "reference": "4711", "payment_date": "2026-03-01"}
    (result,) = record(key, of(invoice, 130, allow_overpayment=True, **wishes))
    assert {name: result["data"][name] for name in wishes} == wishes
    assert (result["data"]["credited_amount"], result["data"]["invoice_id"]) == (Decimal(30), invoice["id"])


def test_an_invoice_that_is_unknown_or_a_draft_fails_alone(key: str, draft: Any, aws: Aws) -> None:
    found = record(key, of({"id": "inv_9"}, 1), of(draft, 1), {"amount": 1}, of({"id": "x" * 5000}, 1))
    assert [result["status"] for result in found] == [404, 409, 422, 422]
    assert [result["error"]["code"] for result in found[:2]] == ["INVOICE_NOT_FOUND", "INVALID_INVOICE_STATE"]
    assert found[1]["error"]["possible_actions"]
    assert found[2]["error"]["details"][0]["field"] == "payments[2].invoice_id"
    assert aws.items("payments") == []


def test_a_doubtful_payment_says_so_with_its_result(key: str, customer: Any) -> None:
    invoice = a_sent_invoice(key)
    again = of(invoice, 10, reference="TX-1", payment_date="2026-03-01")
    first, second = record(key, again, again)
    assert "warnings" not in first
    assert [(found["field"], found["code"]) for found in second["warnings"]] == [
        ("payments[1].amount", "LIKELY_DUPLICATE")
    ]


def test_money_comes_in_once_for_each_key(key: str, customer: Any, aws: Aws) -> None:
    """The invoice is paid by the first request, so that the payment alone would no longer be possible."""
    invoice = a_sent_invoice(key)
    items = [of(invoice, 60, idempotency_key="tx-1"), of(invoice, 40, idempotency_key="tx-2")]
    first = record(key, *items)
    assert [result["status"] for result in first] == [201, 201]
    assert record(key, *items) == first
    assert record(key, *items[::-1], idempotency_key="whole")[0]["data"] == first[1]["data"]
    assert len(aws.items("payments")) == 2


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """What others do right after the first transaction, when everything has been read."""
    commit = DynamoStore.commit

    def committing(store: DynamoStore, *changes: Any) -> None:
        commit(store, *changes)
        monkeypatch.setattr(DynamoStore, "commit", commit)
        act()

    monkeypatch.setattr(DynamoStore, "commit", committing)


def test_a_payment_fails_only_by_what_is_so_now(
    key: str, customer: Any, monkeypatch: pytest.MonkeyPatch, aws: Aws
) -> None:
    """The second invoice was paid when the request began, and is refunded meanwhile."""
    first, second = a_sent_invoice(key), a_sent_invoice(key)
    paid = pay(key, second, 100)
    meanwhile(monkeypatch, lambda: ask(key, "refund_payment", f"/payments/{paid['id']}/refund", {}))
    assert [result["status"] for result in record(key, of(first, 1), of(second, 100))] == [201, 201]


def test_a_payment_takes_no_more_than_is_due_now(
    key: str, customer: Any, monkeypatch: pytest.MonkeyPatch, aws: Aws
) -> None:
    first, second = a_sent_invoice(key), a_sent_invoice(key)
    meanwhile(monkeypatch, lambda: pay(key, second, 60))
    found = record(key, of(first, 1), of(second, 60))
    assert (found[1]["status"], found[1]["error"]["code"]) == (422, "AMOUNT_EXCEEDS_DUE")
    assert read_invoice(key, second)["amount_due"] == 40


def test_a_payment_that_another_request_recorded_meanwhile_is_answered_as_recorded(
    key: str, customer: Any, monkeypatch: pytest.MonkeyPatch, aws: Aws
) -> None:
    first, second = a_sent_invoice(key), a_sent_invoice(key)
    items = [of(first, 1, idempotency_key="a"), of(second, 100, idempotency_key="b")]
    others: list[Any] = []
    meanwhile(monkeypatch, lambda: others.extend(record(key, items[1])))
    found = record(key, *items)
    assert (found[1]["status"], found[1]["data"]) == (201, others[0]["data"])
    assert len(aws.items("payments")) == 2
