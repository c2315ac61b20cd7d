"""The invoice whose scheduled send a sample event cancels."""

from datetime import timedelta
from decimal import Decimal

from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.sample_business import OPENED_AT, Run

SCHEDULED_ID = "inv_0195512345007a3b8c1d2e3f40516281"
PAGE_URL = "https://api.example.com/v1/invoicing/i"


def keep(run: Run) -> None:
    line = NewLine(description="Hosting", quantity=Decimal(1), unit_price=Decimal(10), tax_rate=None)
    new = NewInvoice(customer_id="cust_123", lines=(line,))
    run(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL), first=48, inv=SCHEDULED_ID)
    at = OPENED_AT + timedelta(days=1)
    run(lambda uow: send_invoice(uow, SCHEDULED_ID, None, page_url=PAGE_URL, send_at=at), first=56)
