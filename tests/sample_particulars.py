"""An invoice's particulars, all of them: as a client gives them, and as the domain has them."""

from datetime import date
from typing import Any

from invoicing.domain.invoices.particulars import (
    CodedNote,
    CustomField,
    Particulars,
    Payee,
    PrecedingInvoice,
    ShipTo,
    TaxRepresentative,
)
from invoicing.domain.invoices.payment_means import PaymentMeans, PaymentReference
from invoicing.domain.parties.details import Address, Identifier, LegalRegistration, TaxId

EVERYTHING = Particulars(
    ship_to=ShipTo(
        name="Initech Warehouse",
        address=Address(line1="Dock 4", postal_code="1010", city="Wien", country="AT"),
        identifier=Identifier(value="4012345000009", scheme="0088"),
    ),
    delivery_date=date(2026, 11, 20),
    tax_point_date=date(2026, 11, 21),
    buyer_reference="04011000-12345-03",
    contract_reference="C-77",
    project_reference="P-9",
    sales_order="SO-5",
    accounting_reference="4711",
    despatch_reference="D-1",
    receiving_reference="R-2",
    tender_reference="T-3",
    reference="Job 12",
    estimate_id="est_1",
    document_title="Tax invoice",
    payment_means=PaymentMeans(
        code="59",
        mandate_reference="M-1",
        creditor_id="DE98ZZZ09999999999",
        debited_iban="DE89370400440532013000",
        reference=PaymentReference(type="rf", value="RF18539007547034"),
    ),
    payee=Payee(name="Factoring AG", id="F-1", legal_registration=LegalRegistration(value="552100554", scheme="0002")),
    tax_representative=TaxRepresentative(
        name="Fiscal Rep SARL",
        address=Address(line1="Rue 1", postal_code="75001", city="Paris", country="FR"),
        tax_id=TaxId(type="eu_vat", value="FR40303265045"),
    ),
    preceding_invoices=(
        PrecedingInvoice(number="INV-1", issue_date=date(2024, 1, 2)),
        PrecedingInvoice(number="INV-2"),
    ),
    coded_notes=(CodedNote(subject_code="AAI", text="Retention of title applies."),),
    custom_fields=(CustomField(name="Vehicle", value="W-123"), CustomField(name="Mileage", value="12 km")),
)

GIVEN: dict[str, Any] = {
    "ship_to": {
        "name": "Initech Warehouse",
        "address": {"line1": "Dock 4", "postal_code": "1010", "city": "Wien", "country": "AT"},
        "identifier": {"value": "4012345000009", "scheme": "0088"},
    },
    "delivery_date": "2026-11-20",
    "tax_point_date": "2026-11-21",
    "buyer_reference": "04011000-12345-03",
    "contract_reference": "C-77",
    "project_reference": "P-9",
    "sales_order": "SO-5",
    "accounting_reference": "4711",
    "despatch_reference": "D-1",
    "receiving_reference": "R-2",
    "tender_reference": "T-3",
    "reference": "Job 12",
    "estimate_id": "est_1",
    "document_title": " Tax invoice ",
    "payment_means": {
        "code": "59",
        "mandate_reference": "M-1",
        "creditor_id": "DE98 ZZZ0 9999 9999 99",
        "debited_iban": "de89 3704 0044 0532 0130 00",
        "reference": {"type": "rf", "value": "RF18 5390 0754 7034"},
    },
    "payee": {"name": "Factoring AG", "id": "F-1", "legal_registration": {"value": "552100554", "scheme": "0002"}},
    "tax_representative": {
        "name": "Fiscal Rep SARL",
        "address": {"line1": "Rue 1", "postal_code": "75001", "city": "Paris", "country": "FR"},
        "tax_id": {"type": "eu_vat", "value": "FR40303265045"},
    },
    "preceding_invoices": [{"number": "INV-1", "issue_date": "2024-01-02"}, {"number": "INV-2"}],
    "coded_notes": [{"subject_code": "AAI", "text": "Retention of title applies."}],
    "custom_fields": [{"name": "Vehicle", "value": "W-123"}, {"name": "Mileage", "value": "12 km"}],
}
"""`EVERYTHING` as the body of a request has it: with spaces, and without members that are null."""
