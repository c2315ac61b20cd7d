"""Tax on cash basis: what a movement of money adds to it.

At any time the tax of all that happened is a function of the invoices and the credit there are: the share of each
invoice's tax that is paid, less the tax of credit notes that became customer credit, plus what of that is still unused.
A movement adds what it changes of that, on its own day. So nothing is counted twice, and an invoice that is paid in
full, and whose credit is used, counts with its tax less that of its credit notes.
"""

from collections.abc import Iterable
from fractions import Fraction

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import Credit
from invoicing.domain.money.credit_lots import taxes_in
from invoicing.domain.money.tax_parts import TaxParts, less, parts_of, share_of, sum_of


def cash_taxes(
    invoices: Iterable[tuple[Invoice | None, Invoice | None]], credit: tuple[Credit, Credit] | None = None
) -> TaxParts:
    """Return what a movement adds to the tax on cash basis, by the invoices and the credit before and after it.

    An invoice is None before it is issued, and after it is voided.
    """
    changes = [less(_of_invoice(after), _of_invoice(before)) for before, after in invoices]
    if credit:
        changes.append(less(*(taxes_in(each.lots) for each in reversed(credit))))
    return sum_of(*changes)


def _of_invoice(invoice: Invoice | None) -> TaxParts:
    return less(_paid(invoice), invoice.credit_taxes) if invoice else ()


def _paid(invoice: Invoice) -> TaxParts:
    """Return the share of the tax that is paid, of what credit notes left of the invoice by lowering what was due.

    What was prepaid is paid with the issue, and so is all of an invoice of nothing. What was written off is not.
    """
    paid = invoice.amount_paid + invoice.prepaid_total
    payable = invoice.amount_payable + invoice.prepaid_total - invoice.applied_to_invoice
    if payable and not paid:
        return ()
    return share_of(less(parts_of(invoice), invoice.applied_taxes), Fraction(paid, payable) if payable else Fraction(1))
