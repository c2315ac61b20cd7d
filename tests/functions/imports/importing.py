"""Imports as clients make them, and the slices that AWS would run."""

from typing import Any

from tests.aws import Aws
from tests.functions.due_work import received
from tests.http import Response, call, load_handler, request


def post(key: str, **body: Any) -> Response:
    """POST /imports."""
    return call("imports/create_import", request("POST", "/imports", {"format": "csv"} | body, key=key))


def read(key: str, import_id: str) -> Response:
    """GET /imports/{import_id}."""
    path, parameters = f"/imports/{import_id}", {"import_id": import_id}
    return call("imports/get_import", request("GET", path, key=key, parameters=parameters))


def tick(aws: Aws) -> None:
    """A tick, and what it queued."""
    load_handler("schedules/start_due_work")({}, None)
    records = [
        {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]}
        for message in received(aws)
    ]
    assert load_handler("reactions/run_due_work")({"Records": records}, None) == {"batchItemFailures": []}
