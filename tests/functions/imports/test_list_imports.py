"""GET /imports."""

from tests.aws import Aws
from tests.functions.imports.importing import post, tick
from tests.http import a_key, call, request


def test_imports_are_listed_newest_first(aws: Aws, queue: None, key: str) -> None:
    made = []
    for data in ("name\nAda\n", "nam\nAda\n"):
        made.append(post(key, type="customers", data=data).data["id"])
        tick(aws)
    listed = call("imports/list_imports", request("GET", "/imports", key=key)).data
    assert [(each["id"], each["status"]) for each in listed] == [(made[1], "failed"), (made[0], "completed")]
    failed = call("imports/list_imports", request("GET", "/imports?status=failed", key=key)).data
    assert [each["error"]["code"] for each in failed] == ["COLUMN_UNKNOWN"]
    assert call("imports/list_imports", request("GET", "/imports", key=a_key())).data == []
