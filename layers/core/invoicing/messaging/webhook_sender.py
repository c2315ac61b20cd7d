"""Requests to the endpoints of webhooks: to public addresses only, and within ten seconds.

What a URL leads to is looked up for each attempt, all its addresses are checked, and the connection goes to one that
was checked, with the name in TLS and in ``Host``: a name that changes between the two leads nowhere else. This takes
neither proxies nor redirects.
"""

import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Buffer, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Thread

from invoicing.domain.webhooks.address import Target, UrlRefused, is_public, target_of
from invoicing.domain.webhooks.delivery import MOST_OF_RESPONSE, Problem
from invoicing.domain.webhooks.schedule import LONGEST_ASKED, THROTTLING
from invoicing.operations.webhooks._ports import Answer

SECONDS = 10.0
"""The time of an attempt, from looking up the name to the last byte that is read."""

SOON = 3.0
"""The seconds that an API request waits for a name."""

MOST_READ = 64 * 1024
"""The most bytes that are read of a response, its headers included."""

USER_AGENT = "invoicing-webhooks/1"

Lookup = Callable[[str, int], list[str]]
"""Return the addresses of a name, none where it has none."""


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a name, in the order in which they are to be tried; none where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def look_up_in_time(host: str, port: int, seconds: float, lookup: Lookup = look_up) -> list[str] | None:
    """Return the addresses of a name; None where that takes too long. The resolver of the system has no limit."""
    found: list[list[str]] = []
    thread = Thread(target=lambda: found.append(lookup(host, port)), daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else None


def look_up_soon(host: str, port: int) -> list[str]:
    """Return the addresses of a name, none where that takes longer than a request to the API should."""
    return look_up_in_time(host, port, SOON) or []


class _Failed(Exception):
    """The attempt failed before there was an answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem: Problem = problem


_PROBLEMS: tuple[tuple[type[Exception], Problem], ...] = (
    (UrlRefused, "blocked_address"),
    (TimeoutError, "timeout"),
    (ssl.SSLError, "tls_failed"),
    (OSError, "connection_failed"),
    (Exception, "invalid_response"),
)
"""Why an attempt failed, by the error that it ended with; the first that fits."""


class HttpWebhookSender:
    """Posts to endpoints (`invoicing.operations.webhooks._ports.WebhookSender`)."""

    def __init__(
        self,
        *,
        allow_localhost: bool = False,
        lookup: Lookup = look_up,
        allows: Callable[[str], bool] = is_public,
        context: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._allow_localhost = allow_localhost
        self._lookup = lookup
        self._allows = allows
        self._context = context or ssl.create_default_context()
        self._seconds = seconds

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post once."""
        deadline = _Deadline(self._seconds)
        try:
            target = target_of(url, allow_localhost=self._allow_localhost)
            with self._connected(target, deadline) as connection:
                return _exchange(connection, _request(target, headers, body), deadline)
        except _Failed as failed:
            return Answer(error=failed.problem)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(error=next(problem for kind, problem in _PROBLEMS if isinstance(error, kind)))

    def _connected(self, target: Target, deadline: "_Deadline") -> socket.socket:
        """Return a connection to one of the addresses, all of which are allowed."""
        addresses = look_up_in_time(target.host, target.port, deadline.left(), self._lookup)
        if addresses is None:
            raise _Failed("timeout")
        if not addresses:
            raise _Failed("name_not_resolved")
        if target.is_https and not all(map(self._allows, addresses)):
            raise _Failed("blocked_address")
        plain = _connect(addresses, target.port, deadline)
        if not target.is_https:
            return plain
        try:
            plain.settimeout(deadline.left())
            return self._context.wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise


class _Deadline:
    """When an attempt ends."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; `TimeoutError` when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _connect(addresses: list[str], port: int, deadline: _Deadline) -> socket.socket:
    """Connect to the first address that answers."""
    refused: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), deadline.left())
        except TimeoutError:
            raise
        except OSError as error:
            refused = error
    raise refused


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    """Write a request; all of its values are ours, or were checked to be one line of ASCII."""
    lines = {
        "Host": target.authority,
        "User-Agent": USER_AGENT,
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


class _Limited(io.RawIOBase):
    """What comes over a connection until the deadline; `HTTPException` for more than `MOST_READ`."""

    def __init__(self, connection: socket.socket, deadline: _Deadline) -> None:
        self._connection, self._deadline, self._left = connection, deadline, MOST_READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer)[: self._left]
        if not view:
            raise http.client.HTTPException("the response is too long")
        self._connection.settimeout(self._deadline.left())
        count = self._connection.recv_into(view)
        self._left -= count
        return count


class _Readable(io.BufferedReader):
    """What `http.client.HTTPResponse` needs of a socket: a file, which is the same for each response on it."""

    def makefile(self, *_: object) -> io.BufferedReader:
        """Return the file that it reads."""
        return self

    def close(self) -> None:
        """Leave it open for the next response: it ends with its connection."""


def _exchange(connection: socket.socket, request: bytes, deadline: _Deadline) -> Answer:
    """Send a request and read the begin of its response: its status decides, however slowly its body comes."""
    connection.settimeout(deadline.left())
    connection.sendall(request)
    response = _final_response(_Readable(_Limited(connection, deadline), MOST_OF_RESPONSE))
    kept = b""
    with suppress(OSError, http.client.HTTPException, ValueError):
        while len(kept) < MOST_OF_RESPONSE and (more := response.read1(MOST_OF_RESPONSE - len(kept))):
            kept += more
    status = response.status
    return Answer(
        status_code=status,
        error=_problem(status),
        response=kept.decode("utf-8", "replace"),
        retry_after=_retry_after(response) if status in THROTTLING else None,
    )


def _final_response(readable: _Readable) -> http.client.HTTPResponse:
    """Read until the body: what comes before, such as 103 Early Hints, says nothing of what became of the request."""
    while True:
        response = http.client.HTTPResponse(readable, method="POST")  # type: ignore[arg-type]
        response.begin()
        if response.status >= 200 or response.status == http.HTTPStatus.SWITCHING_PROTOCOLS:
            return response


def _problem(status: int) -> Problem | None:
    if 200 <= status < 300:
        return None
    return "redirect" if 300 <= status < 400 else "status"


def _retry_after(response: http.client.HTTPResponse) -> timedelta | None:
    """Return the pause that an endpoint asks for, in seconds or until a date."""
    asked = (response.getheader("Retry-After") or "").strip()
    if re.fullmatch(r"[0-9]+", asked):
        return timedelta(seconds=int(asked)) if len(asked) < 10 else LONGEST_ASKED
    try:
        until = parsedate_to_datetime(asked)
    except (TypeError, ValueError, OverflowError):
        return None
    return max(timedelta(), (until if until.tzinfo else until.replace(tzinfo=UTC)) - datetime.now(UTC))
