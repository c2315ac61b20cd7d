"""Credit notes: credit for part or all of an issued invoice, as a document; `crediting` has its figures."""

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.credit_notes.withholding import withheld_by_note
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.exemptions import with_exemptions_of
from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, Status
from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing.domain.invoices.lines import taxed_alike
from invoicing.domain.invoices.particulars import NO_PARTICULARS, Particulars, for_credit_note
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.payable import Withholding
from invoicing.domain.money.tax import LineTax, TaxGroup, shared_name, tax_groups_of
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.sealing import sealed
from invoicing.domain.templates.template import TemplateRef

LineKind = Literal["line", "charge", "allowance"]
"""What of its invoice a note credits."""

Kind = Literal["credit", "early_payment_discount"]
"""Why there is a credit note: a client asked for one, or a payment took a discount for early payment."""

COPIED = ("buyer", "currency", "exchange", "locale", "page_token", "prices_include_tax", "purchase_order", "time_zone")
"""Fields that a credit note copies from its invoice, as it does the seller."""


class CreditLine(NamedTuple):
    """What is credited of an invoice line; amounts in minor units, as in the invoice line.

    One of ``quantity``, ``amount`` and ``percentage`` is what was asked; ``share`` is the part of the whole line.
    ``kind`` tells lines from the charges and allowances of the whole invoice. ``particulars`` are those of the line.
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
    kind: LineKind = "line"
    taxes: tuple[LineTax, ...] = ()
    charges_total: int = 0
    allowances_total: int = 0
    particulars: LineParticulars | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """Credit for an invoice; amounts in minor units of ``currency``, final once issued.

    ``buyer``, ``seller``, ``exchange`` and references are copies of the invoice's, ``page_token`` leads to its page.
    ``template`` is the version of its template, or of the default, that was current when the note was issued.
    ``amount_payable`` is ``total`` less what the customer withholds of it, with the invoice's cash rounding in the note
    that ends it.
    ``applied_to_invoice`` of that lowered the amount due; the rest, ``credited_to_customer``, became customer credit.
    A note without a ``reason`` cancelled its invoice. ``version`` grows when ``sent_at``, the time of the first e-mail
    request, is set, and when it is voided, after which it credits nothing. ``content_hash`` is that of all fields but
    ``unsealed`` (`invoicing.domain.sealing`).
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
    kind: Kind = "credit"
    lines: tuple[CreditLine, ...]
    subtotal: int
    discount_amount: int
    charges_total: int = 0
    allowances_total: int = 0
    tax: int
    total: int
    tax_breakdown: tuple[TaxGroup, ...]
    withholdings: tuple[Withholding, ...] = ()
    withheld_total: int = 0
    rounding_amount: int = 0
    reason: str | None
    purchase_order: str | None = None
    particulars: Particulars = NO_PARTICULARS
    issue_date: date
    exchange: Exchange | None = None
    template: TemplateRef | None = None
    applied_to_invoice: int
    credited_to_customer: int
    page_token: str | None = None
    created_at: datetime
    sent_at: datetime | None = None
    voided_at: datetime | None = None
    void_reason: str | None = None
    content_hash: str | None = None

    @property
    def amount_payable(self) -> int:
        """What the note takes off the amount due or gives as customer credit, in minor units."""
        return self.total - self.withheld_total + self.rounding_amount

    def on_invoice(self) -> InvoiceCreditNote:
        """Return the note as its invoice lists it."""
        return InvoiceCreditNote(
            credit_note_id=self.id,
            number=self.number,
            issue_date=self.issue_date,
            total=self.total,
            applied_to_invoice=self.applied_to_invoice,
            credited_to_customer=self.credited_to_customer,
            withheld=tuple(each.amount for each in self.withholdings),
        )


def tax_groups(invoice: Invoice, lines: Sequence[CreditLine]) -> tuple[TaxGroup, ...]:
    """Group the tax of a credit note's lines as that of invoices is."""
    net = [line.total - line.tax for line in lines]
    return tuple(
        TaxGroup(
            rate=group.key.rate,
            category=group.key.category or None,
            name=group.key.name or shared_name(lines[row].tax_name for row in group.rows),
            taxable=group.taxable(net, invoice.rounding),
            tax=sum(_tax_of(lines[row], group.key.name) for row in group.rows),
            compound=group.compound,
        )
        for group in tax_groups_of(taxed_alike(lines), included=invoice.prices_include_tax)
    )


def _tax_of(line: CreditLine, name: str) -> int:
    """Return the tax of this name, or the only tax of a line."""
    return next((tax.amount for tax in line.taxes if tax.name == name), line.tax)


