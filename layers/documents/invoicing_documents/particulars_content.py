"""The text of an invoice's particulars: references, dates, further parties, and how it is to be paid."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from invoicing.domain.invoices.particulars import CodedNote, Particulars, Payee, PrecedingInvoice
from invoicing.domain.invoices.payment_means import PaymentMeans, PaymentReference
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.party import Party
from invoicing_documents.parties import Field, HeadedParty, bank_fields, buyer_of, grouped
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.wording import Wording

_MEANS = {
    "10": "cash",
    "20": "cheque",
    "30": "bank_transfer",
    "42": "bank_transfer",
    "48": "card",
    "49": "direct_debit",
    "54": "card",
    "55": "card",
    "57": "standing_agreement",
    "58": "bank_transfer",
    "59": "direct_debit",
    "68": "online_payment",
    "97": "offsetting",
}
"""The words of codes of UN/CL 4461; 1, which is not defined, has none."""


class Stating(Protocol):
    """A document with references: an invoice or a credit note."""

    @property
    def purchase_order(self) -> str | None:
        """The customer's order."""


def date_facts(particulars: Particulars, period: ServicePeriod | None, wording: Wording) -> Iterator[Field]:
    """Yield when the goods or services were supplied, and when their tax is due."""
    for name in ("delivery_date", "tax_point_date"):
        if day := getattr(particulars, name):
            yield Field(wording[name], wording.date(day))
    if period:
        yield Field(wording["service_period"], period_text(period, wording))


def period_text(period: ServicePeriod, wording: Wording) -> str:
    """Write the first and the last day of a period, which may be one day."""
    if period.start == period.end:
        return wording.date(period.start)
    return f"{wording.date(period.start)} – {wording.date(period.end)}"


def reference_facts(document: Stating, particulars: Particulars, wording: Wording) -> Iterator[Field]:
    """Yield the references of a document and what the seller adds to them, in the order in which they are printed."""
    texts = (
        ("buyer_reference", particulars.buyer_reference),
        ("seller_reference", particulars.reference),
        ("purchase_order", document.purchase_order),
        ("sales_order", particulars.sales_order),
        ("contract_reference", particulars.contract_reference),
        ("project_reference", particulars.project_reference),
        ("tender_reference", particulars.tender_reference),
        ("despatch_reference", particulars.despatch_reference),
        ("receiving_reference", particulars.receiving_reference),
        ("accounting_reference", particulars.accounting_reference),
    )
    yield from (Field(wording[label], shown) for label, text in texts if (shown := one_line(text or "")))
    for each in particulars.preceding_invoices:
        yield Field(wording["preceding_invoice"], _preceding(each, wording))
    yield from (Field(one_line(each.name), one_line(each.value)) for each in particulars.custom_fields)


def further_parties(particulars: Particulars, wording: Wording) -> Iterator[HeadedParty]:
    """Yield where the goods go, and who represents the seller for its tax."""
    if ship_to := particulars.ship_to:
        party = buyer_of(
            wording, Party(name=ship_to.name or "", address=ship_to.address, identifier=ship_to.identifier)
        )
        yield HeadedParty(wording["ship_to"], party)
    if representative := particulars.tax_representative:
        named = Party(name=representative.name, address=representative.address, tax_ids=(representative.tax_id,))
        party = buyer_of(wording, named)
        yield HeadedParty(wording["tax_representative"], party)


def notes_text(notes: str | None, coded: Iterable[CodedNote]) -> str:
    """Return the notes of an invoice, those with a code below the others."""
    texts = (plain_text(each).strip() for each in (notes or "", *(note.text for note in coded)))
    return "\n".join(filter(None, texts))


def payment_fields(particulars: Particulars, seller: Seller, number: str | None, wording: Wording) -> tuple[Field, ...]:
    """Return how an invoice is paid: by which means, to whom and to which account, and with which reference.

    With direct debit nobody transfers anything, so that there is the mandate instead of the account.
    """
    means = particulars.payment_means
    fields = [*_means_fields(means, wording)] if means else []
    if particulars.payee:
        fields.append(Field(wording["payee"], _payee(particulars.payee)))
    bank = () if means and means.is_direct_debit else bank_fields(seller.bank_account, wording)
    fields += bank
    reference = means.reference if means else None
    if reference:
        fields.append(Field(wording["payment_reference"], grouped_reference(reference)))
    elif bank and number:
        fields.append(Field(wording["payment_reference"], number))
    return tuple(fields)


def means_field(means: PaymentMeans | None, wording: Wording) -> Field | None:
    """Return by which means an invoice is paid, None where that is not said."""
    word = _MEANS.get(means.code) if means else None
    return Field(wording["payment_means"], wording[word]) if word else None


def grouped_reference(reference: PaymentReference) -> str:
    """Write a structured reference as it is printed in its country."""
    value = reference.value
    match reference.type:
        case "rf" | "scor":
            return grouped(value)
        case "qrr":
            return f"{value[:2]} {grouped(value[2:], 5)}"
        case "ogm":
            return f"+++{value[:3]}/{value[3:7]}/{value[7:]}+++"
        case "kid":
            return value


def _means_fields(means: PaymentMeans, wording: Wording) -> Iterator[Field]:
    if field := means_field(means, wording):
        yield field
    if means.mandate_reference:
        yield Field(wording["mandate_reference"], one_line(means.mandate_reference))
    if means.creditor_id:
        yield Field(wording["creditor_id"], means.creditor_id)
    if means.debited_iban:
        yield Field(wording["debited_account"], grouped(means.debited_iban))


def _payee(payee: Payee) -> str:
    registration = payee.legal_registration.value if payee.legal_registration else ""
    return " · ".join(filter(None, map(one_line, (payee.name, payee.id or "", registration))))


def _preceding(preceding: PrecedingInvoice, wording: Wording) -> str:
    number = one_line(preceding.number)
    return f"{number} ({wording.date(preceding.issue_date)})" if preceding.issue_date else number
