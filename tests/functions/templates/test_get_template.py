"""GET /templates/{template_id}."""

from tests.functions.templates.asking import create, on
from tests.http import a_key


def test_it_is_what_was_stored(key: str) -> None:
    made = create(key, accent_color="#0a7", labels={"invoice": "Rechnung"})
    read = on(key, "GET", "get", made.data["id"])
    assert (read.data, read.headers["ETag"]) == (made.data, made.headers["ETag"])


def test_another_account_does_not_see_it(key: str) -> None:
    other = on(a_key(), "GET", "get", create(key).data["id"])
    assert (other.status, other.error["code"]) == (404, "TEMPLATE_NOT_FOUND")
