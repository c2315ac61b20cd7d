from typing import Any

from tests.functions.reminders.asking import STEPS, get_own, put


def test_a_draft_has_settings_and_no_steps(key: str, draft: Any) -> None:
    put(key, {"enabled": True, "schedule": STEPS})
    answer = get_own(key, draft["id"])
    assert (answer.data["enabled"], answer.data["past"], answer.data["coming"]) == (True, [], [])
    assert answer.json["links"]["remind"] is None


def test_steps_of_the_past_are_too_old(key: str, sent: Any) -> None:
    put(key, {"enabled": True, "schedule": STEPS})
    answer = get_own(key, sent["id"])
    assert [(past["step"], past["status"], past["reason"]) for past in answer.data["past"]] == [
        (-3, "skipped", "too_old"),
        (0, "skipped", "too_old"),
        (7, "skipped", "too_old"),
    ]
    assert answer.data["past"][0]["at"] == "2024-02-12T09:00:00.000Z"
    assert answer.json["links"]["remind"].endswith(f"/invoices/{sent['id']}/reminders")


def test_without_reminders_there_is_nothing_to_tell(key: str, sent: Any) -> None:
    answer = get_own(key, sent["id"])
    assert answer.data == {
        "enabled": False,
        "mute_until": None,
        "override": {"enabled": None, "mute_until": None, "schedule": None},
        "past": [],
        "coming": [],
    }
