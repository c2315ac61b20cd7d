"""A double-entry journal of what the use cases answer, independent of the product's ledger.

Amounts are in minor units, debits above 0 and credits below. Each posting balances; an account is kept for each
customer and currency, and those of an invoice for that invoice too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment
from tests.cash_journal import CashJournal

type Owner = tuple[str, str]
"""Customer and currency."""


class Account(StrEnum):
    """The accounts that invoices and their settlement need."""

    RECEIVABLE = "receivable"
    CASH = "cash"
    CUSTOMER_CREDIT = "customer credit"
    REVENUE = "revenue"
    TAX = "tax"
    BAD_DEBT = "bad debt"
    WITHHELD = "tax withheld by customers"
    PREPAID = "prepayments received"
    ROUNDING = "rounding differences"


class Line(NamedTuple):
    """A debit or credit of an account, perhaps for one invoice."""

    account: Account
    amount: int
    invoice_id: str | None = None


class Journal:
    """All postings, as sums."""

    def __init__(self) -> None:
        self.sums: Counter[tuple[Owner, Account]] = Counter()
        self.of_invoices: Counter[tuple[str, Account]] = Counter()
        self.by_day: defaultdict[Owner, Counter[tuple[date, Account]]] = defaultdict(Counter)
        self.receivable: defaultdict[str, Counter[date]] = defaultdict(Counter)
        self.credit_of_notes: Counter[str] = Counter()
        self.cash = CashJournal()
        self._changed: set[Owner] = set()

    def post(self, owner: Owner, day: date, lines: Iterable[Line]) -> None:
        """Post lines that balance."""
        lines = list(lines)
        assert sum(line.amount for line in lines) == 0, lines
        self._changed.add(owner)
        for line in lines:
            self.sums[owner, line.account] += line.amount
            self.by_day[owner][day, line.account] += line.amount
            if line.invoice_id:
                self.of_invoices[line.invoice_id, line.account] += line.amount
                if line.account is Account.RECEIVABLE:
                    self.receivable[line.invoice_id][day] += line.amount

    def changed(self) -> set[Owner]:
        """Of whom something was posted since the last call."""
        changed, self._changed = self._changed, set()
        return changed

    def movements(self, owner: Owner) -> dict[date, tuple[int, int]]:
        """By day, what the balance of a customer changed by, and its credit; days without change are left out."""
        lines, days = self.by_day[owner], {day for day, _ in self.by_day[owner]}
        found = {day: (lines[day, Account.RECEIVABLE], -lines[day, Account.CUSTOMER_CREDIT]) for day in days}
        return {day: (due - credit, credit) for day, (due, credit) in found.items() if due or credit}

    # ─────────────────────────────────── Moves ───────────────────────────────────

    def issued(self, invoice: Invoice) -> None:
        """An invoice was issued."""
        self.cash.issued(invoice)
        self.post(_owner(invoice), invoice.issue_date, _sale(invoice))

    def voided(self, invoice: Invoice, on: date) -> None:
        """An invoice was voided: it never was."""
        self.cash.voided(invoice.id, max(on, invoice.issue_date))
        self.post(_owner(invoice), max(on, invoice.issue_date), _reversed(_sale(invoice)))

    def paid(self, payment: Payment) -> None:
        """A payment of money, or from customer credit; what no invoice takes is customer credit."""
        lines = [Line(_source(payment), payment.amount), Line(Account.CUSTOMER_CREDIT, -payment.to_credit)]
        lines += [Line(Account.RECEIVABLE, -part.amount, part.invoice_id) for part in payment.allocations]
        owner, on = (payment.customer_id, payment.currency), payment.payment_date
        self.cash.more_credit(owner, payment.to_credit)
        if payment.method == CUSTOMER_CREDIT:
            self.cash.apply(payment.id, owner, payment.amount, on)
        for part in payment.allocations:
            self.cash.paid(part.invoice_id, part.amount, on)
        self.post(owner, on, lines)

    def given_back(self, before: Payment, after: Payment, on: date) -> None:
        """A refund or a reversal: of the payment's credit, of credit notes of its invoices, and what is due again."""
        owner = (after.customer_id, after.currency)
        of_credit = after.credit_returned - before.credit_returned
        unused = -self.sums[owner, Account.CUSTOMER_CREDIT] - of_credit
        lines = [Line(_source(after), after.left - before.left), Line(Account.CUSTOMER_CREDIT, of_credit)]
        self.cash.use(owner, of_credit, on, lambda lot: not any(lot.tax))
        returned = [new.returned - old.returned for old, new in zip(before.allocations, after.allocations, strict=True)]
        for part, amount in reversed(list(zip(after.allocations, returned, strict=True))):
            covered = min(amount, unused, self.credit_of_notes[part.invoice_id])
            unused -= covered
            self.credit_of_notes[part.invoice_id] -= covered
            self.cash.given_back(part.invoice_id, amount, covered, on)
            lines.append(Line(Account.CUSTOMER_CREDIT, covered))
            lines.append(Line(Account.RECEIVABLE, amount - covered, part.invoice_id))
        if after.method == CUSTOMER_CREDIT:
            self.cash.came_back(after.id, owner, before.left - after.left, on)
        self.post(owner, on, lines)

    def credited(self, note: CreditNote) -> None:
        """A credit note takes back revenue and tax, and lowers what is due, or gives credit."""
        self.cash.credited(note)
        self.credit_of_notes[note.invoice_id] += note.credited_to_customer
        self.post((note.buyer.id, note.currency), note.issue_date, _return(note))

    def note_voided(self, note: CreditNote, on: date) -> None:
        """A credit note was voided: it never was."""
        self.cash.note_voided(note, max(on, note.issue_date))
        self.credit_of_notes[note.invoice_id] -= note.credited_to_customer
        self.post((note.buyer.id, note.currency), max(on, note.issue_date), _reversed(_return(note)))

    def written_off(self, invoice: Invoice, on: date) -> None:
        """More of an invoice is lost, or all that was is not."""
        lost = invoice.amount_written_off - self.of_invoices[invoice.id, Account.BAD_DEBT]
        lines = [Line(Account.BAD_DEBT, lost, invoice.id), Line(Account.RECEIVABLE, -lost, invoice.id)]
        self.post(_owner(invoice), on, lines)

    def paid_out(self, payout: CreditPayout) -> None:
        """Customer credit was paid out."""
        lines = [Line(Account.CUSTOMER_CREDIT, payout.amount), Line(Account.CASH, -payout.amount)]
        self.cash.use((payout.customer_id, payout.currency), payout.amount, payout.payout_date)
        self.post((payout.customer_id, payout.currency), payout.payout_date, lines)


