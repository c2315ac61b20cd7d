"""How requests go out, over live connections: signed, sent at once, bounded in time, and over what settings say."""

import sys
from datetime import datetime
from fcntl import ioctl
from socket import IPPROTO_TCP, SO_KEEPALIVE, SOL_SOCKET, TCP_NODELAY, socket
from typing import Any
from unittest.mock import patch

import pytest
from botocore.auth import SIGV4_TIMESTAMP
from botocore.awsrequest import AWSHTTPConnection
from botocore.exceptions import ClientError

from invoicing.aws_session import ATTEMPTS, CONFIG, open_session
from invoicing.domain.errors import Unavailable
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.signed_transport import SignedTransport
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.http import a_key, call, request
from tests.storage.between import Answer, Between
from tests.storage.conftest import ON_DYNAMODB_LOCAL, close
from tests.storage.tables import NAMES
from tests.template import read_template


def databases(url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Database, Database]:
    """One whose requests go out over the transport, and one where that is turned off."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", url)
    return Database(open_session(), url), Database(open_session(), url, signed_transport=False)


@pytest.mark.parametrize("token", [None, "session-token"])
def test_a_request_is_signed_as_the_client_signs_it(
    credentials: None, monkeypatch: pytest.MonkeyPatch, token: str | None
) -> None:
    """The same signature of the same headers, made for the same second; the user agent is not signed."""
    if token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", token)
    between = Between(lambda *_: (200, b"{}"))
    with between.running():
        ours, theirs = databases(between.url, monkeypatch)
        theirs.dispatch("ListTables", {})
        signed_at = datetime.strptime(between.headers[0]["x-amz-date"], SIGV4_TIMESTAMP)  # noqa: DTZ007
        with patch("botocore.auth.get_current_datetime", return_value=signed_at):
            ours.dispatch("ListTables", {})
        close(ours)
        close(theirs)
    of_client, of_transport = between.headers
    del of_transport["user-agent"]
    assert of_transport == {name: of_client[name] for name in of_transport}
    assert {"authorization", "x-amz-date"} <= set(of_transport)
    assert of_transport.get("x-amz-security-token") == token


def live_sockets(database: Database) -> list[socket]:
    """The open sockets in the pool of connections that a database's requests go out over."""
    client = database.client
    http: Any = client._http if isinstance(client, SignedTransport) else client._endpoint.http_session
    pools = http._manager.pools
    connections = [connection for key in pools.keys() for connection in pools[key].pool.queue]  # noqa: SIM118
    return [connection.sock for connection in connections if connection and connection.sock]


@pytest.mark.parametrize("answer", [None, (500, b"{}")], ids=str)
def test_a_request_is_sent_three_times_at_most(
    credentials: None, monkeypatch: pytest.MonkeyPatch, answer: Answer | None
) -> None:
    """The transport's attempt is one of them."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    between = Between(lambda *_: answer)
    with between.running():
        for number, database in enumerate(databases(between.url, monkeypatch), 1):
            with pytest.raises((Unavailable, ClientError)):
                database.dispatch("ListTables", {})
            assert len(between.asked) == number * ATTEMPTS
            close(database)


def test_all_attempts_fit_into_an_http_request() -> None:
    """With the longest waits between them: a random part of 1, 2, 4 … seconds."""
    config: Any = CONFIG
    assert config.retries == {"total_max_attempts": ATTEMPTS, "mode": "standard"}
    longest = ATTEMPTS * (config.connect_timeout + config.read_timeout) + sum(2**n for n in range(ATTEMPTS - 1))
    assert longest < read_template().content["Globals"]["Function"]["Timeout"]


def test_connections_are_those_of_the_client(credentials: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs, size of the pool, certificates and proxy, of the transport, its fallback and the client alone."""
    monkeypatch.setenv("AWS_CA_BUNDLE", "/etc/ssl/ours.pem")
    monkeypatch.setenv("http_proxy", "http://proxy.example.com:3128")
    monkeypatch.setenv("no_proxy", "")
    url = "http://dynamodb.example.com"
    database, without = databases(url, monkeypatch)
    fallback: Any = super(Database, database).client
    used = [database.client._http, fallback._endpoint.http_session, without.client._endpoint.http_session]
    made = [
        (http._timeout.connect_timeout, http._timeout.read_timeout, http._max_pool_connections, http._verify)
        for http in used
    ]
    assert made == [(2, 5, 10, "/etc/ssl/ours.pem")] * 3
    assert {http._proxy_config.proxy_url_for(url) for http in used} == {"http://proxy.example.com:3128"}


@pytest.mark.parametrize("keepalive", [False, True])
def test_sockets_have_the_options_of_the_client(
    credentials: None, monkeypatch: pytest.MonkeyPatch, *, keepalive: bool
) -> None:
    """Without TCP_NODELAY every request waits 40 ms: its body for the server to acknowledge its headers."""
    monkeypatch.setenv("BOTOCORE_TCP_KEEPALIVE", str(keepalive))
    between = Between(lambda *_: (200, b"{}"))
    with between.running():
        for database in databases(between.url, monkeypatch):
            database.dispatch("ListTables", {})
            (live,) = live_sockets(database)
            assert live.getsockopt(IPPROTO_TCP, TCP_NODELAY) == 1
            assert live.getsockopt(SOL_SOCKET, SO_KEEPALIVE) == keepalive
            close(database)


@pytest.mark.parametrize(
    ("transport", "unused"),
    [
        ("signed", (Database, "_ask_fallback_client")),
        ("botocore", (SignedTransport, "_make_api_call")),
    ],
)
def test_settings_say_what_requests_go_out_over(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, transport: str, unused: tuple[type, str]
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("a request took the other way")

    monkeypatch.setattr(*unused, never)
    monkeypatch.setenv("DYNAMODB_TRANSPORT", transport)
    wiring().database.open()
    key, new = a_key(), {"id": "cust_1", "name": "Ada"}
    created = [call("customers/create_customer", request("POST", "/customers", new, key=key)) for _ in range(2)]
    assert [answer.status for answer in created] == [201, 409]
    customer = request("GET", "/customers/cust_1", key=key, parameters={"customer_id": "cust_1"})
    assert call("customers/get_customer", customer).data["name"] == "Ada"


def unsent(connection: socket) -> int:
    """Bytes that were written to a socket and still wait to go out (SIOCOUTQNSD of linux/sockios.h)."""
    return int.from_bytes(ioctl(connection, 0x894B, bytes(4)), sys.byteorder)


@ON_DYNAMODB_LOCAL
@pytest.mark.skipif(sys.platform != "linux", reason="SIOCOUTQNSD is Linux's")
def test_no_part_of_a_request_waits_to_be_sent(
    local_tables: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = {"pk": {"S": account}, "sk": {"S": "cust_123"}}
    waiting, ask = [], AWSHTTPConnection.getresponse

    def getresponse(connection: Any, *arguments: Any, **named: Any) -> Any:
        waiting.append(unsent(connection.sock))
        return ask(connection, *arguments, **named)

    monkeypatch.setattr(AWSHTTPConnection, "getresponse", getresponse)
    for _ in range(50):
        local_tables.dispatch("GetItem", {"TableName": NAMES["customers"], "Key": key})
    assert waiting == [0] * 50
