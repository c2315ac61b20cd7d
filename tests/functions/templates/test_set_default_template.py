"""POST /templates/{template_id}/default."""

from tests.functions.templates.asking import create, make_default, on


def test_there_is_one_default_at_a_time(key: str) -> None:
    first, second = (create(key).data["id"] for _ in range(2))
    assert make_default(key, first).data["default"] is True
    again = make_default(key, second)
    assert (again.status, again.json["links"]["default"]) == (200, None)
    assert [on(key, "GET", "get", each).data["default"] for each in (first, second)] == [False, True]
    assert make_default(key, second).headers["ETag"] == again.headers["ETag"], "nothing was written"
