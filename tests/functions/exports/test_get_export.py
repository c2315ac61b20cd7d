"""GET /exports/{export_id}: the link to the file."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.aws import Aws
from tests.functions.exports.exporting import due_at_once, post, read
from tests.functions.imports.importing import tick
from tests.http import a_key


def test_the_file_can_be_downloaded_for_a_day(aws: Aws, queue: None, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    due_at_once(monkeypatch)
    begun = post(key, type="invoices").data
    waiting = read(key, begun["id"]).data
    assert (waiting["url"], waiting["expires_at"], waiting["sha256"]) == (None, None, None)
    tick(aws)
    ended = read(key, begun["id"])
    query = parse_qs(urlsplit(ended.data["url"]).query)
    assert query["X-Amz-Expires"] == ["86400"]
    disposition = query["response-content-disposition"][0]
    assert disposition.startswith('attachment; filename="invoices-2026-03-01-2026-03-31.csv"')
    left = datetime.fromisoformat(ended.data["expires_at"]) - datetime.fromisoformat(ended.json["meta"]["timestamp"])
    assert abs(left - timedelta(hours=24)) < timedelta(minutes=1)


def test_another_accounts_export_is_not_found(aws: Aws, key: str) -> None:
    begun = post(key, type="invoices").data
    assert read(a_key(), begun["id"]).status == 404
