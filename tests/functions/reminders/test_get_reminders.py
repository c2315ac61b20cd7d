from tests.functions.reminders.asking import STEPS, get, put


def test_a_new_account_has_the_defaults(key: str) -> None:
    answer = get(key)
    assert answer.data == {
        "enabled": False,
        "send_at": "09:00",
        "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        "schedule": [],
        "mode": "per_invoice",
    }
    assert answer.headers["ETag"] == '"v0"'


def test_what_was_read_can_be_put_back(key: str) -> None:
    put(key, {"enabled": True, "schedule": [*STEPS, {"every_days": 14, "times": 3, "subject": "Now"}]})
    before = get(key)
    assert put(key, before.data, **{"If-Match": before.headers["ETag"]}).data == before.data
