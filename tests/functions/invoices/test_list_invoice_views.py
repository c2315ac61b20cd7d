"""GET /invoices/{invoice_id}/views."""

from typing import Any

from tests.aws import Aws
from tests.functions.pages.test_download_invoice import download
from tests.functions.pages.test_view_invoice import BROWSER, events, token_of, view
from tests.http import Response, call, request

BOT = {"user-agent": "Mozilla/5.0 (compatible; bingbot/2.0)"}


def views(key: str, invoice_id: str) -> Response:
    event = request("GET", f"/invoices/{invoice_id}/views", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/list_invoice_views", event)


def test_each_opening_is_logged_with_the_kind_of_client_and_nothing_about_it(key: str, sent: Any, aws: Aws) -> None:
    token = token_of(sent)
    view(token, {"user-agent": "Outlook-Scan"})
    view(token, BOT)
    view(token, BROWSER)
    download(token, BROWSER)
    view(token, BROWSER, "HEAD")
    found = views(key, sent["id"]).data
    assert [(each["client"], each["opened"], each["counted"]) for each in found] == [
        ("scanner", "page", False),
        ("browser", "pdf", True),
        ("browser", "page", True),
        ("bot", "page", False),
        ("scanner", "page", False),
    ]
    assert {frozenset(each) for each in found} == {frozenset({"at", "client", "opened", "counted"})}
    assert "Outlook" not in str(aws.items("invoices"))


def test_a_preview_neither_counts_nor_is_logged_however_far_it_goes(key: str, sent: Any, aws: Aws) -> None:
    token = token_of(sent)
    event = request("GET", f"/i/{token}?preview=true", headers=BROWSER, parameters={"token": token})
    page = call("pages/view_invoice", event)
    assert page.status == 200
    assert f"/i/{token}/pdf?preview=true" in page.body.decode()
    event = request("GET", f"/i/{token}/pdf?preview=true", headers=BROWSER, parameters={"token": token})
    assert call("pages/download_invoice", event).status == 302
    assert views(key, sent["id"]).data == []
    assert "invoice.viewed" not in events(aws)


def test_an_invoice_without_views_has_none_and_an_unknown_one_is_none(key: str, draft: Any) -> None:
    assert views(key, draft["id"]).data == []
    assert views(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"
