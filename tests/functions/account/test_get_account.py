from tests.functions.account.api_keys import create
from tests.http import a_key, call, request


def test_the_account_is_read_as_it_was_opened(key: str) -> None:
    answer = call("account/get_account", request("GET", "/account", key=key))
    assert answer.status == 200
    assert (answer.data["name"], answer.data["email"], answer.data["mode"]) == (
        "Sample Ltd",
        "billing@acme.example",
        "test",
    )
    assert answer.data["id"].startswith("acc_")
    assert "#" not in answer.data["id"]
    assert answer.data["numbering"] == {
        "pattern": "INV-{year}-{seq:03}", "credit_note_pattern": "CN-{year}-{seq:03}",
        "next": 1, "credit_note_next": 1, "reset": "yearly", "fiscal_year_start": 1, "assign_on": "issue",
    }  # fmt: skip
    assert answer.headers["ETag"] == '"v1"'
    assert answer.json["links"]["api_keys"].endswith("/v1/invoicing/account/api-keys")


def test_a_live_key_sees_the_live_side(key: str) -> None:
    live = call("account/get_account", request("GET", "/account", key=a_key("live"))).data
    assert live["mode"] == "live"


def test_a_key_without_the_scope_sees_nothing(key: str) -> None:
    narrow = create(key, "invoices:*").data["key"]
    assert call("account/get_account", request("GET", "/account", key=narrow)).status == 403
