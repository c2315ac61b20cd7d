"""The one DynamoDB connection of a function: PynamoDB's, for all tables."""

from collections.abc import Iterator
from typing import Any, cast

import botocore.session
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected
from pynamodb.connection import Connection

from invoicing.aws_session import ATTEMPTS, CONFIG
from invoicing.domain.errors import Unavailable
from invoicing.storage.dynamodb.signed_transport import SignedTransport

_TEMPORARY = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


class Database(Connection):
    """Sends requests to DynamoDB; `Unavailable` when it stays unreachable after all attempts.

    Requests go out over the `SignedTransport` or, where that is turned off, through botocore's client.
    """

    def __init__(self, session: botocore.session.Session, endpoint: str, *, signed_transport: bool = True) -> None:
        # Merged as botocore does for every client.
        config: Any = session.get_default_client_config().merge(CONFIG)
        super().__init__(
            region=session.get_config_variable("region"),
            connect_timeout_seconds=config.connect_timeout,
            read_timeout_seconds=config.read_timeout,
            max_pool_connections=config.max_pool_connections,
            # The transport makes the first attempt, so its client retries once less.
            max_retry_attempts=ATTEMPTS - 1 - signed_transport,
        )
        self._session = session
        self._transport: SignedTransport | None = None
        if signed_transport:
            self._transport = SignedTransport(session, endpoint, config, self._ask_fallback_client)

    def __repr__(self) -> str:
        return f"Database({self.region!r})"

    @property
    def session(self) -> botocore.session.Session:
        """The session of the function, which the clients of its other services share."""
        return self._session

    @property
    def client(self) -> Any:
        """The client through which PynamoDB sends requests."""
        return self._transport or super().client

    def open(self) -> None:
        """Open connections ahead of the first request."""
        client = self.client  # reading the property makes botocore's client
        if self._transport:
            client.open()

    def _ask_fallback_client(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = super().client._make_api_call(operation, request)  # noqa: SLF001
        return answer

    def read_all(self, wanted: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Read items by their keys, ``RequestItems`` of BatchGetItem, each with the name of its table.

        DynamoDB may leave some of them for another request, but never all.
        """
        while wanted:
            answer = self.dispatch("BatchGetItem", {"RequestItems": wanted})
            for table, items in answer["Responses"].items():
                yield from ((table, item) for item in items)
            wanted = answer.get("UnprocessedKeys") or {}

    def pages(self, request: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Yield the items of a Query page by page, each read when it is asked for."""
        while True:
            answer = self.dispatch("Query", request)
            yield answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            request = request | {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def items(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the items of a Query; a page is read when its first item is asked for."""
        for page in self.pages(request):
            yield from page

    def update(self, request: dict[str, Any]) -> tuple[bool, dict[str, Any] | None]:
        """Update an item; return whether the condition held, and the item: after the update if so, else unchanged."""
        returned = {"ReturnValues": "ALL_NEW", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
        try:
            answer = self.dispatch("UpdateItem", request | returned)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            # PynamoDB's error leaves the item out; botocore's own, its cause, has it.
            return False, cast(dict[str, Any], cast(ClientError, error.__cause__).response).get("Item")
        return True, answer["Attributes"]

    def dispatch(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        """Send one request, without PynamoDB's signals and capacity counts, which have no listeners here."""
        try:
            answer: dict[str, Any] = self._make_api_call(operation_name, operation_kwargs)
        except (HTTPClientError, NotConnected) as error:
            raise _unavailable() from error
        except ClientError as error:
            if error.response["Error"]["Code"] in _TEMPORARY:
                raise _unavailable() from error
            raise
        return answer


def _unavailable() -> Unavailable:
    message = "A service is temporarily unavailable. Retry the request with the same Idempotency-Key."
    return Unavailable("SERVICE_UNAVAILABLE", message)
