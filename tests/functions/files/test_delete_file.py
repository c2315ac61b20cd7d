"""DELETE /files/{file_id}: record and object are gone, also after a death between the steps."""

import pytest

from invoicing.wiring import wiring
from tests.aws import Aws
from tests.fakes import Crash
from tests.http import a_key
from tests.uploads import file_request, uploaded


def objects(aws: Aws) -> list[str]:
    listed = aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])
    return [each["Key"] for each in listed.get("Contents", [])]


def test_record_and_object_are_gone(aws: Aws, key: str) -> None:
    file, other = uploaded(aws, key), uploaded(aws, key)
    assert file_request("DELETE", key, file["id"]).status == 204
    assert [item["sk"]["S"] for item in aws.items("files")] == [other["id"]]
    assert [name.rpartition("/")[2] for name in objects(aws)] == [other["id"]]
    assert file_request("DELETE", key, file["id"]).status == 404


def test_a_deletion_that_died_is_ended_by_the_next(aws: Aws, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = uploaded(aws, key)

    def die(*_: str) -> None:
        raise Crash

    with monkeypatch.context() as dying:
        dying.setattr(wiring().objects, "remove", die)
        assert file_request("DELETE", key, file["id"]).status == 500
    assert file_request("GET", key, file["id"]).status == 404
    assert file_request("DELETE", key, file["id"]).status == 204
    assert (aws.items("files"), objects(aws)) == ([], [])


def test_another_account_cannot_delete_it(aws: Aws, key: str) -> None:
    file = uploaded(aws, key)
    assert file_request("DELETE", a_key(), file["id"]).status == 404
    assert len(objects(aws)) == 1
