import pytest

from tests.aws import Aws
from tests.http import call, request


def test_it_answers_without_a_key_and_without_a_database(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("pynamodb.connection.Connection._make_api_call", fail)
    answer = call("pages/health", request("GET", "/health"))
    assert (answer.status, answer.data) == (200, {"status": "ok"})
    assert answer.json["links"] == {"self": "https://api.example.com/v1/invoicing/health"}


@pytest.mark.usefixtures("aws")
def test_head_answers_without_a_body() -> None:
    answer = call("pages/health", request("HEAD", "/health"))
    assert (answer.status, answer.body) == (200, b"")
