"""Reading an invoice: a draft as it would be issued now, and what is issued as it was."""

from dataclasses import replace
from datetime import date, timedelta

from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.invoices.get_invoice import get_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_account, an_invoice
from tests.fakes import FakeStore
from tests.office import Office

RENAMED = a_customer(version=7, name="Initrode", email="new@initrode.example")


def read(office: Office) -> Invoice:
    return office.run_use_case(lambda uow: get_invoice(uow, "inv_1"))


def test_a_draft_shows_what_sending_it_now_would_issue(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(), RENAMED)
    office.now = NOW + timedelta(days=60)
    shown = read(office)
    issued = office.run_use_case(lambda uow: send_invoice(uow, "inv_1", None, page_url=PAGE_URL))
    assert (shown.buyer.name, shown.issue_date) == ("Initrode", date(2027, 1, 21))
    for name in ("buyer", "issue_date", "due_date", "payment_terms", "currency", "lines", "total"):
        assert getattr(shown, name) == getattr(issued, name), name


def test_what_is_issued_stays_and_costs_one_read(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    issued = office.run_use_case(lambda uow: send_invoice(uow, "inv_1", None, page_url=PAGE_URL))
    store.keep(RENAMED)
    store.reads, office.now = 0, NOW + timedelta(days=60)
    assert (read(office), store.reads) == (issued, 1)


def test_reading_a_draft_writes_nothing(office: Office, store: FakeStore) -> None:
    draft = an_invoice(a_new_invoice(issue_date=date(2026, 11, 1)))
    store.keep(draft, RENAMED)
    assert read(office) == replace(draft, buyer=RENAMED.as_buyer())
    assert (store.reads, store.commits, store.all(Invoice)) == (2, 0, [draft])


def test_a_draft_says_why_it_has_no_tax_as_the_account_is_now(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(a_new_invoice(a_line())), an_account(version=2, small_business=True))
    (group,) = read(office).tax_breakdown
    assert group.exemption_reasons == ("Small business exemption: no tax is charged",)
    issued = office.run_use_case(lambda uow: send_invoice(uow, "inv_1", None, page_url=PAGE_URL))
    assert issued.tax_breakdown == (group,)
    store.keep(an_account(version=3))
    assert read(office).tax_breakdown == (group,)
