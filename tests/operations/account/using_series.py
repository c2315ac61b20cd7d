"""What the tests of number series do with one."""

from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.series import NumberSeries
from invoicing.operations.account.create_number_series import create_number_series
from invoicing.operations.account.get_account import OwnSeries
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import PAGE_URL, a_new_invoice
from tests.fakes import FakeStore
from tests.office import Office

SHOP = {"name": "Shop", "document_type": "invoice", "pattern": "SHOP-{year}-{seq}", "next": 1}
RETURNS = {"name": "Returns", "document_type": "credit_note", "pattern": "R-{year}-{seq}", "next": 1}


def new_series(office: Office, fields: dict[str, Any] = SHOP, **changes: Any) -> OwnSeries:
    return office.run_use_case(lambda uow: create_number_series(uow, fields | changes))


def create(office: Office, *, send_email: bool = False, **fields: Any) -> Invoice:
    new = a_new_invoice(**fields)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=send_email, page_url=PAGE_URL))


def send(office: Office, invoice: Invoice) -> Invoice:
    return office.run_use_case(lambda uow: send_invoice(uow, invoice.id, EmailRequest(), page_url=PAGE_URL))


def credit(office: Office, invoice: Invoice, **fields: Any) -> CreditNote:
    new = NewCreditNote(reason="Returned", **fields)
    return office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, new, page_url=PAGE_URL))


def counter(store: FakeStore, series_id: str) -> NumberSeries | None:
    found: NumberSeries | None = store.entities.get((NumberSeries, "acc_1", series_id))
    return found
