"""POST /files: what the form allows."""

import base64
import json
from datetime import datetime
from typing import Any

import pytest

from invoicing.domain.files.types import CSV, JSONL
from tests.aws import Aws
from tests.uploads import declare


def conditions(file: Any) -> list[Any]:
    policy: dict[str, Any] = json.loads(base64.b64decode(file["upload"]["fields"]["policy"]))
    assert policy["expiration"]
    found: list[Any] = policy["conditions"]
    return found


def test_a_file_is_pending_with_a_form(key: str) -> None:
    answer = declare(key, size=120_000)
    file = answer.data
    assert (answer.status, answer.headers["Location"].rpartition("/")[2]) == (201, file["id"])
    shown = {name: file[name] for name in ("status", "filename", "content_type", "size", "sha256", "checked_at")}
    assert shown == {
        "status": "pending",
        "filename": "timesheet.pdf",
        "content_type": "application/pdf",
        "size": 120_000,
        "sha256": None,
        "checked_at": None,
    }
    lives = datetime.fromisoformat(file["upload"]["expires_at"]) - datetime.fromisoformat(file["created_at"])
    assert round(lives.total_seconds()) == 900


def test_the_form_allows_one_key_one_type_and_so_many_bytes(aws: Aws, key: str) -> None:
    file = declare(key, CSV, "hours.csv", size=77).data
    (stored,) = aws.items("files")
    own = f"uploads/{stored['pk']['S']}/{file['id']}"
    assert stored["pk"]["S"].endswith("#test")
    allowed = conditions(file)
    assert {"key": own} in allowed
    assert {"Content-Type": CSV} in allowed
    assert ["content-length-range", 1, 77] in allowed
    assert {"bucket": aws.environment["DOCUMENTS_BUCKET"]} in allowed
    assert (file["upload"]["fields"]["key"], file["upload"]["fields"]["Content-Type"]) == (own, CSV)
    assert "expires_at" in stored


@pytest.mark.parametrize(
    ("purpose", "content_type", "size"), [("logo", "image/png", 5_000_000), ("import", JSONL, 50_000_000)]
)
def test_each_purpose_has_its_types_and_sizes(key: str, purpose: str, content_type: str, size: int) -> None:
    assert declare(key, content_type, purpose=purpose, size=size).status == 201
    assert declare(key, content_type, purpose=purpose, size=size + 1).status == 422


def test_the_name_is_cleaned_and_ends_like_its_type(key: str) -> None:
    assert declare(key, filename="../evil\u202efdp.exe").data["filename"] == "evilfdp.exe.pdf"
