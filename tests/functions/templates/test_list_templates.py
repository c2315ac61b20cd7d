"""GET /templates."""

from tests.functions.templates.asking import change, create, make_default
from tests.http import Response, a_key, call, request


def listed(key: str) -> Response:
    return call("templates/list_templates", request("GET", "/templates", key=key))


def test_the_oldest_is_first_each_in_its_current_version(key: str) -> None:
    first, second = (create(key, name=name).data["id"] for name in ("One", "Two"))
    change(key, first, name="First")
    make_default(key, second)
    answer = listed(key)
    assert [(each["name"], each["version"], each["default"]) for each in answer.data] == [
        ("First", 2, False),
        ("Two", 1, True),
    ]
    assert answer.json["meta"]["pagination"]["total"] == 2
    assert listed(a_key()).data == []
