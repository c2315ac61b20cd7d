from typing import Any

from tests.functions.reminders.asking import STEPS, get_own, put, put_own
from tests.http import call, request


def test_an_invoice_is_muted_or_switched_off(key: str, sent: Any) -> None:
    put(key, {"enabled": True, "schedule": STEPS})
    answer = put_own(key, sent["id"], {"mute_until": "2030-01-31"})
    assert (answer.status, answer.data["enabled"], answer.data["mute_until"]) == (200, True, "2030-01-31")
    answer = put_own(key, sent["id"], {"enabled": False})
    assert (answer.data["enabled"], answer.data["mute_until"]) == (False, None)
    assert get_own(key, sent["id"]).data == answer.data


def test_its_own_schedule_shows_when_steps_come(key: str, customer: Any) -> None:
    body = {"customer_id": "cust_123", "items": [{"description": "A", "quantity": 1, "unit_price": 1}]}
    new = body | {"due_date": "2099-03-01", "send_email": True}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", new, key=key)).data
    answer = put_own(key, invoice["id"], {"enabled": True, "schedule": [{"offset_days": 7}]})
    assert answer.data["coming"] == [{"step": 7, "at": "2099-03-08T09:00:00.000Z"}]


def test_a_customer_overrides_by_patch_and_members_that_are_left_out_stay(key: str, customer: Any) -> None:
    def patch(reminders: Any) -> Any:
        event = request(
            "PATCH",
            "/customers/cust_123",
            {"reminders": reminders},
            key=key,
            parameters={"customer_id": "cust_123"},
        )
        return call("customers/update_customer", event).data["reminders"]

    assert customer["reminders"] == {"enabled": None, "mute_until": None, "schedule": None}
    assert patch({"enabled": True, "mute_until": "2030-01-31"})["enabled"] is True
    assert patch({"mute_until": None}) == {"enabled": True, "mute_until": None, "schedule": None}
    assert patch(None) == {"enabled": None, "mute_until": None, "schedule": None}
