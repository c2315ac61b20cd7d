import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.documents.browser import CHROMIUM, FLAGS, needs_chromium
from tests.http import Response, call, request
from tests.serving import served
from tools.openapi import FILE

pytestmark = pytest.mark.usefixtures("aws")

ROUTES = {
    "/v1/invoicing/docs": "reference/view_docs",
    "/v1/invoicing/docs/scalar.js": "reference/download_docs_script",
    "/v1/invoicing/openapi.json": "reference/download_openapi",
}


def answer_to(path: str) -> Response:
    event = request("GET", path.removeprefix("/v1/invoicing"), headers={"accept-encoding": "gzip"})
    return call(ROUTES[path], event)


def test_the_page_loads_its_own_script_and_nothing_from_elsewhere() -> None:
    page = answer_to("/v1/invoicing/docs")
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert re.findall(rb'(?:src|href)="(?!data:)([^"]+)"', page.body) == [b"openapi.json", b"docs/scalar.js?v=1.72.1"]
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")


@contextmanager
def site(asked: list[str]) -> Iterator[str]:
    """The address of a server of the three handlers, which notes what it is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            path = self.path.partition("?")[0]
            if path not in ROUTES:
                self.send_error(404)
                return
            answer = answer_to(path)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name != "Strict-Transport-Security":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    with served(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@needs_chromium
@pytest.mark.slow
def test_a_browser_shows_the_operations(tmp_path: Path) -> None:
    asked: list[str] = []
    with site(asked) as address:
        flags = [
            *FLAGS.split(),
            "--virtual-time-budget=20000",
            f"--user-data-dir={tmp_path}",
            "--enable-logging=stderr",
        ]
        command = [str(CHROMIUM), *flags, f"{address}/v1/invoicing/docs"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)  # noqa: S603
    assert sorted(asked) == [
        "/v1/invoicing/docs",
        "/v1/invoicing/docs/scalar.js?v=1.72.1",
        "/v1/invoicing/openapi.json",
    ]
    assert "Content Security Policy" not in done.stderr
    assert "Read the account" in done.stdout
    assert f"{address}/v1/invoicing" in done.stdout
    assert "Powered by Scalar" in done.stdout
    assert json.loads(gzip.decompress(answer_to("/v1/invoicing/openapi.json").body)) == json.loads(FILE.read_text())
