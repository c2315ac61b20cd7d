"""What the clients talk to: the API on this machine, which can fail, and a server that only keeps what it is asked."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions import local_api
from tests.http import a_key
from tests.prepared import prepared
from tests.serving import served


@pytest.fixture
@prepared
def key(aws: Aws) -> str:
    """The key of an account on ``aws``."""
    assert aws.items("accounts") == []
    return a_key(email="billing@acme.example")


class UnreliableApi(local_api.LocalApi):
    """The API; the next requests have no effect, and get ``next_failures``: a status and a ``Retry-After``."""

    def __init__(self) -> None:
        super().__init__()
        self.RequestHandlerClass = _Unreliable
        self.next_failures: list[tuple[int, str]] = []


class _Unreliable(local_api._Connection):
    server: UnreliableApi

    def _answer(self) -> None:
        if not self.server.next_failures:
            return super()._answer()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.command, self.path, headers))
        self.rfile.read(int(headers.get("content-length", 0)))
        status, retry_after = self.server.next_failures.pop(0)
        # As API Gateway does it: not in the words of the API.
        self.send_response(status)
        there = {"Location": "https://elsewhere.example/"} if status < 400 else {"Retry-After": retry_after}
        for name, value in {**there, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()
        return None

    do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815 - the names that the base class looks for


@pytest.fixture
def api(key: str) -> Iterator[UnreliableApi]:
    assert key
    with served(UnreliableApi()) as api:
        yield api


class Recorder(ThreadingHTTPServer):
    """Answers everything with an empty object, and keeps method and path with query of each request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.url = f"http://127.0.0.1:{self.server_port}/v1"
        self.asked: list[tuple[str, str]] = []


class _Connection(BaseHTTPRequestHandler):
    server: Recorder

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline()
        if self.raw_requestline and self.parse_request():
            self.server.asked.append((self.command, self.path.removeprefix("/v1")))
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(200)
            for name, value in (("Content-Type", "application/json"), ("Content-Length", "2")):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None:
        """It says nothing."""


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with served(Recorder()) as recorder:
        yield recorder
