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
    """Sends requests to DynamoDB; `Unavailable` when it stays out of reach after all attempts.

    They go out over the `SignedTransport`, or, where that is turned off, through botocore's client.
    """

    def __init__(self, session: botocore.session.Session, endpoint: str, *, signed_transport: bool = True) -> None:
        # As botocore merges them for every client.
        config: Any = session.get_default_client_config().merge(CONFIG)
        super().__init__(
            region=session.get_config_variable("region"),
            connect_timeout_seconds=config.connect_timeout,
            read_timeout_seconds=config.read_timeout,
            max_pool_connections=config.max_pool_connections,
            # The transport's attempt is the first of all: its client repeats once less.
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
        """The function's session, which the clients of its other services share."""
        return self._session

    @property
    def client(self) -> Any:
        """What PynamoDB sends requests with."""
        return self._transport or super().client

    def open(self) -> None:
        """Make now what the first request would otherwise wait for."""
        client = self.client  # botocore's is made by asking for it
        if self._transport:
            client.open()

    def _ask_fallback_client(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
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
    message = "A service is temporarily unavailable. Retry the request with the same Idempotency-Key."
    return Unavailable("SERVICE_UNAVAILABLE", message)
