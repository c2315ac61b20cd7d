"""Credit and write-offs under real threads, on Amazon's own DynamoDB Local: nothing is used or booked twice."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from invoicing.domain.errors import Conflict, Unavailable, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import Credit, LedgerEntry
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from tests.builders import PAGE_URL, a_line, a_new_invoice, an_issued_invoice
from tests.operations.settling import a_credit, an_entry
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.site import Site, at_once

pytestmark = ON_DYNAMODB_LOCAL


def apply(site: Site, invoice_id: str, amount: str | None) -> Payment:
    """Retries after a 503, as the response says: nothing was written."""
    given = None if amount is None else Decimal(amount)
    while True:
        try:
            return run_use_case(site.uow, lambda uow: apply_credit(uow, invoice_id, given))
        except Unavailable:
            continue


def entries(site: Site, database: Database) -> list[LedgerEntry]:
    return DynamoLedger(database).entries(site.account, "cust_123")


@pytest.mark.parametrize("amount", ["100", None])
def test_credit_that_20_use_at_once_for_two_invoices_is_used_once(
    site: Site, local_tables: Database, amount: str | None
) -> None:
    for number in (1, 2):
        site.keep(an_issued_invoice(account=site.account, id=f"inv_{number}"))
    site.keep(a_credit(70000, account=site.account))
    site.keep(an_entry(account=site.account, amount=-70000, credit=70000))
    outcomes = at_once(20, lambda index: apply(site, f"inv_{1 + index % 2}", amount))
    paid = [outcome.amount for outcome in outcomes if isinstance(outcome, Payment)]
    assert {type(outcome) for outcome in outcomes} == {Payment, ValidationFailed if amount else Conflict}
    assert sum(paid) == 70000
    credit = site.store.find(Ref(Credit, site.account, "cust_123 USD"))
    invoices = site.store.find_together(*(Ref(Invoice, site.account, f"inv_{number}") for number in (1, 2)))
    assert credit is not None
    assert credit.amount == 0
    assert sum(invoice.amount_paid for invoice in invoices if invoice) == 70000
    assert sum(entry.credit for entry in entries(site, local_tables)) == 0
    assert sum(entry.amount for entry in entries(site, local_tables)) == -70000


def issue(site: Site) -> Invoice:
    """Retries after a 503, as the response says: nothing was written."""
    new = a_new_invoice(a_line("1", "100"))
    while True:
        try:
            return run_use_case(site.uow, lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
        except Unavailable:
            continue


def test_credit_that_20_invoices_use_at_their_issue_is_used_once(site: Site, local_tables: Database) -> None:
    customer = site.store.find(Ref(Customer, site.account, "cust_123"))
    assert customer is not None
    site.keep(replace(customer, version=customer.version + 1, apply_credit="auto"))
    site.keep(a_credit(70500, account=site.account))
    site.keep(an_entry(account=site.account, amount=-70500, credit=70500))
    issued = [invoice for invoice in at_once(20, lambda _: issue(site)) if isinstance(invoice, Invoice)]
    assert len({invoice.number for invoice in issued}) == 20
    assert Counter(invoice.amount_paid for invoice in issued) == {10000: 7, 500: 1, 0: 12}
    credit = site.store.find(Ref(Credit, site.account, "cust_123 USD"))
    assert credit is not None
    assert credit.amount == 0
    booked = entries(site, local_tables)
    assert sum(entry.credit for entry in booked) == 0
    assert sum(entry.amount for entry in booked) == sum(invoice.amount_due for invoice in issued)


def test_of_20_who_write_off_and_undo_each_change_is_booked_once(site: Site, local_tables: Database) -> None:
    invoice = an_issued_invoice(account=site.account)
    site.keep(invoice)

    def settle(index: int) -> Invoice:
        def use_case(uow: UnitOfWork) -> Invoice:
            return undo_write_off(uow, invoice.id) if index % 2 else write_off_invoice(uow, invoice.id, None)

        return run_use_case(site.uow, use_case)

    outcomes = at_once(20, settle)
    done = Counter(type(outcome) for outcome in outcomes)
    assert done.keys() <= {Invoice, Conflict, Unavailable}
    after = site.store.find(Ref(Invoice, site.account, invoice.id))
    assert after is not None
    assert after.version == invoice.version + done[Invoice]
    booked = [entry.amount for entry in entries(site, local_tables)]
    assert len(booked) == done[Invoice]
    assert sum(booked) == -after.amount_written_off