def _owner(invoice: Invoice) -> Owner:
    return invoice.buyer.id, invoice.currency


def _source(payment: Payment) -> Account:
    return Account.CUSTOMER_CREDIT if payment.method == CUSTOMER_CREDIT else Account.CASH


def _sale(invoice: Invoice) -> list[Line]:
    return [
        Line(Account.RECEIVABLE, invoice.amount_payable, invoice.id),
        Line(Account.WITHHELD, invoice.withheld_total, invoice.id),
        Line(Account.PREPAID, invoice.prepaid_total, invoice.id),
        Line(Account.ROUNDING, -invoice.rounding_amount, invoice.id),
        Line(Account.REVENUE, invoice.tax - invoice.total, invoice.id),
        Line(Account.TAX, -invoice.tax, invoice.id),
    ]


def _return(note: CreditNote) -> list[Line]:
    return [
        Line(Account.REVENUE, note.total - note.tax, note.invoice_id),
        Line(Account.TAX, note.tax, note.invoice_id),
        Line(Account.RECEIVABLE, -note.applied_to_invoice, note.invoice_id),
        Line(Account.CUSTOMER_CREDIT, -note.credited_to_customer),
        Line(Account.WITHHELD, -note.withheld_total, note.invoice_id),
        Line(Account.ROUNDING, note.rounding_amount, note.invoice_id),
    ]


def _reversed(lines: Iterable[Line]) -> list[Line]:
    return [line._replace(amount=-line.amount) for line in lines]


def movements(entries: Iterable[LedgerEntry]) -> dict[date, tuple[int, int]]:
    """The product's ledger entries as the movements of a journal."""
    days: defaultdict[date, list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        days[entry.date].append(entry)
    found = {day: (sum(each.amount for each in of), sum(each.credit for each in of)) for day, of in days.items()}
    return {day: moved for day, moved in found.items() if any(moved)}
