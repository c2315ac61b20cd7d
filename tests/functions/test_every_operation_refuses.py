"""The rows of the contract's table of errors that every operation has: keys, limits, broken bodies, failures."""

import re
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from pynamodb.connection import Connection

from invoicing.api.request import MAX_BODY_BYTES
from tests.functions.business import BODIES, Business, apps
from tests.functions.refusing import refused

pytestmark = pytest.mark.usefixtures("nothing_changes")

OPERATIONS = [file for file in apps() if apps()[file].scope]
WITH_BODY = [file for file in OPERATIONS if apps()[file].body]

BROKEN = ['{"a": ', "[1, 2", '{"a": NaN}', b"\xff\xfe", r'{"a": "\ud800"}', '{"a": 1, "a": 2}']


@pytest.mark.parametrize("file", OPERATIONS)
class TestEveryOperation:
    def test_without_a_key(self, business: Business, file: str) -> None:
        answer = business.ask(file, BODIES.get(file), key=None)
        refused(answer, 401, "authentication_error", "missing_api_key")

    def test_with_a_key_that_is_none(self, business: Business, file: str) -> None:
        for key in ("nonsense", "sk_test_" + "0" * 32, business.expired_secret):
            answer = business.ask(file, BODIES.get(file), key=key)
            refused(answer, 401, "authentication_error", "invalid_api_key")

    def test_with_a_revoked_key(self, business: Business, file: str) -> None:
        answer = business.ask(file, BODIES.get(file), key=business.revoked_secret)
        refused(answer, 401, "authentication_error", "key_revoked")

    def test_while_the_test_clock_is_advanced(self, business: Business, file: str) -> None:
        answer = business.ask(file, BODIES.get(file), key=business.advancing_key)
        if apps()[file].method != "GET":
            refused(answer, 409, "resource_conflict", "TEST_CLOCK_ADVANCING")

    def test_with_a_key_for_everything_else(self, business: Business, file: str) -> None:
        key = business.keys_without[apps()[file].scope or ""]
        answer = business.ask(file, BODIES.get(file), key=key)
        refused(answer, 403, "permission_error", "INSUFFICIENT_SCOPE")

    def test_with_a_key_that_is_used_up(self, business: Business, file: str) -> None:
        answer = business.ask(file, BODIES.get(file), key=business.used_up_secret)
        error = refused(answer, 429, "rate_limit_error", "RATE_LIMIT_EXCEEDED")
        left = (60 - 34) * 60 - 56
        assert (error["retry_after"], answer.headers["Retry-After"]) == (left, str(left))
        assert answer.headers["X-RateLimit-Remaining"] == "0"

    def test_when_dynamodb_is_out_of_reach(
        self, business: Business, file: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patched:
            fail(patched, EndpointConnectionError(endpoint_url="https://dynamodb.us-east-1.amazonaws.com"))
            answer = business.ask(file, BODIES.get(file), headers={"Idempotency-Key": "new"})
        refused(answer, 503, "api_error", "SERVICE_UNAVAILABLE")
        assert int(answer.headers["Retry-After"]) > 0

    def test_when_something_is_broken(self, business: Business, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patched:
            fail(patched, RuntimeError("arn:aws:dynamodb: botocore said no"))
            answer = business.ask(file, BODIES.get(file), headers={"Idempotency-Key": "new"})
        refused(answer, 500, "api_error", "INTERNAL_ERROR")

    def test_the_clients_own_request_id_comes_back(self, business: Business, file: str) -> None:
        for own, echoed in (("my-id.1", True), ("not well-formed", False)):
            answer = business.ask(file, BODIES.get(file), key=None, headers={"X-Request-ID": own})
            error = refused(answer, 401, "authentication_error", "missing_api_key")
            assert (error["request_id"] == own) == echoed


@pytest.mark.parametrize("file", [file for file in OPERATIONS if apps()[file].method == "GET"])
def test_reading_with_the_key_of_an_account_that_is_gone(business: Business, file: str) -> None:
    assert business.ask(file, key=business.orphaned_key).status < 500


@pytest.mark.parametrize("file", WITH_BODY)
class TestEveryOperationWithABody:
    @pytest.mark.parametrize(
        "body", ['{"a": ', "[1, 2", '{"a": NaN}', b"\xff\xfe", r'{"a": "\ud800"}', '{"a": 1, "a": 2}']
    )
    def test_broken_json(self, business: Business, file: str, body: str | bytes) -> None:
        error = refused(business.ask(file, body), 400, "invalid_request_error", "INVALID_JSON")
        # In our own words, none of Python's.
        assert re.fullmatch(
            r"The body is not valid JSON: (syntax error at line 1, column \d+|it is not UTF-8|NaN is not a JSON value"
            r'|a text has half a surrogate pair|the member "a" occurs more than once in an object)\.',
            error["message"],
        )

    def test_a_body_over_one_megabyte(self, business: Business, file: str) -> None:
        answer = business.ask(file, " " * (MAX_BODY_BYTES + 1))
        refused(answer, 413, "invalid_request_error", "REQUEST_TOO_LARGE")

    def test_a_field_that_is_unknown(self, business: Business, file: str) -> None:
        answer = business.ask(file, BODIES[file] | {"nmae": "x"})
        error = refused(answer, 422, "validation_error", "VALIDATION_FAILED")
        assert [(detail["field"], detail["code"]) for detail in error["details"]] == [("nmae", "FIELD_UNKNOWN")]


def fail(patched: pytest.MonkeyPatch, error: Exception) -> None:
    """Every request to DynamoDB but the key check ends with this."""
    send = Connection._make_api_call

    def failing(connection: Connection, operation: str, request: Any) -> Any:
        if operation == "UpdateItem":
            return send(connection, operation, request)
        raise error

    patched.setattr(Connection, "_make_api_call", failing)
