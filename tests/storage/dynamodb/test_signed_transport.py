"""Requests that go out directly: they say and get what those of botocore's client do, and what fails is done by it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError

from invoicing.aws_session import CONFIG, open_session
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.signed_transport import SignedTransport
from invoicing.storage.store import DynamoStore
from tests.builders import a_customer
from tests.storage.between import Answer, Between, forwarded
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL, close
from tests.storage.tables import NAMES

CUSTOMERS = NAMES["customers"]
GET = {"TableName": CUSTOMERS, "Key": {"pk": {"S": "acc"}, "sk": {"S": "cust"}}}


@contextmanager
def transport(answer: Callable[[str, bytes], Answer | None]) -> Iterator[tuple[SignedTransport, Between, list[Any]]]:
    """A client whose direct requests are answered so, and whose other requests are listed."""
    between, others = Between(answer), list[Any]()

    def fallback_client(operation: str, request: dict[str, Any]) -> dict[str, Any]:
        others.append((operation, json.loads(json.dumps(request))))
        return {"answered": "by the client"}

    with between.running():
        client = SignedTransport(open_session(), between.url, CONFIG, fallback_client)
        yield client, between, others
        client.close()


def test_what_is_answered_is_asked_once(credentials: None) -> None:
    found = {"Item": {"pk": {"S": "acc"}, "document": {"B": "AAH/"}, "B": {"S": "AAH/"}, "n": {"N": "1"}}}
    with transport(lambda *_: (200, json.dumps(found).encode())) as (client, between, others):
        answer = client._make_api_call("GetItem", dict(GET))
    assert answer == {"Item": found["Item"] | {"document": {"B": b"\x00\x01\xff"}}}
    assert between.asked == [("GetItem", GET)]
    assert others == []


REFUSED = "com.amazonaws.dynamodb.v20120810#"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        (500, b'{"__type": "InternalServerError"}'),
        (503, b"<html>busy</html>"),
        (400, json.dumps({"__type": f"{REFUSED}ProvisionedThroughputExceededException"}).encode()),
        (400, b'{"__type": "com.amazon.coral.service#ExpiredTokenException"}'),
        (403, b'{"__type": "com.amazon.coral.service#InvalidSignatureException"}'),
        (200, b'{"Item": {"pk": {"S": "a'),
        (200, b""),
        (400, b"null"),
        (200, b"null"),
        (302, b"{}"),
    ],
    ids=str,
)
@pytest.mark.parametrize("operation", ["GetItem", "TransactWriteItems"])
def test_whatever_else_comes_back_the_client_sends_the_same_request(
    credentials: None, caplog: pytest.LogCaptureFixture, operation: str, answer: Answer | None
) -> None:
    with transport(lambda *_: answer) as (client, between, others):
        assert client._make_api_call(operation, dict(GET)) == {"answered": "by the client"}
    assert others == between.asked
    assert len(others) == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert ("ClientRequestToken" in others[0][1]) == (operation == "TransactWriteItems")


def test_no_two_transactions_have_the_same_token(credentials: None) -> None:
    with transport(lambda *_: (200, b"{}")) as (client, between, _):
        for _ in range(3):
            client._make_api_call("TransactWriteItems", {"TransactItems": []})
    assert len({request["ClientRequestToken"] for _, request in between.asked}) == 3


def test_a_failed_condition_is_an_answer(credentials: None) -> None:
    said = {"__type": f"{REFUSED}ConditionalCheckFailedException", "message": "No.", "Item": {"b": {"B": "AAE="}}}
    answering = transport(lambda *_: (400, json.dumps(said).encode()))
    with answering as (client, _, others), pytest.raises(ClientError) as refused:
        client._make_api_call("PutItem", dict(GET))
    response: Any = refused.value.response
    assert response["Error"] == {"Code": "ConditionalCheckFailedException", "Message": "No."}
    assert response["Item"] == {"b": {"B": b"\x00\x01"}}
    assert others == []


@pytest.mark.parametrize("setting", ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])
def test_with_an_address_that_only_the_client_knows_only_it_asks(
    credentials: None, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(setting, "true")
    with transport(lambda *_: (200, b"{}")) as (client, between, others):
        client.open()
        client._make_api_call("GetItem", dict(GET))
    assert between.asked == []
    assert others == [("GetItem", GET)]


def every_request(account: str) -> list[tuple[str, dict[str, Any]]]:
    """One of each kind that the store sends, yes and no."""
    item = {"pk": {"S": account}, "sk": {"S": "cust_1"}, "version": {"N": "1"}, "document": {"B": bytes(range(256))}}
    key = {"pk": item["pk"], "sk": item["sk"]}
    put = {"TableName": CUSTOMERS, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
    update = {
        "TableName": CUSTOMERS,
        "Key": key,
        "UpdateExpression": "ADD version :one",
        "ConditionExpression": "version < :two",
        "ExpressionAttributeValues": {":one": {"N": "1"}, ":two": {"N": "2"}},
        "ReturnValues": "ALL_NEW",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    query = {
        "TableName": CUSTOMERS,
        "KeyConditionExpression": "pk = :account",
        "ExpressionAttributeValues": {":account": {"S": account}},
    }
    check = {"Put": put | {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}
    other = {"Put": {"TableName": CUSTOMERS, "Item": item | {"sk": {"S": "cust_2"}}}}
    return [
        ("GetItem", {"TableName": CUSTOMERS, "Key": key}),
        ("PutItem", put),
        ("PutItem", put),
        ("GetItem", {"TableName": CUSTOMERS, "Key": key}),
        ("UpdateItem", update),
        ("UpdateItem", update),
        ("Query", query),
        ("BatchGetItem", {"RequestItems": {CUSTOMERS: {"Keys": [key]}}}),
        ("TransactWriteItems", {"TransactItems": [check, other]}),
        ("TransactWriteItems", {"TransactItems": [other]}),
        ("Query", query | {"Select": "COUNT"}),
    ]


UNLIKE = frozenset({"ResponseMetadata", "__type", "Message", "message"})


def said(ask: Callable[[str, dict[str, Any]], dict[str, Any]], account: str) -> list[Any]:
    """What each request is answered, without what differs from one time to the next."""
    answers: list[Any] = []
    for operation, asked in every_request(account):
        try:
            answer = ask(operation, asked)
        except ClientError as error:
            answer = dict(error.response)
        answers.append({name: value for name, value in answer.items() if name not in UNLIKE})
    return answers


@ON_DYNAMODB_LOCAL
def test_answers_and_refusals_are_those_of_the_client(local_tables: Database, account: str) -> None:
    def never(*_: Any) -> dict[str, Any]:
        raise AssertionError("there was a direct answer")

    with patch.object(local_tables.client, "_fallback_client", never):
        direct = said(local_tables.client._make_api_call, f"{account}_x")
    whole = said(local_tables._ask_fallback_client, f"{account}_y")
    assert direct == json_like(whole, f"{account}_y", f"{account}_x")
    assert sum("Error" in answer for answer in direct) == 3


def json_like(value: Any, old: str, new: str) -> Any:
    """The same with another account."""
    if isinstance(value, dict):
        return {name: json_like(part, old, new) for name, part in value.items()}
    if isinstance(value, list):
        return [json_like(part, old, new) for part in value]
    return new if value == old else value


@ON_DYNAMODB_LOCAL
@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize("lost", ["answer", "request"])
def test_a_transaction_whose_answer_is_lost_takes_effect_once(
    monkeypatch: pytest.MonkeyPatch, dynamodb_local: str, local_tables: Database, account: str, lost: str
) -> None:
    """The connection breaks before or after DynamoDB has committed; the client then repeats the same transaction."""
    answers = iter(["broken"])

    def answer(operation: str, body: bytes) -> Answer | None:
        breaks = next(answers, None)
        made = None if breaks and lost == "request" else forwarded(dynamodb_local, operation, body)
        return None if breaks else made

    between = Between(answer)
    with between.running():
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", between.url)
        database, changes = Database(open_session(), between.url), ChangeSet()
        changes.save(a_customer(account=account))
        DynamoStore(database, EVENTS_KEPT).commit(changes)
        close(database)
    assert [operation for operation, _ in between.asked] == ["TransactWriteItems"] * 2
    assert between.asked[0] == between.asked[1]
    assert DynamoStore(local_tables, EVENTS_KEPT).find(Ref(Customer, account, "cust_123")) == a_customer(
        account=account
    )
