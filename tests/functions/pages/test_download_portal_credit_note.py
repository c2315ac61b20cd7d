from typing import Any

import requests

from tests.functions.pages.test_view_portal import ask, invoice
from tests.functions.portal import new_link, open_below, token_of


def credited(key: str, of: Any) -> str:
    path = f"/invoices/{of['id']}/credit-notes"
    made = ask(key, "credit_notes/create_credit_note", "POST", path, {"reason": "All"}, invoice_id=of["id"])
    return str(made["id"])


def test_it_leads_to_the_stored_pdf_of_the_customers_own_notes(key: str, sent: Any) -> None:
    token = token_of(new_link(key).data["url"])
    bob = ask(key, "customers/create_customer", "POST", "/customers", {"name": "Bob", "email": "bob@example.com"})
    notes = credited(key, sent), credited(key, invoice(key, customer_id=bob["id"])), "cn_404"
    own, other, unknown = (
        open_below(token, "download_portal_credit_note", f"credit-notes/{each}/pdf", credit_note_id=each)
        for each in notes
    )
    assert own.status == 302
    assert requests.get(own.headers["Location"], timeout=5).content.startswith(b"%PDF-")
    assert (other.status, other.body) == (404, unknown.body)
