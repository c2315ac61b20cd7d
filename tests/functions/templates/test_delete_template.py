"""DELETE /templates/{template_id}."""

from tests.functions.templates.asking import create, make_default, on


def test_all_but_the_default_can_be_deleted(key: str) -> None:
    first, second = (create(key).data["id"] for _ in range(2))
    make_default(key, first)
    refused = on(key, "DELETE", "delete", first)
    assert (refused.status, refused.error["code"]) == (409, "TEMPLATE_IN_USE")
    assert [on(key, "DELETE", "delete", second).status for _ in range(2)] == [204, 404]
    assert on(key, "GET", "get", first).status == 200
