"""The one DynamoDB connection of a function: PynamoDB's, for all tables."""

from collections.abc import Iterator
from typing import Any, cast

import botocore.session
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected
from pynamodb.connection import Connection

from invoicing.domain.errors import Unavailable
from invoicing.storage.dynamodb.signed_transport import CONNECT_SECONDS, READ_SECONDS, DirectClient

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
    """Sends requests to DynamoDB; `Unavailable` when it stays out of reach after all retries."""

    def __init__(self, session: botocore.session.Session, endpoint: str) -> None:
        super().__init__(
            region=session.get_config_variable("region"),
            connect_timeout_seconds=CONNECT_SECONDS,
            read_timeout_seconds=READ_SECONDS,
            max_retry_attempts=2,
        )
        self._session = session
        self._direct = DirectClient(session, endpoint, self._ask_whole_client)

    def __repr__(self) -> str:
        return f"Database({self.region!r})"

    @property
    def session(self) -> botocore.session.Session:
        """The function's session, which the clients of its other services share."""
        return self._session

    @property
    def client(self) -> Any:
        """What PynamoDB sends requests with."""
        return self._direct

    def _ask_whole_client(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = super().client._make_api_call(operation, request)  # noqa: SLF001
        return answer

    def read_all(self, wanted: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Items by their keys, ``RequestItems`` of BatchGetItem, each with the name of its table.

        DynamoDB may leave some of them out, for another request, but never all.
        """
        while wanted:
            answer = self.dispatch("BatchGetItem", {"RequestItems": wanted})
            for table, items in answer["Responses"].items():
                yield from ((table, item) for item in items)
            wanted = answer.get("UnprocessedKeys") or {}

    def update(self, request: dict[str, Any]) -> tuple[bool, dict[str, Any] | None]:
        """Whether the condition of an update held, and the item: after the update if it did, else as it is."""
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
        """Send one request, without the signals and the count of units that PynamoDB adds for listeners we have not."""
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
    message = "A service is not available right now; repeat the request with the same Idempotency-Key."
    return Unavailable("SERVICE_UNAVAILABLE", message)
