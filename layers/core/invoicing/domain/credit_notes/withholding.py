"""What the customer withholds of a credit note: its part of the invoice's withholdings."""

from dataclasses import replace

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.payable import Withholding, withheld_of
from invoicing.domain.money.rounding import spread, summed


def withheld_by_note(invoice: Invoice, total: int, tax: int) -> tuple[Withholding, ...]:
    """Return what is withheld of all that is credited after a note of this total, less that of all before it.

    The note that credits the rest has the rest of each withholding. Where tax rates differ, an earlier one could
    withhold more than it credits, or so little that more than was ever payable would be credited: it stays within.
    """
    before = invoice.withheld_credited or (0,) * len(invoice.withholdings)
    rest = [whole.amount - then for whole, then in zip(invoice.withholdings, before, strict=True)]
    total_left = invoice.total - invoice.amount_credited
    if total == total_left:
        amounts = rest
    else:
        net = invoice.amount_credited - sum(credit.tax for credit in invoice.credited.values()) + total - tax
        after = withheld_of(invoice.withholdings, net, invoice.rounding)
        amounts = [each.amount - then for each, then in zip(after, before, strict=True)]
        least = total - (total_left - sum(rest))
        missing = min(max(sum(amounts), least), total) - sum(amounts)
        amounts = list(summed(amounts, spread(missing, [int(each.rate.scaleb(9)) for each in invoice.withholdings])))
    return tuple(replace(each, amount=amount) for each, amount in zip(invoice.withholdings, amounts, strict=True))
