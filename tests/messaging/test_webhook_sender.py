"""Requests to endpoints: pinned to addresses that were checked, in time, and small."""

import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import cycle
from threading import Event
from typing import Any

import pytest

from invoicing.messaging.webhook_sender import HttpWebhookSender, look_up, look_up_in_time
from invoicing.operations.webhooks._ports import Answer
from tests.messaging.endpoint import Behave, Endpoint, answers, endpoint, trusting

HERE = "127.0.0.1"
BODY = b'{"event": "invoice.paid"}'
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SHORT = 0.4
"""Seconds, instead of ten."""
LONG = 15
"""Seconds that a busy machine stays below, and half of what the endpoint would take."""


def sender(**options: Any) -> HttpWebhookSender:
    defaults: dict[str, Any] = {
        "lookup": lambda *_: [HERE],
        "allows": lambda address: address == HERE,
        "context": trusting(),
        "seconds": 5,
    }
    return HttpWebhookSender(**defaults | options)


def post(behave: Behave, **options: Any) -> tuple[Answer, Endpoint]:
    with endpoint(behave) as made:
        return sender(**options).post(made.url, {"webhook-id": "evt_1"}, BODY), made


def test_a_request_as_the_endpoint_gets_it() -> None:
    answer, made = post(answers(OK))
    assert answer == Answer(status_code=200, response="ok")
    head, _, body = made.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert body == BODY
    assert lines[0] == "POST /hook?a=b HTTP/1.1"
    assert f"Host: hooks.example.com:{made.port}" in lines
    assert f"Content-Length: {len(BODY)}" in lines
    assert "webhook-id: evt_1" in lines
    assert made.names == ["hooks.example.com"], "the name that TLS asks for is that of the URL"


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (b"HTTP/1.1 204 No Content\r\n\r\n", Answer(status_code=204)),
        (b"HTTP/1.1 500 Oops\r\n\r\nbroken", Answer(status_code=500, error="status", response="broken")),
        (
            b"HTTP/1.1 301 Moved\r\nLocation: https://169.254.169.254/\r\n\r\n",
            Answer(status_code=301, error="redirect"),
        ),
        (b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", Answer(status_code=410, error="status")),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            Answer(status_code=200, response="abcde"),
        ),
        (b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe", Answer(status_code=200, response="\ufffd\ufffd")),
        (
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok",
            Answer(status_code=200, response="ok"),
        ),
        (
            b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 429 Slow down\r\nRetry-After: 7\r\n\r\n",
            Answer(status_code=429, error="status", retry_after=timedelta(seconds=7)),
        ),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", Answer(status_code=101, error="status")),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n", Answer(error="connection_failed")),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3_000, Answer(error="invalid_response")),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Answer(error="invalid_response")),
        (b"", Answer(error="connection_failed")),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101 + b"\r\n", Answer(error="invalid_response")),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", Answer(error="invalid_response")),
    ],
)
def test_what_an_endpoint_answers(response: bytes, expected: Answer) -> None:
    answer, _ = post(answers(response))
    assert answer == expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999999", 24 * 60 * 60),
        ("9" * 5_000, 24 * 60 * 60),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Thu, 01 Jan 2026 00:00:00 GMT", 0),
        ("Fri, 31 Dec 99999999999999999999 23:59:59 GMT", None),
        ("Fri, 31 Dec 2027 23:59:59 +99999999999999", None),
    ],
)
def test_how_long_an_endpoint_wants_to_be_left_alone(value: str, seconds: int | None) -> None:
    head = f"HTTP/1.1 429 Slow down\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n"
    answer, _ = post(answers(head.encode()))
    assert answer.retry_after == (None if seconds is None else timedelta(seconds=seconds))


def test_until_when_an_endpoint_wants_to_be_left_alone() -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    head = f"HTTP/1.1 503 Later\r\nRetry-After: {until}\r\nContent-Length: 0\r\n\r\n"
    answer, _ = post(answers(head.encode()))
    assert answer.retry_after is not None
    assert timedelta(minutes=59) < answer.retry_after <= timedelta(hours=1)


