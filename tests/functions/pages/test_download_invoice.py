from typing import Any

import pytest
import requests

from tests.aws import Aws
from tests.functions.pages.test_view_invoice import BROWSER, events, token_of
from tests.http import Response, call, request


def download(token: str, headers: dict[str, str], method: str = "GET") -> Response:
    event = request(method, f"/i/{token}/pdf", headers=headers, parameters={"token": token})
    return call("pages/download_invoice", event)


def test_it_leads_to_the_stored_pdf_and_marks_the_invoice_as_viewed(sent: Any, aws: Aws) -> None:
    answer = download(token_of(sent), BROWSER)
    assert answer.status == 302
    assert requests.get(answer.headers["Location"], timeout=5).content.startswith(b"%PDF-")
    assert events(aws).count("invoice.viewed") == 1


def test_a_scanner_that_follows_the_link_marks_nothing(sent: Any, aws: Aws) -> None:
    assert download(token_of(sent), {}).status == 302
    assert "invoice.viewed" not in events(aws)


def test_head_leads_there_too_and_marks_nothing(sent: Any, aws: Aws) -> None:
    answer = download(token_of(sent), BROWSER, "HEAD")
    assert (answer.status, answer.body) == (302, b"")
    assert requests.get(answer.headers["Location"], timeout=5).content.startswith(b"%PDF-")
    assert "invoice.viewed" not in events(aws)


@pytest.mark.usefixtures("aws")
def test_an_unknown_token_is_a_page_that_says_so() -> None:
    answer = download("nobody-knows-it", BROWSER)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
