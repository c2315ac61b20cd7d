from typing import Any

import requests

from tests.functions.pages.test_view_portal import ask
from tests.functions.portal import new_link, open_below, open_portal, token_of


def test_it_leads_to_the_stored_receipt_of_the_customers_own_payments(key: str, sent: Any) -> None:
    path = f"/invoices/{sent['id']}/payments"
    paid = ask(key, "payments/record_invoice_payment", "POST", path, {"amount": 100}, invoice_id=sent["id"])
    token = token_of(new_link(key).data["url"])
    assert f"/c/{token}/receipts/{paid['id']}/pdf" in open_portal(token).body.decode()
    own, unknown = (
        open_below(token, "download_portal_receipt", f"receipts/{each}/pdf", payment_id=each)
        for each in (paid["id"], "pay_404")
    )
    assert own.status == 302
    assert requests.get(own.headers["Location"], timeout=5).content.startswith(b"%PDF-")
    assert unknown.status == 404
    assert unknown.headers["Content-Type"] == "text/html; charset=utf-8"
