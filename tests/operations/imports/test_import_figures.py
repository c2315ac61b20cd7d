"""The figures of imported invoices: what follows from those that are kept."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from invoicing.domain.credit_notes.credit_note import CreditLine, tax_groups
from invoicing.domain.credit_notes.crediting import lines_to_credit, with_credit
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import Payment
from tests.fakes import FakeStore
from tests.operations.imports.importing import Importing, counted
from tests.operations.imports.test_imported_invoices import HEADER, MORE, invoices, run

PRICES = (("332.10", "0.19"), ("426.55", "0.07"))


def credit(invoice: Invoice, lines: tuple[CreditLine, ...]) -> Invoice:
    """The invoice after a credit note."""
    total = invoice.amount_credited + sum(line.total for line in lines)
    return replace(invoice, credited=with_credit(invoice, lines), amount_credited=total)


def test_the_line_that_takes_a_difference_is_in_the_group_that_takes_it(importing: Importing, store: FakeStore) -> None:
    rows = [f"A-1,cust_123,2026-03-01,,USD,Work,1,1000,{rate},,,,," for rate in ("0.19", *20 * ("0.07",))]
    assert counted(run(importing, f"{rows[0][:-1]}1590.05,", *rows[1:], header=MORE)) == (21, 0, 0, 0)
    invoice = invoices(store)["A-1"]
    assert invoice.tax == 159005
    of_lines = {
        rate: sum(line.tax for line in invoice.lines if line.tax_rate == rate)
        for rate in (Decimal("0.19"), Decimal("0.07"))
    }
    assert (
        {group.rate: group.tax for group in invoice.tax_breakdown}
        == of_lines
        == {Decimal("0.19"): 19005, Decimal("0.07"): 140000}
    )


def test_what_is_payable_follows_from_the_total_that_is_kept(importing: Importing, store: FakeStore) -> None:
    row = "A-1,cust_123,2026-03-01,,CHF,Work,1,19.31,0.081,,,,1.57,20.88,0.05,1.1"
    assert counted(run(importing, row, header=MORE + ",rounding.cash,exchange_rate")) == (1, 0, 0, 0)
    invoice = invoices(store)["A-1"]
    assert (invoice.total, invoice.rounding_amount, invoice.amount_due) == (2088, 2, 2090)


@pytest.mark.parametrize("included", ["false", "true"])
@pytest.mark.parametrize("by_line", [False, True])
@pytest.mark.parametrize("kept", [-2, -1, 1, 2])
@pytest.mark.parametrize("last", ["everything", "items"])
def test_each_tax_that_is_kept_is_credited_to_the_last_unit(
    importing: Importing, store: FakeStore, included: str, kept: int, last: str, *, by_line: bool
) -> None:
    level = "line" if by_line else ""
    ours = Decimal("80.93") if included == "true" else Decimal("92.96")
    tax = ours + Decimal(kept) / 100
    rows = [f"A-1,cust_123,2026-03-01,,USD,Work,1,{price},{rate},{included},{level}" for price, rate in PRICES]
    ended = run(importing, f"{rows[0]},{tax}", f"{rows[1]},", header=f"{HEADER},prices_include_tax,rounding.level,tax")
    assert counted(ended) == (2, 0, 0, 0)
    invoice = invoices(store)["A-1"]
    first, second = (line.id for line in invoice.lines)
    credited: Counter[Decimal] = Counter()
    rest = [CreditItem(first, percentage=Decimal(60)), CreditItem(second, percentage=Decimal(90))]
    for items in ([CreditItem(first, percentage=Decimal(40))], [CreditItem(second, percentage=Decimal(10))], rest):
        lines = lines_to_credit(invoice, None if items is rest and last == "everything" else items)
        credited.update({group.rate: group.tax for group in tax_groups(invoice, lines)})
        invoice = credit(invoice, lines)
    assert credited == {group.rate: group.tax for group in invoice.tax_breakdown}
    assert sum(credited.values()) == invoice.tax == int(tax * 100)
    assert invoice.amount_credited == invoice.total


@pytest.mark.parametrize(("price", "prepaid"), [("0", ""), ("100", "120")])
def test_what_was_paid_with_nothing_due_has_no_payment(
    importing: Importing, store: FakeStore, price: str, prepaid: str
) -> None:
    prepayment = f"{prepaid},{'2026-02-01' if prepaid else ''}"
    row = f"A-1,cust_123,2026-03-01,,USD,Work,1,{price},0.2,paid,,,,,{prepayment}"
    ended = run(importing, row, header=f"{MORE},prepayments[0].amount,prepayments[0].date")
    assert counted(ended) == (1, 0, 0, 0)
    assert (invoices(store)["A-1"].status, store.all(Payment)) == ("paid", [])
