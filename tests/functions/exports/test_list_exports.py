"""GET /exports."""

from tests.aws import Aws
from tests.functions.exports.exporting import post
from tests.functions.imports.importing import post as post_import
from tests.http import a_key, call, request


def test_exports_are_listed_newest_first(aws: Aws, queue: None, key: str) -> None:
    made = [post(key, type=of).data["id"] for of in ("invoices", "payments")]
    post_import(key, type="customers", data="name\nAda\n")
    listed = call("exports/list_exports", request("GET", "/exports", key=key)).data
    assert [(each["id"], each["status"]) for each in listed] == [(made[1], "pending"), (made[0], "pending")]
    payments = call("exports/list_exports", request("GET", "/exports?type=payments", key=key)).data
    assert [each["id"] for each in payments] == made[1:]
    assert call("exports/list_exports", request("GET", "/exports", key=a_key())).data == []
