"""The API on a port of this machine: the real handlers, on the AWS of the test, behind HTTP as a browser speaks it."""

import email
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

from invoicing.api.app import ApiApp
from invoicing.api.request import BASE_PATH
from invoicing.objects.s3 import S3ObjectStore
from tests.aws import Aws
from tests.functions.imports.importing import tick
from tests.http import Response, call_handler, load_handler, request
from tests.ledger_stream import stream_of
from tests.messages import messages_of
from tests.serving import served
from tools.openapi import NO_PATH, operations

UPLOADS = "/uploads"


class LocalApi(ThreadingHTTPServer):
    """Where the API is, what it was asked (method, path and headers of each request, in order), and its answers.

    With ``loses_next_answer`` the next POST takes effect, and nobody hears of it.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.url = f"http://127.0.0.1:{self.server_port}{BASE_PATH}"
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.answers: list[Response] = []
        self.loses_next_answer = False
        self.one_at_a_time = threading.Lock()  # moto is for one thread
        self.bucket: Any = None

    def posted(self) -> list[tuple[str, str]]:
        """Path and idempotency key of each POST, in order."""
        return [(path, headers.get("idempotency-key", "")) for method, path, headers in self.asked if method == "POST"]

    def upload_form(self, bucket: Any, form: Any) -> Any:
        """A form of S3, with this server as the place that it is sent to."""
        self.bucket = bucket
        return replace(form, url=f"http://127.0.0.1:{self.server_port}{UPLOADS}")


@contextmanager
def local_api() -> Iterator[LocalApi]:
    """The API as long as the test lasts."""
    form_of_s3 = S3ObjectStore.upload_form
    with (
        served(LocalApi()) as api,
        patch.object(
            S3ObjectStore, "upload_form", lambda store, *given: api.upload_form(store, form_of_s3(store, *given))
        ),
    ):
        yield api


@cache
def _routes() -> list[tuple[tuple[str, ...], re.Pattern[str], ApiApp[Any]]]:
    """Methods, path and handler of every operation, last the one that answers every other request."""
    apps = sorted((each.app for each in operations()), key=lambda app: (app.path == NO_PATH, "{" in app.path))
    return [(app.methods, _pattern(app.path), app) for app in apps]


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(".*" if path == NO_PATH else re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path), re.DOTALL)


def _text(body: bytes) -> str | bytes | None:
    """What API Gateway makes of a body: text, or base64 of what is none."""
    try:
        return body.decode() or None
    except UnicodeDecodeError:
        return body


class _Connection(BaseHTTPRequestHandler):
    server: LocalApi

    def log_message(self, *_: Any) -> None:
        """It says nothing."""

    def _answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        path, _, query = self.path.removeprefix(BASE_PATH).partition("?")
        content = self.rfile.read(int(headers.get("content-length", 0)))
        if self.path == UPLOADS:
            self._upload(headers["content-type"], content)
            return
        body = _text(content)
        self.server.asked.append((self.command, path, headers))
        matches = (
            (app, pattern.fullmatch(path))
            for methods, pattern, app in _routes()
            if self.command in methods or app.path == NO_PATH
        )
        app, match = next((app, match) for app, match in matches if match)
        parameters = {name: unquote(value) for name, value in match.groupdict().items()}
        event = request(self.command, f"{path}?{query}", body, headers=headers, parameters=parameters)
        with self.server.one_at_a_time:
            answer = call_handler(app, event)
        self.server.answers.append(answer)
        if self.command == "POST" and self.server.loses_next_answer:
            self.server.loses_next_answer = False
            return  # it was done, and the connection breaks
        self.send_response(answer.status)
        for name, value in (*answer.headers.items(), ("Content-Length", str(len(answer.body)))):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def __getattr__(self, name: str) -> Any:
        """The answer to any method: what has no route goes to ``$default``."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _upload(self, content_type: str, form: bytes) -> None:
        parts = email.message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + form).walk()
        fields: dict[Any, Any] = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True) for part in parts
        }
        store, kind = self.server.bucket, fields["Content-Type"].decode()
        with self.server.one_at_a_time:
            store._client.put_object(
                Bucket=store._bucket, Key=fields["key"].decode(), Body=fields["file"], ContentType=kind
            )
        self.send_response(204)
        self.end_headers()


def catch_up(aws: Aws, told: set[str]) -> None:
    """Do what follows from the events and ledger entries that are not ``told`` yet, and what is due."""
    messages = [message for message in messages_of(aws) if message["messageId"] not in told]
    entries = [item for item in aws.items("ledger") if item["sk"]["S"] not in told]
    told |= {message["messageId"] for message in messages} | {item["sk"]["S"] for item in entries}
    for start in range(0, len(messages), 10):
        for reaction in ("update_search", "update_totals"):
            done = load_handler(f"reactions/{reaction}")({"Records": messages[start : start + 10]}, None)
            assert done == {"batchItemFailures": []}, reaction
    if entries:
        load_handler("reactions/update_reports")(stream_of(entries), None)
    tick(aws)