def test_of_a_long_answer_no_more_is_read_than_is_kept() -> None:
    sent: list[int] = []

    def behave(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
        sent.extend(connection.send(b"x" * 10_000) for _ in range(5_000))

    answer, _ = post(behave)
    assert answer == Answer(status_code=200, response="x" * 1024)
    assert sum(sent) < 20_000_000, "the rest stayed where it was"


def trickle(*beginning: bytes) -> Behave:
    """Send the beginning, then a byte every now and then."""

    def behave(connection: socket.socket) -> None:
        answers(*beginning)(connection)
        for _ in range(600):
            connection.sendall(b"x")
            time.sleep(0.05)

    return behave


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        ((), "timeout"),
        ((b"HTTP/1.1 200 OK\r\nX: ",), "timeout"),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",), None),
        ((b"HTTP/1.1 500 Oops\r\n\r\n",), "status"),
    ],
)
def test_an_attempt_ends_in_time_however_slowly_bytes_come(beginning: tuple[bytes, ...], expected: str | None) -> None:
    began = time.monotonic()
    answer, _ = post(trickle(*beginning), seconds=SHORT)
    assert SHORT * 0.9 <= time.monotonic() - began < LONG
    assert answer.error == expected


def _hang(until: Event) -> None:
    until.wait(30)


def test_an_endpoint_that_hangs_is_left_in_time() -> None:
    hangs = Event()
    began = time.monotonic()
    answer, _ = post(lambda _: _hang(hangs), seconds=SHORT)
    hangs.set()
    assert (answer, time.monotonic() - began < LONG) == (Answer(error="timeout"), True)


def test_a_name_whose_look_up_hangs_is_left_in_time() -> None:
    hangs = Event()
    began = time.monotonic()

    def lookup(*_: object) -> list[str]:
        hangs.wait(30)
        return [HERE]

    answer = sender(lookup=lookup, seconds=SHORT).post("https://hooks.example.com/", {}, BODY)
    hangs.set()
    assert (answer, time.monotonic() - began < LONG) == (Answer(error="timeout"), True)


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["169.254.169.254"], ["93.184.216.34", "10.0.0.1"], ["::ffff:127.0.0.1"], ["fd00:ec2::254"]],
)
def test_no_connection_where_any_address_is_not_public(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it connected"))
    real = HttpWebhookSender(lookup=lambda *_: addresses)
    assert real.post("https://hooks.example.com/", {}, BODY) == Answer(error="blocked_address")


def test_a_name_that_changes_after_the_check_leads_nowhere_else() -> None:
    """DNS rebinding: the first look-up is public, each one after it is not; there is no second."""
    with endpoint(answers(OK)) as made:
        looked_up = cycle([[HERE], ["169.254.169.254"]])
        asked: list[str] = []

        def lookup(host: str, _: int) -> list[str]:
            asked.append(host)
            return next(looked_up)

        rebound = sender(lookup=lookup)
        assert rebound.post(made.url, {}, BODY).status_code == 200
        assert asked == ["hooks.example.com"]
        assert rebound.post(made.url, {}, BODY) == Answer(error="blocked_address")
        assert len(made.requests) == 1


@pytest.mark.parametrize(
    "url", ["http://hooks.example.com/", "http://localhost/", "https://127.0.0.1/", "https://[::1]/", "file:///x"]
)
def test_a_url_that_was_stored_otherwise_is_refused_all_the_same(url: str) -> None:
    assert sender().post(url, {}, BODY) == Answer(error="blocked_address")


def test_another_certificate_is_not_trusted() -> None:
    answer, made = post(answers(OK), context=None)
    assert (answer, made.requests) == (Answer(error="tls_failed"), [])


def test_a_certificate_for_another_name_is_not_trusted() -> None:
    with endpoint(answers(OK)) as made:
        url = made.url.replace("hooks.", "other.")
        assert sender().post(url, {}, BODY) == Answer(error="tls_failed")


def test_where_nobody_listens_and_names_that_do_not_exist() -> None:
    free = socket.create_server((HERE, 0))
    port = free.getsockname()[1]
    free.close()
    assert sender().post(f"https://hooks.example.com:{port}/", {}, BODY) == Answer(error="connection_failed")
    nobody = sender(lookup=lambda *_: [])
    assert nobody.post("https://hooks.example.com/", {}, BODY) == Answer(error="name_not_resolved")


def test_the_second_address_is_tried_where_the_first_does_not_answer() -> None:
    with endpoint(answers(OK)) as made:
        both = sender(lookup=lambda *_: ["127.0.0.2", HERE], allows=lambda _: True)
        assert both.post(made.url, {}, BODY).status_code == 200


def test_what_the_resolver_of_the_system_says() -> None:
    assert HERE in look_up("localhost", 80)
    assert look_up("x" * 300, 80) == []
    assert look_up_in_time("localhost", 80, 5)
