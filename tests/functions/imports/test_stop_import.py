"""DELETE /imports/{import_id}."""

from tests.aws import Aws
from tests.functions.imports.importing import post, read, tick
from tests.http import call, request


def test_an_import_is_stopped_once(aws: Aws, queue: None, key: str) -> None:
    import_id = post(key, type="customers", data="name\nAda\n").data["id"]
    stop = request("DELETE", f"/imports/{import_id}", key=key, parameters={"import_id": import_id})
    assert [call("imports/stop_import", stop).status for _ in range(2)] == [204, 204]
    assert read(key, import_id).data["status"] == "stopping"
    tick(aws)
    ended = read(key, import_id)
    assert (ended.data["status"], ended.data["processed"], ended.json["links"]["stop"]) == ("stopped", 0, None)
    assert not aws.items("customers")
    assert call("imports/stop_import", stop).status == 409
