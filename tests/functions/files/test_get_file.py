"""GET /files/{file_id}."""

from tests.aws import Aws
from tests.http import a_key
from tests.uploads import declare, file_request, uploaded


def test_a_file_has_no_download_before_it_was_checked(aws: Aws, key: str) -> None:
    file = uploaded(aws, key)
    answer = file_request("GET", key, file["id"])
    assert answer.data == {name: value for name, value in file.items() if name != "upload"} | {"download": None}


def test_another_account_does_not_see_it(key: str) -> None:
    other = file_request("GET", a_key(), declare(key).data["id"])
    assert (other.status, other.error["code"]) == (404, "FILE_NOT_FOUND")
