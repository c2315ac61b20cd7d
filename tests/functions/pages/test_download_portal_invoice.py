from typing import Any

import requests

from tests.functions.pages.test_view_portal import ask, invoice
from tests.functions.portal import new_link, open_below, token_of


def test_it_leads_to_the_stored_pdf_of_the_customers_own_invoices(key: str, sent: Any) -> None:
    token = token_of(new_link(key).data["url"])
    bob = ask(key, "customers/create_customer", "POST", "/customers", {"name": "Bob", "email": "bob@example.com"})
    foreign = invoice(key, customer_id=bob["id"])
    own, other = (
        open_below(token, "download_portal_invoice", f"invoices/{each}/pdf", invoice_id=each)
        for each in (sent["id"], foreign["id"])
    )
    assert own.status == 302
    assert requests.get(own.headers["Location"], timeout=5).content.startswith(b"%PDF-")
    assert (other.status, "Location" in other.headers) == (404, False)
