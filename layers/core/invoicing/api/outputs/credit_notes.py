"""Credit notes in responses."""

from collections.abc import Sequence
from typing import Annotated, Any, TypedDict

from orjson import Fragment

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.adjustments import LineTaxOutput, WithholdingOutput, withholding_output
from invoicing.api.outputs.exchange import DocumentExchangeOutput, document_exchange_output
from invoicing.api.outputs.line_particulars import LineParticularsOutput
from invoicing.api.outputs.lines import written_lines
from invoicing.api.outputs.locales import LanguagesOutput, languages_output
from invoicing.api.outputs.particulars import RepeatedParticularsOutput, repeated_particulars_output
from invoicing.api.outputs.parties import PartiesOutput, parties_output
from invoicing.api.outputs.templates import TemplateRefOutput, template_ref_output
from invoicing.api.outputs.totals import TaxGroupOutput, tax_group_output
from invoicing.domain.columns import columns_of
from invoicing.domain.credit_notes.credit_note import CreditLine, CreditNote
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, SchemaOf, number


class CreditedOutput(TypedDict):
    """What is credited of an invoice line, or of a charge or an allowance of the invoice, as ``kind`` says.

    ``total`` is ``subtotal`` less ``discount`` and ``allowances_total`` plus ``charges_total`` and ``tax``. One of
    ``quantity``, ``amount`` and ``percentage`` is what was asked; the other two are null.
    """

    line_id: str
    kind: str
    description: str
    quantity: Number | None
    amount: Number | None
    percentage: Number | None
    unit: str | None
    unit_price: Number
    price_quantity: Number
    tax_rate: Number | None
    taxes: list[LineTaxOutput]
    tax_category: str | None
    tax_name: str | None
    subtotal: Number
    discount: Number
    charges_total: Number
    allowances_total: Number
    tax: Number
    total: Number


class CreditLineOutput(CreditedOutput, LineParticularsOutput):
    """A line of a credit note; its particulars are those of the invoice line."""


WrittenCreditLine = Annotated[Fragment, SchemaOf(CreditLineOutput)]
"""A line already written as JSON, as those of invoices are."""


class CreditNoteMomentsOutput(TypedDict):
    """The times of a credit note's events, and why it was voided."""

    created_at: str
    sent_at: str | None
    voided_at: str | None
    void_reason: str | None


class CreditNoteOutput(
    DocumentExchangeOutput, CreditNoteMomentsOutput, LanguagesOutput, PartiesOutput, RepeatedParticularsOutput
):
    """A credit note; ``amount_payable`` is ``total`` less ``withheld_total`` plus ``rounding_amount``.

    ``applied_to_invoice`` of it lowered the amount due; the rest became customer credit. ``sent_at`` is when its
    e-mail was first requested. A voided note credits nothing any more; its figures are those that it had.
    """

    id: str
    credit_note_number: str
    kind: str
    invoice_id: str
    invoice_number: str
    currency: str
    issue_date: str
    reason: str | None
    purchase_order: str | None
    items: list[WrittenCreditLine]
    prices_include_tax: bool
    subtotal: Number
    discount: Number
    charges_total: Number
    allowances_total: Number
    tax: Number
    tax_breakdown: list[TaxGroupOutput]
    total: Number
    withholdings: list[WithholdingOutput]
    withheld_total: Number
    rounding_amount: Number
    amount_payable: Number
    applied_to_invoice: Number
    credited_to_customer: Number
    template: TemplateRefOutput | None
    pdf_url: str
    hosted_url: str | None


def credit_note_output(note: CreditNote, api_url: str) -> CreditNoteOutput:
    """Return a credit note as responses show it."""

    def money(minor: int) -> Number:
        return number(written(minor, note.currency))

    return CreditNoteOutput(
        id=note.id,
        credit_note_number=note.number,
        kind=note.kind,
        invoice_id=note.invoice_id,
        invoice_number=note.invoice_number,
        **parties_output(note.seller, note.buyer),
        currency=note.currency,
        **languages_output(note.locale),
        issue_date=note.issue_date.isoformat(),
        reason=note.reason,
        purchase_order=note.purchase_order,
        **repeated_particulars_output(note.particulars),
        items=written_lines(CreditLineOutput.__annotations__, _columns(note), note.currency),
        prices_include_tax=note.prices_include_tax,
        subtotal=money(note.subtotal),
        discount=money(note.discount_amount),
        charges_total=money(note.charges_total),
        allowances_total=money(note.allowances_total),
        tax=money(note.tax),
        tax_breakdown=[tax_group_output(group, note.currency, note.exchange) for group in note.tax_breakdown],
        total=money(note.total),
        withholdings=[withholding_output(withholding, note.currency) for withholding in note.withholdings],
        withheld_total=money(note.withheld_total),
        rounding_amount=money(note.rounding_amount),
        amount_payable=money(note.amount_payable),
        applied_to_invoice=money(note.applied_to_invoice),
        credited_to_customer=money(note.credited_to_customer),
        template=template_ref_output(note.template),
        pdf_url=f"{api_url}/credit-notes/{note.id}/pdf",
        hosted_url=f"{api_url}/i/{note.page_token}" if note.page_token else None,
        **_moments(note),
        **document_exchange_output(note),
    )


def _moments(note: CreditNote) -> CreditNoteMomentsOutput:
    return CreditNoteMomentsOutput(
        created_at=timestamp(note.created_at),
        sent_at=timestamp(note.sent_at) if note.sent_at else None,
        voided_at=timestamp(note.voided_at) if note.voided_at else None,
        void_reason=note.void_reason,
    )


def _columns(note: CreditNote) -> dict[str, Sequence[Any]]:
    """Return the members of lines by column; one with several taxes has no single rate."""
    columns = columns_of(CreditLine, note.lines)
    if any(columns["taxes"]):
        columns["tax_rate"] = [None if line.taxes else line.tax_rate for line in note.lines]
    return columns


def credit_note_links(note: CreditNote) -> dict[str, str | None]:
    """Return the links of a credit note: related resources and possible actions."""
    own = f"/credit-notes/{note.id}"
    return {
        "self": own,
        "invoice": f"/invoices/{note.invoice_id}",
        "customer": f"/customers/{note.buyer.id}",
        "pdf": f"{own}/pdf",
        "page": f"/i/{note.page_token}" if note.page_token else None,
        "send": None if note.voided_at else f"{own}/send",
        "void": None if note.voided_at or note.applied_to_invoice else f"{own}/void",
    }
