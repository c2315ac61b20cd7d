"""DELETE /webhooks/{webhook_id}."""

from tests.functions.webhooks.asking import create, get, on


def test_it_is_there_no_more_and_makes_room(key: str) -> None:
    webhooks = [create(key).data["id"] for _ in range(20)]
    assert on(key, "DELETE", "delete_webhook", webhooks[3]).status == 204
    assert get(key, webhooks[3]).status == 404
    assert on(key, "DELETE", "delete_webhook", webhooks[3]).status == 404
    assert [create(key).status for _ in range(2)] == [201, 409]


def test_an_outdated_etag_is_refused(key: str) -> None:
    refused = on(key, "DELETE", "delete_webhook", create(key).data["id"], headers={"If-Match": '"v9"'})
    assert refused.status == 412
