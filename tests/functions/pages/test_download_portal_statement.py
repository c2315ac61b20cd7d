import io
from typing import Any

import pypdf

from tests.functions.portal import new_link, open_below, token_of


def test_it_is_the_customers_statement_as_a_pdf(key: str, sent: Any) -> None:
    token = token_of(new_link(key).data["url"])
    answer = open_below(token, "download_portal_statement", "statement/pdf")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="statement-')
    text = pypdf.PdfReader(io.BytesIO(answer.body)).pages[0].extract_text()
    assert "$1,500.00" in text
    assert sent["customer"]["name"] in text


def test_an_unknown_link_has_none(key: str, sent: Any) -> None:
    assert key
    assert sent
    answer = open_below("nobody-knows-it", "download_portal_statement", "statement/pdf")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
