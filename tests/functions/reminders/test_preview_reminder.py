from typing import Any

from tests.functions.reminders.asking import preview, put


def test_the_wording_follows_the_step_and_a_text_of_its_own(key: str, sent: Any) -> None:
    entry = {"offset_days": 7, "subject": "Invoice {{ invoice.number }} is late"}
    put(key, {"enabled": True, "schedule": [{"offset_days": -3}, entry]})
    before, after = (preview(key, {"invoice_id": sent["id"], "step": step}).data for step in (-3, 7))
    assert after["subject"].endswith(f"Invoice {sent['invoice_number']} is late")
    assert before["subject"] != after["subject"]
    assert all("1,500.00" in shown[part] for shown in (before, after) for part in ("html", "text"))


def test_a_draft_can_be_shown_too(key: str, draft: Any) -> None:
    answer = preview(key, {"invoice_id": draft["id"]})
    assert (answer.status, set(answer.data)) == (200, {"subject", "html", "text"})


def test_a_step_that_is_not_there_is_named(key: str, sent: Any) -> None:
    (detail,) = preview(key, {"invoice_id": sent["id"], "step": 3}).error["details"]
    assert (detail["field"], detail["code"]) == ("step", "STEP_UNKNOWN")
