"""New invoices like earlier ones."""

from dataclasses import replace
from datetime import date

from invoicing.domain.calendar import days_after
from invoicing.domain.invoices.drafting import NewInvoice, as_given
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.particulars import for_another_supply
from invoicing.domain.invoices.payment_terms import read_terms


def copy_of(original: Invoice, today: date) -> NewInvoice:
    """Return input with the same lines, terms and currency, without number, exchange rate and prepayments, dated today.

    What was paid ahead is taken off one invoice only. Where the due date does not follow from the terms, the number of
    days until it stays the same.
    """
    new = as_given(original)
    follows = new.due_date is None or read_terms(original.payment_terms or "") is not None
    days = max(0, (original.due_date - original.issue_date).days)
    return replace(
        new,
        number=None,
        exchange_rate=None,
        prepayments=(),
        currency=original.currency,
        payment_terms=original.payment_terms,
        issue_date=None,
        due_date=None if follows else days_after(today, days),
    )


def duplicate_of(original: Invoice, today: date) -> NewInvoice:
    """Return a copy for another supply: without the service periods, as what was supplied in them is invoiced.

    Its particulars are `for_another_supply`.
    """
    new = copy_of(original, today)
    return replace(
        new,
        service_period=None,
        particulars=for_another_supply(new.particulars),
        lines=[line._replace(service_period=None) for line in new.lines],
    )
