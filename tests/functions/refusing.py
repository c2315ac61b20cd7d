"""The form that every error has (docs/reference/conventions.md#errors)."""

import re
from typing import Any

from invoicing.domain.access.caller import HOUR
from tests.functions.business import NOW
from tests.http import Response

SECRETS = re.compile("traceback|botocore|pynamodb|dynamodb|arn:|lambda|exception|/var/", re.IGNORECASE)


def refused(answer: Response, status: int, kind: str, code: str) -> Any:
    """The error of an answer, after checking all that the contract says of the form of errors."""
    assert answer.status == status, answer.body
    assert answer.json.keys() == {"error", "meta"}
    error, meta = answer.json["error"], answer.json["meta"]
    assert (error["type"], error["code"]) == (kind, code)
    assert error.keys() >= {"type", "code", "message", "details", "request_id", "timestamp"}
    assert error["message"]
    for detail in error["details"]:
        assert detail.keys() - {"line", "reason"} == {"field", "message", "code", "value"}
        assert ("line" in detail) == ("reason" in detail)
    if error["code"] in {"VALIDATION_FAILED", "INVALID_QUERY"}:
        assert error["message"] == error["details"][0]["message"]
    assert meta == {"request_id": error["request_id"], "timestamp": "2026-11-22T12:34:56.000Z", "version": "v1"}
    assert error["timestamp"] == meta["timestamp"]
    assert error["request_id"] == answer.headers["X-Request-ID"]
    assert not SECRETS.search(answer.body.decode())
    has_promised_headers(answer)
    return error


def has_promised_headers(answer: Response) -> None:
    headers = answer.headers
    assert headers["Content-Type"] == "application/json"
    assert headers["X-API-Version"] == "v1"
    assert headers["Strict-Transport-Security"] == "max-age=63072000"
    assert headers["Cache-Control"] == "no-store"
    assert re.fullmatch(r"\d+ms", headers["X-Response-Time"])
    assert 0 <= int(headers["X-RateLimit-Remaining"]) <= int(headers["X-RateLimit-Limit"])
    assert int(headers["X-RateLimit-Reset"]) == (int(NOW.timestamp()) // HOUR + 1) * HOUR
    assert ("Retry-After" in headers) == (answer.status in {429, 503})
    assert ("WWW-Authenticate" in headers) == (answer.status == 401)
    assert ("Allow" in headers) == (answer.status == 405)
    assert not {"ETag", "Location", "Idempotent-Replayed"} & headers.keys()
