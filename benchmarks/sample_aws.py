"""AWS over HTTP, as far as the sample events need it: what is stored is found, and what is written is forgotten."""

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.requests import ENVIRONMENT
from tests.template import read_template


def sample_items() -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored of the business the sample events speak of, by table."""
    from tests.aws import deployed  # noqa: PLC0415
    from tests.sample_business import (  # noqa: PLC0415
        open_sample_business,
        pay_sample_business,
        settle_sample_business,
    )

    with deployed(read_template()) as aws:
        open_sample_business()
        settle_sample_business()
        pay_sample_business()
        return {ENVIRONMENT[f"{table.upper()}_TABLE"]: aws.items(table) for table in read_template().tables}


class Aws(BaseHTTPRequestHandler):
    """Answers with what is stored; conditions always hold, and what is written is forgotten."""

    protocol_version = "HTTP/1.1"
    items: dict[tuple[str, str, str], dict[str, Any]]
    key: dict[str, Any]
    pdf = b"%PDF-1.7\n" + b"0" * 30_000

    def do_POST(self) -> None:
        """DynamoDB, EventBridge, SES."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        service, _, operation = self.headers.get("X-Amz-Target", "SES.").partition(".")
        if service == "SES":
            self._send(b"<SendRawEmailResponse><SendRawEmailResult><MessageId>0102</MessageId>"
                       b"</SendRawEmailResult></SendRawEmailResponse>", "text/xml")  # fmt: skip
            return
        method = re.sub("(?=[A-Z])", "_", operation).lower()
        answer: Any = getattr(self, method)(json.loads(body))
        self._send(json.dumps(answer, default=lambda value: base64.b64encode(value).decode()).encode(),
                   "application/x-amz-json-1.0")  # fmt: skip

    def do_GET(self) -> None:
        """S3: every document is there."""
        self._send(self.pdf, "application/pdf")

    def do_PUT(self) -> None:
        """S3."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(b"", "text/plain")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _send(self, body: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _find(self, table: str, key: Any) -> Any:
        return self.items.get((table, key["pk"]["S"], key.get("sk", {}).get("S", "")))

    def _get_item(self, request: Any) -> Any:
        item = self._find(request["TableName"], request["Key"])
        return {"Item": item} if item else {}

    def _batch_get_item(self, request: Any) -> Any:
        found = {
            table: [item for key in wanted["Keys"] if (item := self._find(table, key))]
            for table, wanted in request["RequestItems"].items()
        }
        return {"Responses": found, "UnprocessedKeys": {}}

    def _query(self, request: Any) -> Any:
        found = [item for (table, *_), item in self.items.items() if table == request["TableName"]]
        found = [item for item in found if is_asked_for(item, request)]
        return {"Items": found[: request.get("Limit", len(found))], "Count": len(found)}

    def _update_item(self, _: Any) -> Any:
        return {"Attributes": self.key | {"hour": {"N": "498706"}, "requests_used": {"N": "17"}}}

    def _put_item(self, _: Any) -> Any:
        return {}

    _transact_write_items = _put_item

    def _put_events(self, request: Any) -> Any:
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in request["Entries"]]}


def is_asked_for(item: dict[str, Any], request: dict[str, Any]) -> bool:
    """Whether an item meets the condition of a query."""
    names, values = request.get("ExpressionAttributeNames", {}), request["ExpressionAttributeValues"]

    def text(name: str) -> str:
        attribute: dict[str, str] = item.get(names.get(name, name), {})
        return attribute.get("S", "")

    for name, low, high in re.findall(r"(\S+) BETWEEN (\S+) AND (\S+)", request["KeyConditionExpression"]):
        if not values[low]["S"] <= text(name) <= values[high]["S"]:
            return False
    for name, start in re.findall(r"begins_with\((\S+), (\S+)\)", request["KeyConditionExpression"]):
        if not text(name).startswith(values[start]["S"]):
            return False
    pairs = re.findall(r"(\S+) = (\S+)", request["KeyConditionExpression"])
    return all(text(name) == values[value]["S"] for name, value in pairs)


@contextmanager
def answering(items: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """The endpoint of a server that knows these items."""
    Aws.items = {
        (table, item["pk"]["S"], item.get("sk", {}).get("S", "")): item
        for table, all_ in items.items()
        for item in all_
    }
    Aws.key = items[ENVIRONMENT["API_KEYS_TABLE"]][0]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Aws)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
