"""The invoice and its lines."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

from invoicing.dataclass import dataclass
from invoicing.domain.files.attachment import Attachment
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.invoices.late_fee import InvoiceLateFee, NextLateFee
from invoicing.domain.invoices.line import Line, LineCredit
from invoicing.domain.invoices.particulars import NO_PARTICULARS, Particulars, follow_buyer
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.invoices.scheduled_send import ScheduledSend
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.payable import Prepayment, Withholding
from invoicing.domain.money.rounding import STANDARD, Rounding, RoundingChoice
from invoicing.domain.money.tax import Tax, TaxGroup
from invoicing.domain.money.tax_parts import TaxParts
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.templates.template import TemplateRef


class Status(StrEnum):
    """The states of an invoice, as the API names them."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


OPEN_STATUSES = frozenset({Status.SENT, Status.VIEWED, Status.PARTIALLY_PAID, Status.OVERDUE})
"""The states of an invoice that is issued and not fully paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRefund:
    """The part of a refund that one invoice has, in minor units; ``method`` is how the money went back."""

    refund_id: str
    amount: int
    refund_date: date
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePayment:
    """The amount that a payment paid of one invoice, in minor units; ``returned`` of it was refunded or reversed.

    ``alone`` says that the payment paid no other invoice, and ``overpaid`` is what such a payment paid beyond the
    amount due. ``refunds`` are the latest; ``reversal_date`` is that of a reversal, which returned all that was left.
    """

    payment_id: str
    amount: int
    returned: int = 0
    overpaid: int = 0
    alone: bool = False
    method: str
    payment_date: date
    reference: str | None = None
    created_at: datetime
    refunds: tuple[InvoiceRefund, ...] = ()
    reversal_date: date | None = None

    @property
    def status(self) -> Literal["succeeded", "partially_refunded", "refunded", "reversed"]:
        """The status of this part of the payment."""
        if self.reversal_date is not None:
            return "reversed"
        if self.returned:
            return "refunded" if self.returned == self.amount else "partially_refunded"
        return "succeeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCreditNote:
    """A credit note as its invoice lists it; amounts in minor units, which count until it is voided.

    ``withheld`` is its part of each of the invoice's withholdings; the other amounts are as in the note.
    """

    credit_note_id: str
    number: str
    issue_date: date
    total: int
    applied_to_invoice: int = 0
    credited_to_customer: int = 0
    withheld: tuple[int, ...] = ()
    voided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A bill to a customer; amounts in minor units of ``currency``.

    ``charges`` and ``allowances`` are those of the whole invoice, beside its lines; ``charges_total`` and
    ``allowances_total`` contain those of the lines too, without tax. ``rounding_choice`` is what the client gave of
    ``rounding``.

    ``version`` grows with every change of the record, ``revision`` only with changes of the document's content, which
    end when the invoice is issued. ``seller`` is the copy of the account taken at that moment; so is ``exchange``, None
    before. ``template_id`` is the template that the client gave, and ``template`` the version of it, or of the default,
    that was current then. ``exchange_rate`` is what the client gave: units of ``currency`` for one of the account's
    own. ``series_id`` is the series of its number, None where the number is the client's own. ``defaulted`` names the
    fields that no client gave: in a draft they follow from the customer and from each other. ``amount_paid`` is what
    was paid and not returned; ``amount_credited`` is the total of all credit notes not voided, of which
    ``applied_to_invoice`` lowered the amount due, and ``credited_to_customer`` became customer credit that no refund
    took; ``applied_taxes`` and ``credit_taxes`` are the taxes in these two; ``credited`` is what is credited of lines,
    by their id, ``withheld_credited`` what is credited of each withholding, and ``credit_notes`` are the latest notes;
    ``amount_written_off`` is given up as lost. ``revises`` is the invoice of which this is the corrected copy,
    ``revised_by`` the other way round. ``next_overdue_at`` is when it becomes overdue, ``overdue_at`` since when it is,
    as its event says; both are None while it is not open. ``late_fees`` are all that it was charged, ``late_fee_of`` is
    the invoice for whose late payment this one charges. ``import_mark`` is there where another system issued it.
    ``page_token`` is that of its hosted link, which ends at ``page_expires_at`` of the real clock, None for never.
    ``content_hash`` is that of all fields but ``unsealed``, since the invoice was issued (`invoicing.domain.sealing`).
    ``failed_texts`` are the own texts of which an event said that they failed in its e-mails.
    """

    unsealed: ClassVar[frozenset[str]] = frozenset(
        {
            "version", "sequence", "revision", "status", "amount_paid", "amount_credited", "amount_written_off",
            "payments", "credited", "withheld_credited", "applied_to_invoice", "credited_to_customer", "applied_taxes",
            "credit_taxes", "credit_notes", "metadata", "defaulted", "page_token", "updated_at", "viewed_at",
            "paid_date", "voided_at", "void_reason", "written_off_at", "write_off_date", "write_off_reason",
            "revised_by", "next_overdue_at", "overdue_at", "scheduled_send", "late_fees", "next_late_fee",
            "page_expires_at", "failed_texts",
        }
    )  # fmt: skip

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    revision: int
    status: Status
    number: str | None = None
    series_id: str | None = None
    buyer: Buyer
    seller: Seller | None = None
    currency: str
    time_zone: str
    locale: str
    issue_date: date
    due_date: date
    payment_terms: str | None = None
    early_payment_discounts: tuple[EarlyPaymentDiscount, ...] = ()
    lines: tuple[Line, ...]
    tax_rate: Decimal | None = None
    discount: Discount | None = None
    prices_include_tax: bool = False
    taxes: tuple[Tax, ...] = ()
    charges: tuple[Line, ...] = ()
    allowances: tuple[Line, ...] = ()
    rounding: Rounding = STANDARD
    rounding_choice: RoundingChoice | None = None
    subtotal: int
    discount_amount: int
    charges_total: int = 0
    allowances_total: int = 0
    tax: int
    total: int
    tax_breakdown: tuple[TaxGroup, ...]
    withholdings: tuple[Withholding, ...] = ()
    withheld_total: int = 0
    prepayments: tuple[Prepayment, ...] = ()
    prepaid_total: int = 0
    rounding_amount: int = 0
    amount_paid: int = 0
    amount_credited: int = 0
    applied_to_invoice: int = 0
    credited_to_customer: int = 0
    applied_taxes: TaxParts = ()
    credit_taxes: TaxParts = ()
    amount_written_off: int = 0
    payments: tuple[InvoicePayment, ...] = ()
    credited: Mapping[str, LineCredit] = field(default_factory=dict)
    withheld_credited: tuple[int, ...] = ()
    credit_notes: tuple[InvoiceCreditNote, ...] = ()
    notes: str | None = None
    purchase_order: str | None = None
    template_id: str | None = None
    template: TemplateRef | None = None
    failed_texts: tuple[str, ...] = field(default=(), compare=False)
    service_period: ServicePeriod | None = None
    particulars: Particulars = NO_PARTICULARS
    email_subject: str | None = None
    email_message: str | None = None
    attachments: tuple[Attachment, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    defaulted: tuple[str, ...] = ()
    page_token: str | None = None
    page_expires_at: datetime | None = None
    exchange_rate: Decimal | None = None
    exchange: Exchange | None = None
    recurring_id: str | None = None
    revises: str | None = None
    revised_by: str | None = None
    late_fee_of: str | None = None
    late_fees: tuple[InvoiceLateFee, ...] = ()
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    viewed_at: datetime | None = None
    paid_date: date | None = None
    voided_at: datetime | None = None
    void_reason: str | None = None
    written_off_at: datetime | None = None
    write_off_date: date | None = None
    write_off_reason: str | None = None
    next_overdue_at: datetime | None = None
    overdue_at: datetime | None = None
    scheduled_send: ScheduledSend | None = None
    next_late_fee: NextLateFee | None = None
    import_mark: ImportMark | None = None
    content_hash: str | None = None

    @property
    def taxed_lines(self) -> tuple[Line, ...]:
        """All that is taxed and can be credited: the lines, then the invoice's charges, then its allowances."""
        return self.lines + self.charges + self.allowances

    @property
    def stated(self) -> Particulars:
        """The particulars that documents and answers show: those given, else what follows from the buyer."""
        return follow_buyer(self.particulars, self.buyer)

    @property
    def amount_payable(self) -> int:
        """The amount asked for, in minor units: the total less what is withheld and prepaid, rounded for cash."""
        return self.total - self.withheld_total - self.prepaid_total + self.rounding_amount

    @property
    def amount_due(self) -> int:
        """The amount still to be paid, in minor units."""
        if self.status is Status.CANCELLED:
            return 0
        return self.amount_payable - self.amount_paid - self.applied_to_invoice - self.amount_written_off
