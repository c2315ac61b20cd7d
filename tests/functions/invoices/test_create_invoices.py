"""POST /invoices/bulk: in order, each alone, once for each key (docs/reference/conventions.md#bulk)."""

from collections.abc import Mapping
from typing import Any

import pytest

from invoicing.storage.store import DynamoStore
from tests.aws import Aws
from tests.functions.conftest import LINE, NEW_INVOICE
from tests.http import Response, call, request

pytestmark = pytest.mark.usefixtures("customer")

NUMBERED = {"customer_id": "cust_123", "items": [LINE], "send_email": True}
"""An invoice that takes a number as it is issued today."""
WRONG = NEW_INVOICE | {"items": [LINE | {"quantity": 0}]}


def create(key: str, *invoices: Any, headers: Mapping[str, str] | None = None) -> Response:
    body = {"invoices": list(invoices)}
    return call("invoices/create_invoices", request("POST", "/invoices/bulk", body, key=key, headers=headers))


def results(key: str, *invoices: Any, headers: Mapping[str, str] | None = None) -> Any:
    answer = create(key, *invoices, headers=headers)
    assert answer.status == 207, answer.body
    found = answer.data["results"]
    assert [result["index"] for result in found] == list(range(len(invoices)))
    return found


def statuses(found: Any) -> list[int]:
    return [result["status"] for result in found]


def made(aws: Aws) -> int:
    return sum(event["type"]["S"] == "invoice.created" for event in aws.items("events"))


def keyed(item: Any, name: str) -> Any:
    return item | {"idempotency_key": name}


def test_each_item_has_the_answer_of_a_single_request_in_the_order_given(key: str, aws: Aws) -> None:
    wrong = [WRONG, NEW_INVOICE | {"customer_id": "cust_9"}, NEW_INVOICE | {"discuont": 1}, 7]
    found = results(key, NEW_INVOICE, *wrong, NEW_INVOICE)
    assert statuses(found) == [201, 422, 422, 422, 422, 201]
    assert made(aws) == 2
    single = call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key)).data
    own = {"id", "created_at", "updated_at", "items", "content_hash", "pdf_url"}
    assert found[0].keys() == {"index", "status", "data", "warnings"}
    assert {name: found[0]["data"][name] for name in single.keys() - own} == {
        name: single[name] for name in single.keys() - own
    }
    details = [detail for result in found[1:5] for detail in result["error"]["details"]]
    assert [(detail["field"], detail["code"]) for detail in details] == [
        ("invoices[1].items[0].quantity", "QUANTITY_INVALID"),
        ("invoices[2].customer_id", "CUSTOMER_NOT_FOUND"),
        ("invoices[3].discuont", "FIELD_UNKNOWN"),
        ("invoices[4]", "TYPE_INVALID"),
    ]
    assert all(detail["message"].startswith(f"{detail['field']} ") for detail in details)
    assert [result["error"]["code"] for result in found[1:3]] == ["VALIDATION_FAILED", "INVALID_CUSTOMER"]


def test_a_single_request_has_the_same_errors_but_for_the_path(key: str) -> None:
    (alone,) = results(key, WRONG)
    single = call("invoices/create_invoice", request("POST", "/invoices", WRONG, key=key)).error
    assert alone["error"].keys() == single.keys()
    assert alone["error"]["message"] == f"invoices[0].{single['message']}"


def test_warnings_are_with_the_item_that_they_are_about(key: str) -> None:
    first, second = results(key, NEW_INVOICE | {"issue_date": None, "due_date": None}, NEW_INVOICE)
    assert "warnings" not in first
    (warning,) = second["warnings"]
    assert (warning["field"], warning["code"]) == ("invoices[1].due_date", "DUE_DATE_PASSED")
    assert warning["message"].startswith("invoices[1].due_date has passed")


@pytest.mark.parametrize(("count", "code"), [(0, "TOO_FEW"), (101, "TOO_MANY")])
def test_no_items_or_more_than_100_are_refused_and_nothing_is_made(key: str, aws: Aws, count: int, code: str) -> None:
    answer = create(key, *[NEW_INVOICE] * count)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [("invoices", code)]
    assert made(aws) == 0


def test_failed_items_use_no_number(key: str) -> None:
    taken = NUMBERED | {"invoice_number": "OWN-1"}
    found = results(key, NUMBERED, taken, WRONG, taken, NUMBERED)
    assert statuses(found) == [201, 201, 422, 409, 201]
    error = found[3]["error"]
    assert (error["code"], error["details"][0]["field"]) == ("DUPLICATE_INVOICE_NUMBER", "invoices[3].invoice_number")
    assert error["existing_resource"].endswith(f"/invoices/{found[1]['data']['id']}")
    first, last = (found[index]["data"]["invoice_number"] for index in (0, 4))
    assert int(last[-3:]) == int(first[-3:]) + 1


