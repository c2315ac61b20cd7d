"""GET /webhooks/{webhook_id}."""

from tests.functions.webhooks.asking import create, get
from tests.http import a_key


def test_only_its_account_sees_it(key: str) -> None:
    webhook = create(key).data["id"]
    assert get(key, webhook).status == 200
    other = get(a_key(), webhook)
    assert (other.status, other.error["code"]) == (404, "WEBHOOK_NOT_FOUND")
