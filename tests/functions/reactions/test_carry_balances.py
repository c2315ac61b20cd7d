from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.errors import Unavailable
from invoicing.operations.reactions import carry_balances as module
from invoicing.operations.reactions.carry_balances import SETTLED_AFTER
from invoicing.storage.store import DynamoStore
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.customers.test_get_customer_balance import balance
from tests.http import call, load_handler, request
from tests.messages import messages_of
from tests.template import read_template


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """One entry is enough, two are a step, and all are old enough."""
    monkeypatch.setattr(module, "FEWEST_ENTRIES", 1)
    monkeypatch.setattr(module, "MOST_ENTRIES", 2)
    monkeypatch.setattr(module, "SETTLED_AFTER", -SETTLED_AFTER)


@pytest.fixture
def invoices(key: str, sent: Any) -> list[Any]:
    new = NEW_INVOICE | {"send_email": True}
    return [sent, *(call("invoices/create_invoice", request("POST", "/invoices", new, key=key)).data for _ in range(4))]


def carry(messages: Sequence[dict[str, Any]]) -> list[str]:
    """Ids of the messages that shall come again."""
    answer = load_handler("reactions/carry_balances")({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def of_entries(aws: Aws) -> list[dict[str, Any]]:
    return [message for message in messages_of(aws) if '"invoice.sent"' in message["body"]]


def versions(aws: Aws) -> dict[str, int]:
    return {
        item["sk"]["S"]: int(item["version"]["N"])
        for item in aws.items("totals")
        if item["sk"]["S"].startswith("balance#")
    }


def test_balances_stay_the_same_however_often_the_queue_says_it(aws: Aws, key: str, invoices: list[Any]) -> None:
    before, messages = balance(key, "cust_123").data, of_entries(aws)
    assert before["balances"][0]["open_invoices"] == 5
    for batch in (messages[::-1], messages, messages[:1]):
        assert carry(batch) == []
        assert balance(key, "cust_123").data == before
        assert versions(aws) == {"balance#cust_123": 3}
    later = NEW_INVOICE | {"send_email": True}
    call("invoices/create_invoice", request("POST", "/invoices", later, key=key))
    assert balance(key, "cust_123").data["balances"][0]["open_invoices"] == 6


def test_what_failed_comes_again(aws: Aws, key: str, invoices: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    messages = of_entries(aws)

    def unavailable(*_: Any) -> None:
        raise Unavailable("SERVICE_UNAVAILABLE", "Not now.")

    with monkeypatch.context() as patched:
        patched.setattr(DynamoStore, "commit", unavailable)
        assert carry(messages) == [message["messageId"] for message in messages]
    assert versions(aws) == {}
    assert carry(messages) == []
    assert versions(aws) == {"balance#cust_123": 3}


def test_events_come_when_their_entries_are_old_enough() -> None:
    queue = read_template().resources("AWS::SQS::Queue")["BalancesQueue"]["Properties"]
    assert timedelta(seconds=queue["DelaySeconds"]) >= SETTLED_AFTER + timedelta(seconds=30)


def test_no_request_lasts_until_its_entry_is_carried_forward() -> None:
    """All functions that book have the time limit of all: none of these has its own and writes to the ledger."""
    template = read_template()
    limit = template.content["Globals"]["Function"]["Timeout"]
    own = [
        properties["Timeout"]
        for properties in (each["Properties"] for each in template.resources("AWS::Serverless::Function").values())
        if "Timeout" in properties
        for statement in properties["Policies"][0]["Statement"]
        if statement["Resource"] == {"Fn::GetAtt": ["LedgerTable", "Arn"]} and "dynamodb:PutItem" in statement["Action"]
    ]
    assert 2 * timedelta(seconds=max([limit, *own])) < SETTLED_AFTER
