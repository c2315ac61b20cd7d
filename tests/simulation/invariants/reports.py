"""Running totals of reports: at rest each ledger entry is posted once, and their sums are those of what is stored."""

from collections import Counter

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.ledger.entry import Credit, LedgerEntry
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment
from invoicing.domain.reports.totals import DAYS, PostedEntry, ReportTotal, of_customer, of_day
from tests.simulation.simulation import Simulation

type Sums = Counter[tuple[str, ...]]
"""Amounts by account, currency, and what they are of."""


def every_entry_is_posted(simulation: Simulation) -> None:
    notes = {(note.account, note.id) for note in simulation.store.all(PostedEntry)}
    assert notes == {(entry.account, entry.id) for entry in simulation.store.all(LedgerEntry)}


def totals_are_the_truth(simulation: Simulation) -> None:
    truth, totals = _of_entities(simulation), _of_totals(simulation)
    wrong = [name for name in truth.keys() | totals.keys() if truth[name] != totals[name]]
    assert not wrong, [(name, totals[name], truth[name]) for name in sorted(wrong)]


def _of_entities(simulation: Simulation) -> Sums:
    """What is due by due date and what was invoiced and paid by day, by invoices and payments themselves."""
    sums: Sums = Counter()
    for invoice in simulation.store.all(Invoice):
        if is_issued(invoice):
            of = invoice.account, invoice.currency
            sums[*of, "due", invoice.due_date.isoformat()] += invoice.amount_due
            sums[*of, "invoiced", invoice.issue_date.isoformat()] += invoice.total
            sums[*of, "invoiced", invoice.buyer.id] += invoice.total
    for payment in simulation.store.all(Payment):
        if payment.method != CUSTOMER_CREDIT:
            of = payment.account, payment.currency
            sums[*of, "payments", payment.payment_date.isoformat()] += payment.amount
            sums[*of, "payments", payment.customer_id] += payment.amount
    for credit in simulation.store.all(Credit):
        sums[credit.account, credit.currency, "credit"] += credit.amount
    return sums


def _of_totals(simulation: Simulation) -> Sums:
    sums: Sums = Counter()
    for total in simulation.store.all(ReportTotal):
        is_of_day = total.id.startswith(DAYS)
        owner, currency, figures = of_day(total) if is_of_day else of_customer(total)
        of = total.account, currency
        for key, amounts in figures.items():
            match key if is_of_day else key[:-1]:
                case ("due", due_date):
                    sums[*of, "due", due_date] += amounts[0]
                case ("credit",):
                    sums[*of, "credit"] += amounts[0]
                case ("invoiced" | "payments" as figure,):
                    sums[*of, figure, str(owner)] += amounts[-1]
    return sums


AT_REST = (every_entry_is_posted, totals_are_the_truth)
