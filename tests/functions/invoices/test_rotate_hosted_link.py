"""POST /invoices/{invoice_id}/hosted-link/rotate."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from invoicing.wiring import wiring
from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.functions.pages.test_download_invoice import download
from tests.functions.pages.test_view_invoice import BROWSER, token_of, view
from tests.http import Response, call, request


def rotate(key: str, invoice_id: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, parameters = f"/invoices/{invoice_id}/hosted-link/rotate", {"invoice_id": invoice_id}
    return call("invoices/rotate_hosted_link", request("POST", path, key=key, headers=named, parameters=parameters))


def get(key: str, invoice_id: str) -> Response:
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event)


def set_days(key: str, days: int | None) -> Response:
    return call("account/update_account", request("PATCH", "/account", {"hosted_link_days": days}, key=key))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    def move(by: timedelta) -> None:
        now = wiring().now() + by
        monkeypatch.setitem(vars(wiring()), "services", _at(now))

    return move


def _at(now: Any) -> Any:
    from dataclasses import replace  # noqa: PLC0415

    return replace(wiring().services, clock=lambda: now)


def test_the_old_link_is_unknown_at_once_and_the_new_one_works(key: str, sent: Any, aws: Aws) -> None:
    old = token_of(sent)
    answer = rotate(key, sent["id"])
    assert answer.status == 200, answer.body
    new = token_of(answer.data)
    assert new != old
    assert [view(old, BROWSER).status, download(old, BROWSER).status] == [404, 404]
    assert view(new, BROWSER).status == 200
    assert get(key, sent["id"]).data["hosted_url"] == answer.data["hosted_url"]
    assert old not in str(aws.items("invoices"))


def test_each_rotation_makes_another_and_a_key_makes_one(key: str, sent: Any) -> None:
    first, again = (rotate(key, sent["id"], idempotency_key="k") for _ in range(2))
    assert first.body == again.body
    third = rotate(key, sent["id"])
    assert [view(token_of(each.data), BROWSER).status for each in (first, third)] == [404, 200]
    assert rotate(key, sent["id"], if_match='"v1"').error["code"] == "ETAG_MISMATCH"


def test_an_email_on_its_way_has_the_new_link(key: str, sent: Any, aws: Aws, mails: list[dict[str, Any]]) -> None:
    new = rotate(key, sent["id"]).data["hosted_url"]
    Mailing(aws, key).deliver()
    (mail,) = mails
    text = mail["RawMessage"]["Data"].replace(b"=\r\n", b"").replace(b"=3D", b"=").decode()
    assert (new in text, sent["hosted_url"] in text) == (True, False)


def test_credit_notes_lead_to_the_new_page(key: str, sent: Any) -> None:
    path, parameters = f"/invoices/{sent['id']}/credit-notes", {"invoice_id": sent["id"]}
    event = request("POST", path, {"reason": "Late"}, key=key, parameters=parameters)
    note = call("credit_notes/create_credit_note", event).data
    new = rotate(key, sent["id"]).data["hosted_url"]
    event = request("GET", f"/credit-notes/{note['id']}", key=key, parameters={"credit_note_id": note["id"]})
    assert call("credit_notes/get_credit_note", event).data["hosted_url"] == new


def test_a_draft_has_no_link(key: str, draft: Any) -> None:
    answer = rotate(key, draft["id"])
    assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE")
    assert "rotate_link" not in answer.error["possible_actions"]


def test_links_expire_from_their_issue_and_a_resend_gives_a_fresh_one(
    key: str, draft: Any, later: Callable[[timedelta], None]
) -> None:
    assert set_days(key, 7).data["hosted_link_days"] == 7
    mailing_path = {"invoice_id": draft["id"]}
    send = request("POST", f"/invoices/{draft['id']}/send", {}, key=key, parameters=mailing_path)
    old = call("invoices/send_invoice", send).data["hosted_url"].rpartition("/")[2]
    assert get(key, draft["id"]).data["hosted_url_expires_at"] is not None
    later(timedelta(days=6, hours=23))
    assert view(old, BROWSER).status == 200
    later(timedelta(days=7, seconds=1))
    gone = view(old, BROWSER)
    assert (gone.status, download(old, BROWSER).status) == (410, 410)
    assert f"/v1/invoicing/i/{old}/portal-link" in gone.body.decode()
    assert not any(told in gone.body.decode() for told in ("Sample Ltd", "Ada", "INV-", "1,500"))
    assert call("invoices/send_invoice", send).status == 200
    new = token_of(get(key, draft["id"]).data)
    assert [view(token, BROWSER).status for token in (old, new)] == [404, 200]
    rotated = rotate(key, draft["id"]).data
    assert view(token_of(rotated), BROWSER).status == 200


def test_without_days_links_never_expire(key: str, sent: Any, later: Callable[[timedelta], None]) -> None:
    assert get(key, sent["id"]).data["hosted_url_expires_at"] is None
    set_days(key, 1)
    later(timedelta(days=3000))
    assert view(token_of(sent), BROWSER).status == 200
