"""Particulars of invoices, schedules and credit notes in responses."""

from datetime import date
from typing import TypedDict

from invoicing.api.outputs.parties import (
    AddressOutput,
    IdentifierOutput,
    LegalRegistrationOutput,
    TaxIdOutput,
    address_output,
    identifier_output,
    legal_registration_output,
    tax_id_output,
)
from invoicing.domain.invoices.particulars import Particulars, Payee, ShipTo, TaxRepresentative
from invoicing.domain.invoices.payment_means import PaymentMeans


class ShipToOutput(TypedDict):
    """Where the goods are delivered."""

    name: str | None
    address: AddressOutput | None
    identifier: IdentifierOutput | None


class PaymentReferenceOutput(TypedDict):
    """A structured reference that the customer gives with its payment, without spaces and signs."""

    type: str
    value: str


class PaymentMeansOutput(TypedDict):
    """How the invoice is paid; ``code`` is one of UN/CL 4461."""

    code: str
    mandate_reference: str | None
    creditor_id: str | None
    debited_iban: str | None
    reference: PaymentReferenceOutput | None


class PayeeOutput(TypedDict):
    """Who is paid instead of the seller."""

    name: str
    id: str | None
    legal_registration: LegalRegistrationOutput | None


class TaxRepresentativeOutput(TypedDict):
    """Who owes the seller's tax."""

    name: str
    address: AddressOutput | None
    tax_id: TaxIdOutput


class PrecedingInvoiceOutput(TypedDict):
    """An earlier invoice that this one belongs to."""

    number: str
    issue_date: str | None


class CodedNoteOutput(TypedDict):
    """A note with its subject as a code of UNTDID 4451."""

    subject_code: str
    text: str


class CustomFieldOutput(TypedDict):
    """A fact of the seller's own, printed with its name."""

    name: str
    value: str


class RepeatedParticularsOutput(TypedDict):
    """Particulars of an invoice that its credit notes repeat; null: not stated."""

    buyer_reference: str | None
    contract_reference: str | None
    project_reference: str | None
    sales_order: str | None
    accounting_reference: str | None
    tender_reference: str | None
    reference: str | None
    tax_representative: TaxRepresentativeOutput | None


class StandingParticularsOutput(RepeatedParticularsOutput):
    """Particulars that are the same on each invoice of a schedule; null: not stated."""

    ship_to: ShipToOutput | None
    document_title: str | None
    payment_means: PaymentMeansOutput | None
    payee: PayeeOutput | None
    coded_notes: list[CodedNoteOutput]
    custom_fields: list[CustomFieldOutput]


class ParticularsOutput(StandingParticularsOutput):
    """What an invoice states beside its amounts; null: not stated."""

    delivery_date: str | None
    tax_point_date: str | None
    despatch_reference: str | None
    receiving_reference: str | None
    estimate_id: str | None
    preceding_invoices: list[PrecedingInvoiceOutput]


def particulars_output(particulars: Particulars) -> ParticularsOutput:
    """Return the particulars of an invoice as responses show them."""
    return ParticularsOutput(
        **standing_particulars_output(particulars),
        delivery_date=_date(particulars.delivery_date),
        tax_point_date=_date(particulars.tax_point_date),
        despatch_reference=particulars.despatch_reference,
        receiving_reference=particulars.receiving_reference,
        estimate_id=particulars.estimate_id,
        preceding_invoices=[
            PrecedingInvoiceOutput(number=each.number, issue_date=_date(each.issue_date))
            for each in particulars.preceding_invoices
        ],
    )


def standing_particulars_output(particulars: Particulars) -> StandingParticularsOutput:
    """Return the particulars of the invoices of a schedule as responses show them."""
    return StandingParticularsOutput(
        **repeated_particulars_output(particulars),
        ship_to=_ship_to(particulars.ship_to),
        document_title=particulars.document_title,
        payment_means=_payment_means(particulars.payment_means),
        payee=_payee(particulars.payee),
        coded_notes=[
            CodedNoteOutput(subject_code=each.subject_code, text=each.text) for each in particulars.coded_notes
        ],
        custom_fields=[CustomFieldOutput(name=each.name, value=each.value) for each in particulars.custom_fields],
    )


def repeated_particulars_output(particulars: Particulars) -> RepeatedParticularsOutput:
    """Return the particulars of a credit note as responses show them."""
    return RepeatedParticularsOutput(
        buyer_reference=particulars.buyer_reference,
        contract_reference=particulars.contract_reference,
        project_reference=particulars.project_reference,
        sales_order=particulars.sales_order,
        accounting_reference=particulars.accounting_reference,
        tender_reference=particulars.tender_reference,
        reference=particulars.reference,
        tax_representative=_tax_representative(particulars.tax_representative),
    )


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _ship_to(ship_to: ShipTo | None) -> ShipToOutput | None:
    if ship_to is None:
        return None
    return ShipToOutput(
        name=ship_to.name,
        address=address_output(ship_to.address),
        identifier=identifier_output(ship_to.identifier),
    )


def _payment_means(means: PaymentMeans | None) -> PaymentMeansOutput | None:
    if means is None:
        return None
    given = means.reference
    return PaymentMeansOutput(
        code=means.code,
        mandate_reference=means.mandate_reference,
        creditor_id=means.creditor_id,
        debited_iban=means.debited_iban,
        reference=PaymentReferenceOutput(type=given.type, value=given.value) if given else None,
    )


def _payee(payee: Payee | None) -> PayeeOutput | None:
    if payee is None:
        return None
    registration = legal_registration_output(payee.legal_registration)
    return PayeeOutput(name=payee.name, id=payee.id, legal_registration=registration)


def _tax_representative(representative: TaxRepresentative | None) -> TaxRepresentativeOutput | None:
    if representative is None:
        return None
    return TaxRepresentativeOutput(
        name=representative.name,
        address=address_output(representative.address),
        tax_id=tax_id_output(representative.tax_id),
    )
