"""An HTTP server in the place of DynamoDB, or between it and who asks."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.serving import served

type Answer = tuple[int, bytes]
"""Status and body."""


@dataclass
class Between:
    """Lists what it was asked, each with its operation; an answer of None is a connection that breaks.

    ``headers`` has those of each request, with names in lower case.
    """

    answer: Callable[[str, bytes], Answer | None]
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    @contextmanager
    def running(self) -> Iterator[None]:
        between = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                operation = self.headers["X-Amz-Target"].rpartition(".")[2]
                between.headers.append({name.lower(): value for name, value in self.headers.items()})
                between.asked.append((operation, json.loads(body)))
                answer = between.answer(operation, body)
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer[0])
                self.send_header("Content-Length", str(len(answer[1])))
                self.end_headers()
                self.wfile.write(answer[1])

            def log_message(self, *_: object) -> None:
                pass

        with served(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
            self.url = f"http://127.0.0.1:{server.server_port}"
            yield


def forwarded(endpoint: str, operation: str, body: bytes) -> Answer:
    """What DynamoDB Local answers; signatures are nothing to it."""
    headers = {
        "X-Amz-Target": f"DynamoDB_20120810.{operation}",
        "Authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb/aws4_request",
    }
    with closing(HTTPConnection(endpoint.removeprefix("http://"))) as server:
        server.request("POST", "/", body, headers)
        answer = server.getresponse()
        return answer.status, answer.read()
