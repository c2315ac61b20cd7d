"""What the store makes of the answers that no engine gives on a developer's machine."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from pynamodb.exceptions import TransactWriteError

from invoicing.domain.errors import Conflict, Unavailable
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref, WriteConflict
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import a_customer, a_delivery, an_account
from tests.storage.conftest import EVENTS_KEPT

type Answer = dict[str, Any]
ACCOUNT, CUSTOMER = Ref(Account, "acc_1", "profile"), Ref(Customer, "acc_1", "cust_123")


@pytest.fixture
def store(moto_database: Database) -> DynamoStore:
    return DynamoStore(moto_database, EVENTS_KEPT)


@pytest.fixture
def answering(moto_database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Makes the client give these answers, or raise these errors, and lists what it was asked."""

    def answering(*answers: Answer | Exception) -> list[Any]:
        asked: list[Any] = []
        left = list(answers)

        def answer(operation: str, request: Any) -> Answer:
            asked.append(request)
            next_one = left.pop(0)
            if isinstance(next_one, Exception):
                raise next_one
            return next_one

        monkeypatch.setattr(moto_database.client, "_make_api_call", answer)
        return asked

    return answering


def cancelled(*codes: str, item: Any = None) -> ClientError:
    reasons = [{"Code": code} | ({"Item": item} if item and code == "ConditionalCheckFailed" else {}) for code in codes]
    response: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
    return ClientError(response, "TransactWriteItems")


def failed(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "No."}}, "AnyOperation")


def two_writes() -> ChangeSet:
    changes = ChangeSet()
    changes.require(ACCOUNT, 1)
    changes.save(a_customer())
    changes.save(a_delivery())
    return changes


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_met_another_is_done_anew_and_nothing_is_outdated(
    store: DynamoStore, answering: Callable[..., list[Any]], reason: str
) -> None:
    answering(cancelled("None", reason, "None"))
    with pytest.raises(WriteConflict) as conflict:
        store.commit(two_writes())
    assert conflict.value.outdated == frozenset()


def test_of_several_reasons_those_that_say_something_of_the_data_are_named(
    store: DynamoStore, answering: Callable[..., list[Any]]
) -> None:
    answering(cancelled("ConditionalCheckFailed", "TransactionConflict", "None"))
    with pytest.raises(WriteConflict) as conflict:
        store.commit(two_writes())
    assert conflict.value.outdated == {ACCOUNT}


def test_a_conflict_is_no_answer_to_who_has_the_id(store: DynamoStore, answering: Callable[..., list[Any]]) -> None:
    """Only a failed condition says that something is there."""
    changes = ChangeSet()
    changes.save(a_customer(), on_conflict=lambda existing: Conflict("TAKEN", existing.id))
    answering(cancelled("TransactionConflict"))
    with pytest.raises(WriteConflict):
        store.commit(changes)


@pytest.mark.parametrize("reason", ["ValidationError", "ItemCollectionSizeLimitExceeded", "AccessDenied"])
def test_a_transaction_that_can_never_succeed_is_not_done_anew(
    store: DynamoStore, answering: Callable[..., list[Any]], reason: str
) -> None:
    answering(cancelled("ConditionalCheckFailed", "None", reason))
    with pytest.raises(RuntimeError, match=reason):
        store.commit(two_writes())


def test_a_request_that_dynamodb_does_not_understand_is_an_error(
    store: DynamoStore, answering: Callable[..., list[Any]]
) -> None:
    answering(failed("ValidationException"))
    with pytest.raises(TransactWriteError):
        store.commit(two_writes())


@pytest.mark.parametrize(
    "trouble",
    [
        failed("ThrottlingException"),
        failed("ProvisionedThroughputExceededException"),
        failed("InternalServerError"),
        failed("TransactionInProgressException"),
        ReadTimeoutError(endpoint_url="https://x"),
        ConnectTimeoutError(endpoint_url="https://x"),
        EndpointConnectionError(endpoint_url="https://x"),
    ],
    ids=str,
)
def test_while_dynamodb_is_out_of_reach_the_service_is_unavailable(
    store: DynamoStore, answering: Callable[..., list[Any]], trouble: Exception
) -> None:
    answering(trouble, trouble, trouble)
    asks: list[Callable[[], object]] = [
        lambda: store.commit(two_writes()),
        lambda: store.find(ACCOUNT),
        lambda: store.find_together(ACCOUNT, CUSTOMER),
    ]
    for ask in asks:
        with pytest.raises(Unavailable) as refused:
            ask()
        assert refused.value.code == "SERVICE_UNAVAILABLE"


def test_what_dynamodb_leaves_out_of_an_answer_is_asked_for_again(
    store: DynamoStore, moto_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real answers, but each with one item only and the others unprocessed."""
    changes = ChangeSet()
    for entity in (an_account(account="acc_left_out"), a_customer(account="acc_left_out")):
        changes.save(entity)
    store.commit(changes)
    real, asked = moto_database.client._make_api_call, []

    def reluctant(operation: str, request: Any) -> Any:
        wanted = dict(request["RequestItems"])
        asked.append(sorted(wanted))
        table = min(wanted)
        answer = real(operation, {"RequestItems": {table: wanted.pop(table)}})
        return answer | {"UnprocessedKeys": wanted}

    monkeypatch.setattr(moto_database.client, "_make_api_call", reluctant)
    found = store.find_together(
        Ref(Account, "acc_left_out", "profile"), Ref(Customer, "acc_left_out", "cust_123"), CUSTOMER
    )
    assert found == (an_account(account="acc_left_out"), a_customer(account="acc_left_out"), None)
    assert asked == [["test-accounts", "test-customers"], ["test-customers"]]


def test_reads_are_strongly_consistent(store: DynamoStore, answering: Callable[..., list[Any]]) -> None:
    asked = answering({}, {"Responses": {}})
    store.find(CUSTOMER)
    store.find_together(ACCOUNT, CUSTOMER)
    assert asked[0]["ConsistentRead"] is True
    assert [table["ConsistentRead"] for table in asked[1]["RequestItems"].values()] == [True, True]
