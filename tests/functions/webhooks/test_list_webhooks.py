"""GET /webhooks."""

from tests.functions.webhooks.asking import create
from tests.http import Response, a_key, call, request


def listed(key: str) -> Response:
    return call("webhooks/list_webhooks", request("GET", "/webhooks", key=key))


def test_the_oldest_is_first_and_none_has_its_secret(key: str) -> None:
    made = [create(key, url=f"https://{name}.example.com/").data for name in ("one", "two")]
    assert [each["url"] for each in listed(key).data] == [each["url"] for each in made]
    assert all("secret" not in each for each in listed(key).data)
    assert listed(a_key()).data == []
