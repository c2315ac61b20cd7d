"""Preview the invoice of a coming date of a recurring invoice, to be rendered as a PDF."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.drafting import MOST_PREVIEWED, coming
from invoicing.domain.recurring.occurrences import Occurrence
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import invalid_query
from invoicing.operations.recurring._drafts import coming_draft
from invoicing.operations.templates._chosen import warn_of_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def preview_recurring_invoice_pdf(uow: UnitOfWork, recurring_id: str, occurrence_date: date | None) -> Invoice:
    """Return the draft of a date with its ``seller``, as it will be if nothing changes; None is the next date.

    Dates are those of `preview_recurring_invoice`. `NotFound`; `Conflict` ``INVALID_RECURRING_STATE`` where none is to
    come; `InvalidRequest` for another date; `ValidationFailed` where the invoice cannot be made any more.
    """
    uow.prefetch((RecurringInvoice, recurring_id), (Account, PROFILE))
    schedule, account = uow.get(RecurringInvoice, recurring_id), uow.get(Account, PROFILE)
    customer = uow.get(Customer, schedule.customer_id)
    dates = islice(coming(schedule, account, uow.now), MOST_PREVIEWED)
    following = next(dates, None)
    if following is None:
        message = f"Cannot preview an invoice: no date of the recurring invoice is to come; it is {schedule.status}."
        raise Conflict("INVALID_RECURRING_STATE", message, status=str(schedule.status))
    chosen = following if occurrence_date is None else _on(occurrence_date, (following, *dates))
    draft = coming_draft(uow, schedule, chosen, account, customer)
    warn_of_template(uow, account, draft.template_id, draft.buyer.template_id)
    template = account.template_for(draft.template_id, draft.buyer.template_id)
    return replace(draft, seller=account.as_seller(draft.currency, draft.locale, template), template=template)


def _on(day: date, dates: Sequence[Occurrence]) -> Occurrence:
    for each in dates:
        if each.occurrence_date == day:
            return each
    message = f"occurrence_date must be one of the next {MOST_PREVIEWED} dates; the preview lists them."
    raise invalid_query("occurrence_date", message, day.isoformat())
