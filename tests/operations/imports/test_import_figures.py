"""The figures of imported invoices: what follows from those that are kept."""

from decimal import Decimal

from tests.fakes import FakeStore
from tests.operations.imports.importing import Importing, counted
from tests.operations.imports.test_imported_invoices import MORE, invoices, run


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
