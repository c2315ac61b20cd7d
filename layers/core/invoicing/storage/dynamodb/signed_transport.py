"""Signed requests to DynamoDB, and to DynamoDB only, without botocore's client.

A client reads the service's description before its first request, and its general code takes several times the CPU that
DynamoDB's own form needs, JSON both ways. So a request first goes out from here, with botocore's credentials, signer,
connections and time-outs. The fallback client handles every outcome but success or a failed condition: it sends the
same request again with all its care. A transaction carries the same token both times, so that it takes effect once.
Source of the form: Amazon DynamoDB Developer Guide, "DynamoDB low-level API".
"""

import hmac
import logging
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import cached_property, lru_cache
from hashlib import sha256
from secrets import token_hex
from typing import Any

import botocore.session
import orjson
from botocore.args import ClientArgsCreator
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.credentials import EnvProvider
from botocore.endpoint import EndpointCreator
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected
from botocore.hooks import first_non_none_response
from botocore.httpsession import URLLib3Session
from botocore.model import ServiceModel

from invoicing.aws_session import USER_AGENT

SERVICE = "dynamodb"

REFUSALS = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})
"""Error codes about the data, which a second request would only repeat."""

SPECIAL_ADDRESS = ("use_fips_endpoint", "use_dualstack_endpoint", "ignore_configured_endpoint_urls")
"""Settings of botocore with an address that only its client resolves."""

BINARY = b'"B"'
"""Names binary values in a response."""

type Ask = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Sends a request: operation and parameters; raises what a client of botocore raises."""


logger = logging.getLogger(__name__)


class _NoAnswer(Exception):
    """The reason why the fallback client has to send the request."""


class SignedTransport:
    """The part of botocore's client that PynamoDB needs; ``fallback_client`` makes one for everything else.

    Its connections are those of a client with ``config``, a `botocore.config.Config` whose fields botocore-stubs lack.
    """

    def __init__(self, session: botocore.session.Session, endpoint: str, config: Any, fallback_client: Ask) -> None:
        self._session = session
        self._endpoint = endpoint.rstrip("/") + "/"
        self._config = config
        self._region = session.get_config_variable("region")
        self._events = session.get_component("event_emitter")
        self._fallback_client = fallback_client

    @cached_property
    def _credentials(self) -> Any:
        """Return the credentials, None where only the client may send."""
        special = any(map(self._session.get_config_variable, SPECIAL_ADDRESS))
        # A function has them in its environment: looking there first skips the other providers.
        return None if special else EnvProvider().load() or self._session.get_credentials()

    @cached_property
    def _http(self) -> URLLib3Session:
        """Make the HTTP session of a botocore client, without the client."""
        config, session = self._config, self._session
        no_description = ServiceModel({"metadata": {"endpointPrefix": SERVICE}}, SERVICE)
        creator: Any = EndpointCreator(self._events)
        http: URLLib3Session = creator.create_endpoint(
            no_description,
            self._region,
            self._endpoint,
            verify=session.get_config_variable("ca_bundle"),
            timeout=(config.connect_timeout, config.read_timeout),
            max_pool_connections=config.max_pool_connections,
            proxies=config.proxies,
            # Without TCP_NODELAY among them each request would wait 40 ms: headers and body are two writes.
            socket_options=_socket_options(session, config),
            client_cert=config.client_cert,
            proxies_config=config.proxies_config,
        ).http_session
        return http

    def open(self) -> None:
        """Open connections ahead of the first request."""
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
                # Repeated warnings mean that each request is sent, and paid for, twice.
                logger.warning("%s is left to botocore's client: %s", operation, reason)
        return self._fallback_client(operation, request)

    def _ask(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Return the response; `ClientError` for one of the `REFUSALS`, `_NoAnswer` when there is no reliable one."""
        try:
            response = self._send(operation, orjson.dumps(request, default=_as_base64))
            answer = orjson.loads(response.content)
        except (HTTPClientError, NotConnected, ValueError) as error:
            raise _NoAnswer(type(error).__name__) from error
        if not isinstance(answer, dict):
            raise _NoAnswer("no object")
        if BINARY in response.content:
            _read_bytes(answer)
        if response.status_code == 200:
            return answer
        code = answer.get("__type", "").rpartition("#")[2]
        if response.status_code != 400 or code not in REFUSALS:
            raise _NoAnswer(f"{response.status_code} {code}")
        said = {"Code": code, "Message": answer.get("message") or answer.get("Message", "")}
        raise ClientError(answer | {"Error": said}, operation)  # type: ignore[arg-type]

    def _send(self, operation: str, body: bytes) -> AWSResponse:
        request = self._signed(operation, body)
        # Announced as botocore does, to listeners that may respond.
        listened = self._events.emit(f"before-send.{SERVICE}.{operation}", request=request)
        return first_non_none_response(listened) or self._http.send(request)

    def _signed(self, operation: str, body: bytes) -> AWSPreparedRequest:
        request = AWSRequest("POST", self._endpoint, data=body)
        headers: Any = _Headers(
            {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"DynamoDB_20120810.{operation}"}
        )
        request.headers = headers
        _Signer(self._credentials.get_frozen_credentials(), SERVICE, self._region).add_auth(request)
        # These are not signed.
        headers |= {"User-Agent": USER_AGENT, "Content-Length": str(len(body))}
        return AWSPreparedRequest("POST", self._endpoint, headers, body, stream_output=False)


class _Headers(dict[str, str]):
    """Headers that botocore's signer can read: its own, which know names in any case, cost most of a signature."""

    def get_all(self, name: str) -> list[str]:
        """Return all values of a header."""
        return [self[name]]


class _Signer(SigV4Auth):
    """botocore's signer, without what it does twice for a request, or again for each request of a day."""

    def headers_to_sign(self, request: AWSRequest) -> Any:
        if "headers" not in request.context:
            given = {name.lower(): value for name, value in request.headers.items()}
            request.context["headers"] = _Headers(given, host=_host(request.url))
        return request.context["headers"]

    def payload(self, request: AWSRequest) -> str:
        body: Any = request.data
        return sha256(body).hexdigest()

    def signature(self, string_to_sign: str, request: AWSRequest) -> str:
        key = _signing_key(self.credentials.secret_key, self.credential_scope(request))
        return hmac.digest(key, string_to_sign.encode(), "sha256").hex()


@lru_cache(maxsize=1)
def _host(url: str) -> str:
    """Return the header ``host`` that the signer adds to a request."""
    no_credentials: Any = None
    host: str = SigV4Auth(no_credentials, SERVICE, "").headers_to_sign(AWSRequest("POST", url))["host"]
    return host


@lru_cache(maxsize=1)
def _signing_key(secret: str, scope: str) -> bytes:
    """Derive the key of a day, region and service (AWS Signature Version 4)."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def _socket_options(session: botocore.session.Session, config: Any) -> Any:
    """Return the options that botocore sets on the sockets of a client."""
    unused: Any = None
    config_store, agent = session.get_component("config_store"), session.get_component("user_agent_creator")
    creator: Any = ClientArgsCreator(unused, unused, unused, unused, unused, config_store, agent)
    return creator._compute_socket_options(None, config)  # noqa: SLF001 - no public way leads there


def _as_base64(value: Any) -> str:
    return b64encode(value).decode()


def _read_bytes(found: Any) -> None:
    """Decode all Base64 values, ``{"B": …}``, to bytes."""
    for name, part in found.items() if isinstance(found, dict) else enumerate(found):
        if isinstance(part, (dict, list)):
            _read_bytes(part)
        elif name == "B":
            found[name] = b64decode(part)