def test_the_same_request_again_has_the_same_answer_and_makes_nothing(key: str, aws: Aws) -> None:
    again = {"Idempotency-Key": "batch-1"}
    items = [NUMBERED, NEW_INVOICE, NEW_INVOICE | {"customer_id": "cust_9"}, NEW_INVOICE, NUMBERED]
    first = create(key, *items, headers=again)
    assert statuses(first.data["results"]) == [201, 201, 422, 201, 201]
    body = {"id": "cust_9", "name": "Now there", "email": "new@example.com"}
    assert call("customers/create_customer", request("POST", "/customers", body, key=key)).status == 201
    second = create(key, *items, headers=again)
    assert (second.body, second.headers["Idempotent-Replayed"], made(aws)) == (first.body, "true", 4)
    other = create(key, *items[:-1], headers=again)
    assert (other.status, other.error["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert made(aws) == 4


def test_what_was_corrected_is_made_and_the_others_are_not_made_again(key: str, aws: Aws) -> None:
    items = [keyed(NUMBERED, f"order-{number}") for number in range(5)]
    items[2] = keyed(WRONG, "order-2")
    first = results(key, *items, headers={"Idempotency-Key": "batch-1"})
    items[2] = keyed(NUMBERED, "order-2")
    second = results(key, *items, headers={"Idempotency-Key": "batch-2"})
    assert (statuses(first), statuses(second)) == ([201, 201, 422, 201, 201], [201] * 5)
    assert made(aws) == 5
    assert [result["data"] for result in second if result["index"] != 2] == [
        result["data"] for result in first if result["index"] != 2
    ]
    # In any order, with a place of its own in each answer.
    (third,) = results(key, keyed(WRONG, "order-9"), items[2])[1:]
    assert (third["data"], made(aws)) == (second[2]["data"], 5)


def test_a_key_is_of_one_item_or_request_only(key: str, aws: Aws) -> None:
    found = results(key, keyed(NEW_INVOICE, "k"), keyed(NEW_INVOICE, "k"), keyed(NEW_INVOICE | {"notes": "x"}, "k"))
    assert statuses(found) == [201, 201, 409]
    assert found[0]["data"]["id"] == found[1]["data"]["id"]
    assert found[2]["error"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    alone = request("POST", "/invoices", NEW_INVOICE, key=key, headers={"Idempotency-Key": "k"})
    assert call("invoices/create_invoice", alone).error["code"] == "IDEMPOTENCY_KEY_REUSED"
    (whole,) = results(key, keyed(NEW_INVOICE, "w"), headers={"Idempotency-Key": "w"})
    assert (whole["status"], whole["error"]["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert made(aws) == 1


class Died(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("own_keys", [False, True])
@pytest.mark.parametrize("answered", [False, True])
def test_a_request_that_died_can_be_sent_again_whole(
    key: str, aws: Aws, monkeypatch: pytest.MonkeyPatch, *, own_keys: bool, answered: bool
) -> None:
    """Killed before each transaction, and after each whose answer was lost."""
    items = [keyed(NUMBERED, f"o-{number}") if own_keys else NUMBERED for number in range(4)]
    headers = {} if own_keys else {"Idempotency-Key": "batch"}
    commit = DynamoStore.commit
    for already in range(3):

        def dying(store: DynamoStore, *changes: Any, most: int = already + 1) -> None:
            if answered:
                commit(store, *changes)
            if made(aws) >= most:
                raise Died
            commit(store, *changes)

        with monkeypatch.context() as patched:
            patched.setattr(DynamoStore, "commit", dying)
            with pytest.raises(Died):
                create(key, *items, headers=headers)
    found = results(key, *items, headers=headers)
    assert (statuses(found), made(aws)) == ([201] * 4, 4)
    numbers = [int(result["data"]["invoice_number"][-3:]) for result in found]
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_an_item_that_breaks_leaves_the_others_alone_and_is_tried_again(
    key: str, aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = {"Idempotency-Key": "batch"}
    commit = DynamoStore.commit

    def breaking(store: DynamoStore, *changes: Any) -> None:
        if made(aws) == 1:
            patched.undo()
            raise RuntimeError("botocore said no")
        commit(store, *changes)

    with monkeypatch.context() as patched:
        patched.setattr(DynamoStore, "commit", breaking)
        first = results(key, *[NUMBERED] * 3, headers=again)
    assert statuses(first) == [201, 500, 201]
    assert first[1]["error"].keys() == {"type", "code", "message", "details", "request_id", "timestamp"}
    second = results(key, *[NUMBERED] * 3, headers=again)
    assert (statuses(second), made(aws)) == ([201] * 3, 3)
    assert (second[0]["data"], second[2]["data"]) == (first[0]["data"], first[2]["data"])


def test_when_time_runs_out_the_rest_is_said_to_be_undone(key: str, aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    again = {"Idempotency-Key": "batch"}
    with monkeypatch.context() as patched:
        patched.setattr("invoicing.api.bulk.time.monotonic", lambda: 100.0 * (made(aws) >= 2))
        first = results(key, *[NEW_INVOICE] * 4, headers=again)
    assert (statuses(first), made(aws)) == ([201, 201, 503, 503], 2)
    assert (first[3]["error"]["code"], first[3]["error"]["retry_after"]) == ("SERVICE_UNAVAILABLE", 1)
    second = results(key, *[NEW_INVOICE] * 4, headers=again)
    assert (statuses(second), made(aws)) == ([201] * 4, 4)
    assert [result["data"] for result in second[:2]] == [result["data"] for result in first[:2]]


def test_no_item_begins_once_the_response_is_full(key: str, aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoicing.api.bulk.MOST_BYTES", 5_000)
    found = results(key, *[NEW_INVOICE] * 4)
    assert (statuses(found), made(aws)) == ([201, 201, 413, 413], 2)
    assert found[2]["error"]["code"] == "REQUEST_TOO_LARGE"


def test_a_request_counts_once_however_many_items_it_has(key: str) -> None:
    before = create(key, NEW_INVOICE).headers["X-RateLimit-Remaining"]
    after = create(key, *[NEW_INVOICE] * 5).headers["X-RateLimit-Remaining"]
    assert int(after) == int(before) - 1
