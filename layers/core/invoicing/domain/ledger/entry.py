"""The customer ledger: every movement of a customer's account, and its credit.

The balance is what the customer owes less its credit: always the sum of the amounts due on its invoices less its
credit, and the sum of the entries' amounts. Credit is always the sum of the entries' credits. Both are per currency.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from itertools import dropwhile
from typing import ClassVar

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.credit_lots import Lot, Lots, is_money, put, take
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.tax_parts import TaxParts


class Movement(StrEnum):
    """The kinds of ledger entries."""

    INVOICE = "invoice"
    VOID = "void"
    PAYMENT = "payment"
    REFUND = "refund"
    REVERSAL = "reversal"
    CREDIT_NOTE = "credit_note"
    CREDIT_NOTE_VOIDED = "credit_note_voided"
    CREDIT_APPLIED = "credit_applied"
    CREDIT_PAYOUT = "credit_payout"
    WRITE_OFF = "write_off"
    WRITE_OFF_UNDONE = "write_off_undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItemChange:
    """The change of what is due by a date: of the amount in minor units, and of the number of open invoices.

    ``base_amount`` is the change in minor units of ``base_currency``, the account's own when the invoice was issued, at
    the invoice's rate; both are None where that is unknown or the invoice is in that currency itself. ``issue_date`` is
    that of an invoice dated after the entry.
    """

    due_date: date
    amount: int
    count: int
    base_amount: int | None = None
    base_currency: str | None = None
    issue_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A movement in minor units, written once with the change that caused it.

    ``amount`` is the change of the balance, ``credit`` the change of the customer's credit; an overpayment changes
    both: 120 paid where 100 are due is -120 and +20. Credit that pays an invoice is 0 and negative: the amount due and
    the credit shrink alike. ``open_items`` are the changes of amounts due, which come to ``amount`` + ``credit``.
    ``cash_taxes`` are what it adds to the tax on cash basis (`invoicing.domain.ledger.cash_tax`). ``document`` is the
    number or reference that people know, ``method`` how money came or went. ``exchange`` is the rate of a refund that
    has another than its payment. ``base_currency`` is, of a payout, the account's own at that time. ``content_hash`` is
    that of all fields but ``unsealed`` (`invoicing.domain.sealing`).
    """

    unsealed: ClassVar[frozenset[str]] = frozenset({"version"})

    account: str
    id: str
    version: int = 1
    customer_id: str
    currency: str
    date: date
    movement: Movement
    amount: int
    credit: int = 0
    document: str | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    credit_note_id: str | None = None
    credit_payout_id: str | None = None
    method: str | None = None
    exchange: Exchange | None = None
    base_currency: str | None = None
    open_items: tuple[OpenItemChange, ...] = ()
    cash_taxes: TaxParts = ()
    created_at: datetime
    content_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What the business owes a customer in one currency, in minor units, never below 0.

    ``lots`` say where it is from; what no lot has is older, and money.
    """

    account: str
    customer_id: str
    currency: str
    version: int = 0
    amount: int = 0
    lots: Lots = ()

    @property
    def all_lots(self) -> Lots:
        """The lots of the whole amount, the oldest first."""
        rest = self.amount - sum(lot.left for lot in self.lots)
        return (Lot(amount=rest), *self.lots) if rest else self.lots

    @property
    def id(self) -> str:
        """Customer id and currency, separated by a space, which neither contains."""
        return credit_id(self.customer_id, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An invoice with an amount due, in minor units."""

    invoice_id: str
    currency: str
    due_date: date
    amount_due: int


def credit_id(customer_id: str, currency: str) -> str:
    """Return the id of a customer's credit in a currency."""
    return f"{customer_id} {currency}"


MOST_NAMED_USES = 3
"""The most uses of credit that an error message names."""


def uses_of_credit(latest: Iterable[LedgerEntry], amount: int, payment_id: str | None = None) -> tuple[str, ...]:
    """Name the uses of ``amount`` minor units of credit, the last first, without those of a payment itself.

    ``latest`` are entries of one customer and currency, the latest first; what came back since is no use.
    """
    used: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for entry in latest:
        cause = entry.payment_id or entry.credit_payout_id
        if cause and cause != payment_id:
            used[cause] += entry.credit
            if entry.credit < 0:
                names[cause] = _use(entry, cause)
    found: list[str] = []
    for cause, name in names.items():
        if used[cause] < 0 < amount and len(found) < MOST_NAMED_USES:
            found.append(name)
            amount += used[cause]
    return tuple(found)


def _use(entry: LedgerEntry, cause: str) -> str:
    if entry.movement is Movement.CREDIT_APPLIED:
        return f"payment {cause} of invoice {entry.document}"
    return f"credit payout {cause}" if entry.credit_payout_id else f"{entry.movement} of payment {cause}"


def changed_by(credit: Credit, amount: int, lots: Lots | None = None) -> Credit:
    """Add an amount to a credit, or use some of it if negative; ``lots`` are those after it.

    Without them, what is added is money, and the oldest credit is used first. `ValidationFailed` below 0.
    """
    if credit.amount + amount < 0:
        have = to_major(credit.amount, credit.currency)
        message = f"amount must be at most the customer's credit, {have} {credit.currency}."
        detail = Detail("amount", message, "AMOUNT_EXCEEDS_CREDIT", to_major(-amount, credit.currency))
        raise ValidationFailed(detail, code="AMOUNT_EXCEEDS_CREDIT")
    if lots is None:
        lots = put(credit.all_lots, Lot(amount=amount)) if amount > 0 else take(credit.all_lots, -amount)
    kept = tuple(dropwhile(is_money, lots))
    return replace(credit, version=credit.version + 1, amount=credit.amount + amount, lots=kept)
