"""DELETE /exports/{export_id}."""

from tests.aws import Aws
from tests.functions.exports.exporting import post, read
from tests.functions.imports.importing import tick
from tests.http import call, request


def test_an_export_is_stopped(aws: Aws, queue: None, key: str) -> None:
    export_id = post(key, type="invoices").data["id"]
    stop = request("DELETE", f"/exports/{export_id}", key=key, parameters={"export_id": export_id})
    assert [call("exports/stop_export", stop).status for _ in range(2)] == [204, 204]
    tick(aws)
    ended = read(key, export_id)
    assert (ended.data["status"], ended.data["url"], ended.json["links"]["stop"]) == ("stopped", None, None)
