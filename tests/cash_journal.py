"""Tax on cash basis by what the use cases answer: each step books what should have counted by then, less what did.

Amounts are rows of four: tax and gross, in minor units of the document's currency and of the account's own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import exponent
from tests.domain.money.second_opinion.rounding import rounded

type Row = tuple[int, ...]
type Owner = tuple[str, str]

NOTHING: Row = (0, 0, 0, 0)


@dataclass
class Bill:
    """An invoice: its tax, what of it may still count, and what does."""

    owner: Owner
    tax: Row
    payable: int
    paid: int
    in_credit: int = 0
    tax_in_credit: Row = NOTHING
    counted: Row = NOTHING


@dataclass
class Lot:
    """Credit of one source, of which so much tax is taken back."""

    source: str | None
    amount: int
    tax: Row
    used: int = 0
    taken: Row = NOTHING


@dataclass
class CashJournal:
    """What counts on each day, by customer and currency."""

    days: defaultdict[Owner, Counter[tuple[date, int]]] = field(default_factory=lambda: defaultdict(Counter))
    bills: dict[str, Bill] = field(default_factory=dict)
    lots: defaultdict[Owner, list[Lot]] = field(default_factory=lambda: defaultdict(list))
    applied: defaultdict[str, list[Lot]] = field(default_factory=lambda: defaultdict(list))

    def book(self, owner: Owner, day: date, row: Row) -> None:
        for place, amount in enumerate(row):
            self.days[owner][day, place] += amount

    def issued(self, invoice: Invoice) -> None:
        prepaid = invoice.prepaid_total
        owner = (invoice.buyer.id, invoice.currency)
        self.bills[invoice.id] = Bill(owner, tax_of(invoice), invoice.amount_payable + prepaid, prepaid)
        self.settle(invoice.id, invoice.issue_date)

    def voided(self, invoice_id: str, day: date) -> None:
        bill = self.bills.pop(invoice_id)
        self.book(bill.owner, day, minus(NOTHING, bill.counted))

    def paid(self, invoice_id: str, amount: int, day: date) -> None:
        self.bills[invoice_id].paid += amount
        self.settle(invoice_id, day)

    def credited(self, note: CreditNote) -> None:
        bill, tax = self.bills[note.invoice_id], tax_of(note)
        lowering = part(tax, note.applied_to_invoice, note.amount_payable)
        bill.tax = minus(bill.tax, lowering)
        bill.payable -= note.applied_to_invoice
        if note.credited_to_customer:
            bill.in_credit += note.credited_to_customer
            bill.tax_in_credit = plus(bill.tax_in_credit, minus(tax, lowering))
            self.lots[bill.owner].append(Lot(note.invoice_id, note.credited_to_customer, minus(tax, lowering)))
        self.settle(note.invoice_id, note.issue_date)

    def note_voided(self, note: CreditNote, day: date) -> None:
        self.without_credit(note.invoice_id, note.credited_to_customer, day)
        bill = self.bills[note.invoice_id]
        bill.tax = plus(bill.tax, tax_of(note))
        bill.payable += note.applied_to_invoice + note.credited_to_customer
        self.settle(note.invoice_id, day)

    def given_back(self, invoice_id: str, amount: int, covered: int, day: date) -> None:
        """So much is no longer paid, of which credit of the invoice's notes covers a part: that never was due."""
        self.without_credit(invoice_id, covered, day)
        self.bills[invoice_id].paid -= amount
        self.settle(invoice_id, day)

    def without_credit(self, invoice_id: str, amount: int, day: date) -> None:
        """Let credit of an invoice's notes lower what is due instead: what of its tax was taken back comes back."""
        if not amount:
            return
        bill = self.bills[invoice_id]
        moved = part(bill.tax_in_credit, amount, bill.in_credit)
        self.use(bill.owner, amount, day, lambda lot: lot.source == invoice_id)
        self.book(bill.owner, day, moved)
        bill.in_credit -= amount
        bill.tax_in_credit = minus(bill.tax_in_credit, moved)
        bill.tax = minus(bill.tax, moved)
        bill.payable -= amount

    def more_credit(self, owner: Owner, amount: int) -> None:
        if amount:
            self.lots[owner].append(Lot(None, amount, NOTHING))

    def apply(self, payment_id: str, owner: Owner, amount: int, day: date) -> None:
        """Use credit for a payment, which may come back."""
        before = [(lot, lot.used, lot.taken) for lot in self.lots[owner]]
        self.use(owner, amount, day)
        for lot, used, taken in before:
            if lot.used > used:
                self.applied[payment_id].append(Lot(lot.source, lot.used - used, minus(lot.taken, taken)))

    def came_back(self, payment_id: str, owner: Owner, amount: int, day: date) -> None:
        """Credit that a payment used is there again: what it used last comes first, and before all other credit."""
        for part_used in reversed(self.applied[payment_id]):
            now = min(amount, part_used.amount - part_used.used)
            amount -= now
            part_used.used += now
            back = minus(part(part_used.tax, part_used.used, part_used.amount), part_used.taken)
            part_used.taken = plus(part_used.taken, back)
            self.book(owner, day, back)
            if now:
                self.lots[owner].insert(0, Lot(part_used.source, now, back))
        assert amount == 0

    def use(self, owner: Owner, amount: int, day: date, first: Callable[[Lot], bool] = lambda _: False) -> None:
        """Use credit: of the chosen lots, then of the others; each takes back its tax as far as it is used."""
        lots = self.lots[owner]
        for lot in [*filter(first, lots), *(lot for lot in lots if not first(lot))]:
            now = min(amount, lot.amount - lot.used)
            amount -= now
            lot.used += now
            taken = part(lot.tax, lot.used, lot.amount)
            self.book(owner, day, minus(lot.taken, taken))
            lot.taken = taken
        assert amount == 0
        self.lots[owner] = [lot for lot in lots if lot.used < lot.amount]

    def settle(self, invoice_id: str, day: date) -> None:
        bill = self.bills[invoice_id]
        counts = part(bill.tax, bill.paid, bill.payable)
        self.book(bill.owner, day, minus(counts, bill.counted))
        bill.counted = counts


def tax_of(document: Invoice | CreditNote) -> Row:
    """Tax and gross of a document; its net is not what is taxable where it has several taxes."""
    taxable, taxes = ([getattr(group, name) for group in document.tax_breakdown] for name in ("taxable", "tax"))
    own = sum(taxes), sum(taxable) + sum(taxes)
    if document.exchange is None or document.exchange.rate is None:
        return own + own
    scale = Fraction(10) ** (exponent(document.exchange.base) - exponent(document.currency))
    rate = Fraction(document.exchange.rate)
    tax, total, net = (
        sum(rounded(amount * scale / rate) for amount in of) for of in (taxes, [document.total], taxable)
    )
    return (*own, tax, total if own[1] == document.total else net + tax)


def part(row: Row, of: int, whole: int) -> Row:
    """A share, each amount rounded; all of it when there is nothing to share by."""
    return tuple(rounded(Fraction(amount * of, whole)) if whole else amount for amount in row)


def plus(one: Row, other: Row) -> Row:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def minus(one: Row, other: Row) -> Row:
    return tuple(a - b for a, b in zip(one, other, strict=True))
