"""Exports as clients make them, and the slices that AWS would run."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from invoicing.operations.exports import create_export
from tests.aws import Aws
from tests.http import Response, call, request

MARCH = {"start_date": "2026-03-01", "end_date": "2026-03-31"}


def post(key: str, **body: Any) -> Response:
    """POST /exports."""
    return call("exports/create_export", request("POST", "/exports", {"format": "csv"} | MARCH | body, key=key))


def read(key: str, export_id: str) -> Response:
    """GET /exports/{export_id}."""
    path, parameters = f"/exports/{export_id}", {"export_id": export_id}
    return call("exports/get_export", request("GET", path, key=key, parameters=parameters))


def due_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports whose reading need not wait."""
    monkeypatch.setattr(create_export, "SETTLED_AFTER", timedelta())


def downloaded(aws: Aws, url: str) -> bytes:
    """What a link leads to."""
    bucket = aws.environment["DOCUMENTS_BUCKET"]
    name = unquote(urlsplit(url).path).removeprefix(f"/{bucket}").lstrip("/")
    content: bytes = aws.client("s3").get_object(Bucket=bucket, Key=name)["Body"].read()
    return content
