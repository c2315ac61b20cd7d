"""The text of a reminder in the customer's language: what is owed on the day of sending."""

from collections.abc import Iterable, Sequence
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reminders.customer_reminder import totals_due
from invoicing.domain.reminders.steps import tense
from invoicing_documents.parties import Field
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import NO_BREAK_SPACE, Wording


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open invoice in a list; ``due`` is its due date, and ``late`` says that the day has come."""

    number: str
    url: str
    due: str
    late: str
    amount_due: str


@dataclass(frozen=True, slots=True)
class Words:
    """The default wording of a reminder."""

    subject: str
    message: str


def number_of(invoice: Invoice, wording: Wording) -> str:
    """Return the number of an invoice; a draft has none."""
    return one_line(invoice.number or "") or wording["draft_title"]


def default_words(
    owed: Sequence[Invoice], day: date, wording: Wording, *, seller: str, has_statement: bool = False
) -> Words:
    """Return what a reminder says on a day about at least one invoice, the first due first.

    ``has_statement`` says that a statement of them is attached.
    """
    first = owed[0]
    when = tense(first.due_date, day)
    if len(owed) > 1:
        subject = wording.say("reminder_subject_several", seller=seller)
        says = [wording[f"reminder_several_{when}"]]
    else:
        about = {"number": number_of(first, wording), "date": wording.date(first.due_date)}
        subject = wording.say(f"reminder_subject_{when}", seller=seller, **about)
        says = [wording.say(f"reminder_{when}", **about)]
    if has_statement:
        says.append(wording.say("reminder_statement", date=wording.date(day)))
    message = "\n\n".join((wording["reminder_greeting"], " ".join(says), wording["reminder_thanks"]))
    return Words(subject, message)


def rows_of(owed: Iterable[Invoice], day: date, wording: Wording, pages: str = "") -> tuple[OpenRow, ...]:
    """Return the list of open invoices on a day; ``pages`` is what the addresses of their pages begin with."""
    return tuple(
        OpenRow(
            number=number_of(invoice, wording),
            url=page_of(invoice, pages),
            due=wording.date(invoice.due_date),
            late=lateness(invoice, day, wording),
            amount_due=wording.money(invoice.amount_due, invoice.currency),
        )
        for invoice in owed
    )


def page_of(invoice: Invoice, pages: str) -> str:
    """Return the address of the page of an invoice; empty for a draft, which has none."""
    return f"{pages}/{invoice.page_token}" if invoice.page_token else ""


def lateness(invoice: Invoice, day: date, wording: Wording) -> str:
    """Say that an invoice is due on a day, or since how many days; empty before."""
    days = (day - invoice.due_date).days
    if days <= 0:
        return "" if days else wording["due_today"]
    return f"{wording['days_overdue']}:{NO_BREAK_SPACE}{wording.count(days)}"


def due_line(invoice: Invoice, day: date, wording: Wording) -> str:
    """Say when an invoice was or is due, seen from a day."""
    due, late = wording.date(invoice.due_date), lateness(invoice, day, wording)
    if day < invoice.due_date:
        return wording.say("due_on", date=due)
    return f"{wording['due_date']}: {wording.within(due)} · {late}"


def due_by_today(owed: Sequence[Invoice], day: date, wording: Wording) -> str:
    """Say how much of several invoices is due by a day; empty where that is nothing or all."""
    due = totals_due(owed, day)
    return f"{wording['due_by_today']}: {wording.within(sums(due, wording))}" if due and due != totals_due(owed) else ""


def sums(totals: dict[str, int], wording: Wording) -> str:
    """Write amounts in minor units by currency, never added across currencies."""
    return f"{NO_BREAK_SPACE}· ".join(wording.money(totals[currency], currency) for currency in sorted(totals))


def owed_field(owed: Sequence[Invoice], wording: Wording) -> Field:
    """Return all that is owed, in each currency."""
    return Field(wording["amount_outstanding"], sums(totals_due(owed), wording))
