import json
from collections.abc import Sequence
from typing import Any

import pytest

from invoicing.domain.errors import Unavailable
from invoicing.domain.lists import list_counter
from invoicing.operations.reactions.update_totals import MOST_ENTITIES
from invoicing.storage.lists import page as list_page
from invoicing.storage.store import DynamoStore
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, a_key, call, load_handler, request
from tests.messages import messages_of
from tests.template import read_template


def count(messages: Sequence[dict[str, Any]]) -> list[str]:
    """Ids of the messages that shall come again."""
    answer = load_handler("reactions/update_totals")({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def counters(aws: Aws) -> dict[str, int]:
    """The counts, each by its counter and name."""
    return {
        f"{item['sk']['S']}#{name}".strip("#"): count
        for item in aws.items("totals")
        if "counted" in item
        for name, count in json.loads(item["counted"]["S"]).items()
    }


def listed(key: str, query: str = "") -> Response:
    return call("invoices/list_invoices", request("GET", f"/invoices{query}", key=key))


def test_what_happened_is_counted_once_however_often_the_queue_says_it(aws: Aws, sent: Any) -> None:
    messages = messages_of(aws)
    expected = {
        "customers#archived=false": 1,
        "invoices": 1,
        "invoices#currency=USD": 1,
        "invoices#customer_id=cust_123": 1,
        "invoices#status=sent": 1,
    }
    for batch in (messages[::-1], messages, *([message] for message in messages)):
        assert count(batch) == []
        assert counters(aws) == expected


def test_a_deleted_draft_is_counted_no_more(aws: Aws, key: str, draft: Any) -> None:
    parameters = {"invoice_id": draft["id"]}
    assert call(
        "invoices/delete_invoice", request("DELETE", f"/invoices/{draft['id']}", key=key, parameters=parameters)
    ).status == 204  # fmt: skip
    *_, made, gone = messages_of(aws)
    assert count([gone]) == count([made]) == []
    assert counters(aws) == {}


def test_each_account_has_its_own_counters(aws: Aws, key: str, sent: Any) -> None:
    other = a_key()
    body = {"id": "cust_123", "name": "Bob"}
    assert call("customers/create_customer", request("POST", "/customers", body, key=other)).status == 201
    assert count(messages_of(aws)) == []
    mine = {item["pk"]["S"] for item in aws.items("totals") if item["sk"]["S"] == "invoices"}
    customers = [item["pk"]["S"] for item in aws.items("totals") if item["sk"]["S"] == "customers"]
    assert len(mine) == 1
    assert len(customers) == 2
    assert mine < set(customers)


def test_what_is_no_event_does_not_stop_the_others(aws: Aws, sent: Any) -> None:
    broken = [
        {"messageId": "m-0", "eventSource": "aws:sqs", "body": "{}"},
        {"messageId": "m-1", "eventSource": "aws:sqs", "body": "not JSON"},
    ]
    assert count([*broken, *messages_of(aws)]) == ["m-0", "m-1"]
    assert counters(aws)["invoices"] == 1


def test_an_account_whose_counters_are_busy_is_counted_later_and_others_now(
    aws: Aws, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"id": "cust_123", "name": "Bob"}
    call("customers/create_customer", request("POST", "/customers", body, key=a_key()))
    messages = messages_of(aws)
    busy = json.loads(messages[0]["body"])["detail"]["account"]
    of_busy = [message["messageId"] for message in messages if json.loads(message["body"])["detail"]["account"] == busy]
    real = DynamoStore.commit

    def commit(store: DynamoStore, changes: Any, mark: Any = None) -> None:
        if changes.saves[0].entity.account == busy:
            raise Unavailable("SERVICE_UNAVAILABLE", "Busy.")
        real(store, changes, mark)

    with monkeypatch.context() as patched:
        patched.setattr(DynamoStore, "commit", commit)
        assert count(messages) == of_busy
    assert "invoices" not in counters(aws)
    assert count([message for message in messages if message["messageId"] in of_busy]) == []
    assert counters(aws)["invoices"] == 1


def test_a_list_of_many_has_the_total_that_was_counted(
    aws: Aws, key: str, customer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 3)
    for number in range(5):
        call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key))
        pagination = listed(key, "?per_page=1").json["meta"]["pagination"]
        assert pagination["total"] == (number + 1 if number < 3 else None)
    assert count(messages_of(aws)) == []
    for query in ("?per_page=2", "?per_page=2&status=draft", "?per_page=2&customer_id=cust_123&currency=USD"):
        answer = listed(key, query).json
        if "currency" in query:
            assert answer["error"]["code"] == "QUERY_TOO_BROAD"
        else:
            assert answer["meta"]["pagination"]["total"] == 5
            assert answer["meta"]["pagination"]["total_pages"] == 3
            assert answer["links"]["last"].endswith("page=3")


@pytest.mark.parametrize(("total", "last"), [(1002, "page=501"), (1003, None)])
def test_the_last_page_is_linked_where_it_can_be_asked_for(
    aws: Aws, key: str, customer: Any, monkeypatch: pytest.MonkeyPatch, *, total: int, last: str | None
) -> None:
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 2)
    for _ in range(3):
        call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key))
    count(messages_of(aws))
    counter = next(item for item in aws.items("totals") if item["sk"]["S"] == "invoices")
    item = counter | {"counted": {"S": json.dumps({"": total})}}
    aws.client("dynamodb").put_item(TableName=aws.environment["TOTALS_TABLE"], Item=item)
    answer = listed(key, "?per_page=2").json
    assert answer["meta"]["pagination"]["total"] == total
    assert answer["links"]["last"] is None if last is None else answer["links"]["last"].endswith(last)


def test_what_happens_within_a_window_is_one_write_to_each_counter(
    aws: Aws, key: str, customer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(MOST_ENTITIES):
        call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key))
    messages = [message for message in messages_of(aws) if "invoice.created" in message["body"]]
    written: list[str] = []
    real = DynamoStore.commit

    def commit(store: DynamoStore, changes: Any, mark: Any = None) -> None:
        written.extend(save.entity.id for save in changes.saves)
        real(store, changes, mark)

    monkeypatch.setattr(DynamoStore, "commit", commit)
    assert count(messages) == []
    assert len(written) == MOST_ENTITIES + 2
    assert {"invoices", "invoices#customer_id=cust_123"} <= set(written)


def test_totals_follow_within_ten_seconds() -> None:
    template = read_template()
    mapping = template.resources("AWS::Lambda::EventSourceMapping")["TotalsQueueMapping"]["Properties"]
    window = mapping["MaximumBatchingWindowInSeconds"]
    assert 1 <= window <= 5, "which leaves as much for stream, bus and counting"
    assert mapping["BatchSize"] > MOST_ENTITIES
    timeout = template.resources("AWS::Serverless::Function")["UpdateTotalsFunction"]["Properties"]["Timeout"]
    queue = template.resources("AWS::SQS::Queue")["TotalsQueue"]["Properties"]
    assert queue["VisibilityTimeout"] >= 6 * timeout + window


def test_a_customer_with_many_invoices_is_listed_by_status_from_entries(
    aws: Aws, key: str, customer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_counter, "MANY", 3)
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 4)
    for _ in range(5):
        call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE, key=key))
    query = "?customer_id=cust_123&status=draft&sort=amount&per_page=2"
    assert listed(key, query).json["error"]["code"] == "QUERY_TOO_BROAD"
    assert count(messages_of(aws)) == []
    answer = listed(key, query).json
    assert (len(answer["data"]), answer["meta"]["pagination"]["total"]) == (2, 5)
    assert "cursor=" in answer["links"]["next"]
