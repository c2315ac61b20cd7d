"""The one DynamoDB connection of a function: PynamoDB's, with one client for all tables."""

from typing import Any

import botocore.session
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected
from pynamodb.connection import Connection

from invoicing.domain.errors import Unavailable

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
    """Sends requests to DynamoDB; `Unavailable` when it stays out of reach after the client's own retries."""

    def __init__(self, session: botocore.session.Session) -> None:
        super().__init__(
            region=session.get_config_variable("region"),
            connect_timeout_seconds=2,
            read_timeout_seconds=5,
            max_retry_attempts=3,
        )
        self._session = session

    @property
    def session(self) -> botocore.session.Session:
        """The function's session, which the clients of its other services share."""
        return self._session

    def dispatch(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        """Send one request."""
        try:
            return super().dispatch(operation_name, operation_kwargs)
        except (HTTPClientError, NotConnected) as error:
            raise _unavailable() from error
        except ClientError as error:
            if error.response["Error"]["Code"] in _TEMPORARY:
                raise _unavailable() from error
            raise


def _unavailable() -> Unavailable:
    message = "A service is not available right now; repeat the request with the same Idempotency-Key."
    return Unavailable("SERVICE_UNAVAILABLE", message)
