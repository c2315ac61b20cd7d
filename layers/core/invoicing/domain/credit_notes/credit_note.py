"""Credit notes: credit for part or all of an issued invoice, as a document; `crediting` has its figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, NamedTuple

from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.exemptions import with_exemptions_of
from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, Line, Status
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.tax import Group, TaxGroup, lines_by_group, shared_name
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.sealing import sealed

COPIED = ("buyer", "currency", "exchange", "locale", "page_token", "prices_include_tax", "time_zone")
"""Fields that a credit note copies from its invoice, as it does the seller."""


class CreditLine(NamedTuple):
    """What is credited of an invoice line; amounts in minor units, as in the invoice line.

    One of ``quantity``, ``amount`` and ``percentage`` is what was asked; ``share`` is the part of the whole line.
    """

    line_id: str
    description: str
    quantity: Decimal | None
    amount: int | None
    percentage: Decimal | None
    share: Fraction
    unit: str | None
    unit_price: Decimal
    price_quantity: Decimal
    tax_rate: Decimal
    tax_category: str | None
    tax_name: str | None
    subtotal: int
    discount_amount: int
    tax: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """Credit for an invoice; amounts in minor units of ``currency``, final once issued.

    ``buyer``, ``seller`` and ``exchange`` are copied from the invoice, and ``page_token`` leads to its page.
    ``applied_to_invoice`` lowered the amount due; the rest of ``total``, ``credited_to_customer``, became customer
    credit. A note without a ``reason`` cancelled its invoice. ``version`` grows when ``sent_at``, the time of the first
    e-mail request, is set, and when it is voided, after which it credits nothing. ``content_hash`` is that of all
    fields but ``unsealed`` (`invoicing.domain.sealing`).
    """

    unsealed: ClassVar[frozenset[str]] = frozenset(
        {"version", "sequence", "page_token", "sent_at", "voided_at", "void_reason"}
    )

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    number: str
    invoice_id: str
    invoice_number: str
    buyer: Buyer
    seller: Seller
    currency: str
    locale: str
    time_zone: str
    prices_include_tax: bool = False
    lines: tuple[CreditLine, ...]
    subtotal: int
    discount_amount: int
    tax: int
    total: int
    tax_breakdown: tuple[TaxGroup, ...]
    reason: str | None
    issue_date: date
    exchange: Exchange | None = None
    applied_to_invoice: int
    credited_to_customer: int
    page_token: str | None = None
    created_at: datetime
    sent_at: datetime | None = None
    voided_at: datetime | None = None
    void_reason: str | None = None
    content_hash: str | None = None

    def on_invoice(self) -> InvoiceCreditNote:
        """Return the note as its invoice lists it."""
        return InvoiceCreditNote(
            credit_note_id=self.id, number=self.number, issue_date=self.issue_date, total=self.total
        )


def tax_groups(lines: Sequence[CreditLine]) -> tuple[TaxGroup, ...]:
    """Group the tax of a credit note's lines by rate and category, in the order that invoices use."""
    return tuple(
        TaxGroup(
            rate=rate,
            category=category or None,
            name=shared_name(lines[index].tax_name for index in members),
            taxable=sum(lines[index].subtotal - lines[index].discount_amount for index in members),
            tax=sum(lines[index].tax for index in members),
        )
        for (rate, category), members in tax_lines_by_group(lines).items()
    )


def issue_credit_note(
    invoice: Invoice,
    lines: tuple[CreditLine, ...],
    *,
    note_id: str,
    number: str,
    reason: str | None,
    on: date,
    now: datetime,
) -> CreditNote:
    """Issue and seal the credit note of these lines for an issued invoice; its amounts are the sums of the lines."""
    if invoice.seller is None or invoice.number is None:
        raise LookupError("an issued invoice has a seller and a number")
    total = sum(line.total for line in lines)
    applied = min(total, invoice.amount_due)
    note = CreditNote(
        account=invoice.account,
        id=note_id,
        version=1,
        number=number,
        invoice_id=invoice.id,
        invoice_number=invoice.number,
        seller=invoice.seller,
        lines=lines,
        subtotal=sum(line.subtotal for line in lines),
        discount_amount=sum(line.discount_amount for line in lines),
        tax=sum(line.tax for line in lines),
        total=total,
        tax_breakdown=with_exemptions_of(invoice, tax_groups(lines)),
        reason=reason,
        issue_date=on,
        applied_to_invoice=applied,
        credited_to_customer=total - applied,
        created_at=now,
        **{name: getattr(invoice, name) for name in COPIED},
    )
    return sealed(note)


def tax_lines_by_group(lines: Sequence[Line] | Sequence[CreditLine]) -> dict[Group, list[int]]:
    """Return the indexes of the lines of each tax group, the highest rate first."""
    return lines_by_group([line.tax_rate for line in lines], [line.tax_category for line in lines])


def voided(
    note: CreditNote, invoice: Invoice, reason: str | None, now: datetime, *, held: int, uses: Sequence[str] = ()
) -> CreditNote:
    """Void a credit note of which nothing was used; ``held`` is the customer's credit in minor units.

    ``uses`` name what used credit, for the message. `Conflict` ``INVALID_CREDIT_NOTE_STATE`` when it is voided already,
    its invoice is cancelled, it lowered the amount due, or less of its credit is left.
    """
    require_not_voided(note, "void")
    why = None
    if invoice.status is Status.CANCELLED:
        why = "its invoice is cancelled. Issue a new invoice instead."
    elif note.applied_to_invoice:
        lowered = f"{to_major(note.applied_to_invoice, note.currency)} {note.currency}"
        why = f"it lowered the amount due by {lowered}. Issue a new invoice instead."
    elif note.total > min(held, invoice.credited_to_customer):
        used = f" ({', '.join(uses)})" if uses else ""
        why = f"the customer has used its credit{used}. Reverse that use first, or issue a new invoice."
    if why:
        raise Conflict("INVALID_CREDIT_NOTE_STATE", f"Cannot void this credit note: {why}")
    return replace(note, version=note.version + 1, voided_at=now, void_reason=reason)


def require_not_voided(note: CreditNote, action: str) -> None:
    """Raise `Conflict` ``INVALID_CREDIT_NOTE_STATE`` for a voided credit note."""
    if note.voided_at is not None:
        raise Conflict("INVALID_CREDIT_NOTE_STATE", f"Cannot {action} a voided credit note.")
