"""Requests to DynamoDB on the shortest way: signed here, sent with botocore's credentials and HTTP, without its client.

The client writes, checks and reads any request to any service, which takes several times the CPU of what DynamoDB's
own form needs, JSON both ways. So a request goes out directly first. Whatever comes of it but success or a failed
condition is left to the client, which sends the same request anew with all its care: retries, clock correction, errors.
A transaction has one token for both, so that it takes effect once.

Source of the form: Amazon DynamoDB Developer Guide, "DynamoDB low-level API".
"""

import hmac
import logging
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import botocore.session
import orjson
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.credentials import EnvProvider
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected
from botocore.hooks import first_non_none_response
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

from invoicing.aws_session import USER_AGENT

REFUSALS = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})
"""What DynamoDB says of the data, and would say again."""

SPECIAL_ADDRESS = ("use_fips_endpoint", "use_dualstack_endpoint", "ignore_configured_endpoint_urls")
"""Settings of botocore that lead to an address which its client finds."""

CONNECT_SECONDS = 2
READ_SECONDS = 5

type Ask = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Sends a request: operation and parameters; raises what a client of botocore raises."""


logger = logging.getLogger(__name__)


class _NoAnswer(Exception):
    """Why the client has to send the request."""


class DirectClient:
    """What PynamoDB needs of a client of botocore; ``whole_client`` asks one, and is there for when this cannot."""

    def __init__(self, session: botocore.session.Session, endpoint: str, whole_client: Ask) -> None:
        self._session = session
        self._endpoint = endpoint.rstrip("/") + "/"
        self._host = urlsplit(endpoint).netloc
        self._region = session.get_config_variable("region")
        self._events = session.get_component("event_emitter")
        self._whole_client = whole_client

    @cached_property
    def _credentials(self) -> Any:
        """None where only the client may send."""
        special = any(map(self._session.get_config_variable, SPECIAL_ADDRESS))
        # Those of a function are in its environment: looking there first spares it the other places.
        return None if special else EnvProvider().load() or self._session.get_credentials()

    @cached_property
    def _http(self) -> URLLib3Session:
        authorities = self._session.get_config_variable("ca_bundle")
        timeout: Any = CONNECT_SECONDS, READ_SECONDS
        proxies = get_environ_proxies(self._endpoint)
        return URLLib3Session(verify=authorities or True, proxies=proxies, timeout=timeout)

    def open(self) -> None:
        """Make now what the first request would otherwise wait for."""
        _ = self._credentials and self._http

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _make_api_call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        if operation == "TransactWriteItems":
            request.setdefault("ClientRequestToken", token_hex(16))
        if self._credentials:
            try:
                return self._ask(operation, request)
            except _NoAnswer as reason:
                # Who sees this all the time pays for each request twice.
                logger.warning("%s is left to botocore's client: %s", operation, reason)
        return self._whole_client(operation, request)

    def _ask(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """The answer; `ClientError` for one of the `REFUSALS`, `_NoAnswer` when there is none to rely on."""
        try:
            response = self._send(operation, orjson.dumps(request, default=_as_base64))
            answer = orjson.loads(response.content)
        except (HTTPClientError, NotConnected, ValueError) as error:
            raise _NoAnswer(type(error).__name__) from error
        if not isinstance(answer, dict):
            raise _NoAnswer("no object")
        _read_bytes(answer)
        if response.status_code == 200:
            return answer
        code = answer.get("__type", "").rpartition("#")[2]
        if response.status_code != 400 or code not in REFUSALS:
            raise _NoAnswer(f"{response.status_code} {code}")
        said = {"Code": code, "Message": answer.get("message") or answer.get("Message", "")}
        raise ClientError(answer | {"Error": said}, operation)  # type: ignore[arg-type]

    def _send(self, operation: str, body: bytes) -> AWSResponse:
        headers: Any = self._signed(operation, body, datetime.now(UTC))
        request: Any = AWSPreparedRequest("POST", self._endpoint, headers, body, stream_output=False)
        # As botocore announces requests, to who listens and may answer.
        listened = self._events.emit(f"before-send.dynamodb.{operation}", request=request)
        return first_non_none_response(listened) or self._http.send(request)

    def _signed(self, operation: str, body: bytes, now: datetime) -> dict[str, str]:
        """The headers of a request with their signature.

        Source: AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request").
        """
        key = self._credentials.get_frozen_credentials()
        instant = now.strftime("%Y%m%dT%H%M%SZ")
        headers = {"Content-Type": "application/x-amz-json-1.0", "Host": self._host, "X-Amz-Date": instant}
        if key.token:
            headers["X-Amz-Security-Token"] = key.token
        headers["X-Amz-Target"] = f"DynamoDB_20120810.{operation}"
        names = ";".join(headers).lower()
        lines = "".join(f"{name.lower()}:{value}\n" for name, value in headers.items())
        request = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
        scope = f"{instant[:8]}/{self._region}/dynamodb/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{sha256(request.encode()).hexdigest()}"
        secret = f"AWS4{key.secret_key}".encode()
        for part in scope.split("/"):
            secret = hmac.digest(secret, part.encode(), "sha256")
        signature = hmac.digest(secret, text.encode(), "sha256").hex()
        credential = f"Credential={key.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
        return headers | {"Authorization": f"AWS4-HMAC-SHA256 {credential}", "User-Agent": USER_AGENT}


def _as_base64(value: Any) -> str:
    return b64encode(value).decode()


def _read_bytes(found: Any) -> None:
    """Make bytes of all that is written in Base64: the values of ``{"B": …}``."""
    for name, part in found.items() if isinstance(found, dict) else enumerate(found):
        if isinstance(part, (dict, list)):
            _read_bytes(part)
        elif name == "B":
            found[name] = b64decode(part)