def issue_credit_note(
    invoice: Invoice,
    lines: tuple[CreditLine, ...],
    *,
    note_id: str,
    number: str,
    reason: str | None,
    on: date,
    now: datetime,
    account: Account | None = None,
    kind: Kind = "credit",
) -> CreditNote:
    """Issue and seal the credit note of these lines for an issued invoice; its amounts are the sums of the lines.

    The ``account`` says which template is current; without it the note has none.
    """
    if invoice.seller is None or invoice.number is None:
        raise LookupError("an issued invoice has a seller and a number")
    note = CreditNote(
        account=invoice.account,
        id=note_id,
        version=1,
        number=number,
        invoice_id=invoice.id,
        invoice_number=invoice.number,
        **_look(invoice, invoice.seller, account),
        kind=kind,
        lines=lines,
        **_sums(lines),
        tax_breakdown=with_exemptions_of(invoice, tax_groups(invoice, lines)),
        reason=reason,
        particulars=for_credit_note(invoice.stated),
        issue_date=on,
        applied_to_invoice=0,
        credited_to_customer=0,
        created_at=now,
        **{name: getattr(invoice, name) for name in COPIED},
    )
    return sealed(_settled(invoice, note))


def _look(invoice: Invoice, seller: Seller, account: Account | None) -> dict[str, Any]:
    """Return the template of a note that is issued now, and the copy of its seller, with the template's logo."""
    if account is None:
        return {"seller": seller}
    template = account.template_after(invoice.template, invoice.buyer.template_id)
    return {"seller": account.seller_in(template, seller), "template": template}


def _sums(lines: Sequence[CreditLine]) -> dict[str, Any]:
    """Return the sums of a note's lines, and with them its charges and allowances of the invoice."""
    own = [line for line in lines if line.kind == "line"]
    charges = sum(line.subtotal for line in lines if line.kind == "charge")
    allowances = sum(line.subtotal for line in lines if line.kind == "allowance")
    return {
        "subtotal": sum(line.subtotal for line in own),
        "discount_amount": sum(line.discount_amount for line in own),
        "charges_total": sum(line.charges_total for line in own) + charges,
        "allowances_total": sum(line.allowances_total for line in own) - allowances,
        "tax": sum(line.tax for line in lines),
        "total": sum(line.total for line in lines),
    }


def _settled(invoice: Invoice, note: CreditNote) -> CreditNote:
    """Return the note with what is withheld of it, and what becomes of the amount payable.

    Rounding to coins goes with the note that credits the rest, and earlier where more than was ever payable would be
    credited.
    """
    withheld = withheld_by_note(invoice, note.total, note.tax)
    withheld_total = sum(each.amount for each in withheld)
    payable = replace(
        note,
        withholdings=withheld,
        withheld_total=withheld_total,
        rounding_amount=_rounding(invoice, note.total, withheld_total) if invoice.rounding_amount else 0,
    )
    applied = min(payable.amount_payable, invoice.amount_due)
    return replace(payable, applied_to_invoice=applied, credited_to_customer=payable.amount_payable - applied)


def _rounding(invoice: Invoice, total: int, withheld: int) -> int:
    most = invoice.amount_payable + invoice.prepaid_total
    left = most - invoice.applied_to_invoice - invoice.credited_to_customer
    exact = total - withheld
    ends = invoice.amount_credited + total == invoice.total
    return (left if ends else min(exact, left)) - exact


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
        instead = "Reverse the payment that took the discount" if note.kind != "credit" else "Issue a new invoice"
        why = f"it lowered the amount due by {lowered}. {instead} instead."
    elif note.credited_to_customer > min(held, invoice.credited_to_customer):
        used = f" ({', '.join(uses)})" if uses else ""
        why = f"the customer has used its credit{used}. Reverse that use first, or issue a new invoice."
    if why:
        raise Conflict("INVALID_CREDIT_NOTE_STATE", f"Cannot void this credit note: {why}")
    return replace(note, version=note.version + 1, voided_at=now, void_reason=reason)


def voided_with_payment(note: CreditNote, now: datetime) -> CreditNote:
    """Void the credit note of a discount whose payment is reversed: the discount was never earned."""
    return replace(note, version=note.version + 1, voided_at=now)


def require_not_voided(note: CreditNote, action: str) -> None:
    """Raise `Conflict` ``INVALID_CREDIT_NOTE_STATE`` for a voided credit note."""
    if note.voided_at is not None:
        raise Conflict("INVALID_CREDIT_NOTE_STATE", f"Cannot {action} a voided credit note.")
