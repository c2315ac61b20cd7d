"""Seller, buyer and bank account in text: addresses, tax registrations, account numbers."""

import re
from dataclasses import dataclass

from invoicing.domain.parties.details import Address, BankAccount, TaxId
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.wording import Wording

# Countries with the place before the postal code (Universal Postal Union, addressing guides of the members).
_CITY_FIRST = "AU BD CA GB GH HK ID IE IN JP KE KR LK NG NP NZ PH PK SG TH TW US ZA"
_TAX_ID_ACRONYMS = (
    "abn bn cif cnpj cpf dic ein gst gstin hst ico itin nif nip nzbn oib pan pib pst qst rfc siren siret uid"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Party:
    """A business as a letter shows it: its name, then the lines of its address and tax registrations."""

    name: str
    lines: tuple[str, ...]
    tax_ids: tuple[Field, ...]


def party_of(wording: Wording, name: str, address: Address | None, tax_ids: tuple[TaxId, ...]) -> Party:
    """Return the party as printed in the reader's language."""
    return Party(
        name=one_line(name),
        lines=address_lines(address, wording) if address else (),
        tax_ids=tuple(Field(_tax_id_label(tax_id.type, wording), one_line(tax_id.value)) for tax_id in tax_ids),
    )


def address_lines(address: Address, wording: Wording) -> tuple[str, ...]:
    """Return the lines of an address in the order of its country, the country's name in the reader's language."""
    country = (address.country or "").upper()
    if country and country in _CITY_FIRST.split():
        region = " ".join(filter(None, (address.state, address.postal_code)))
        place = ", ".join(filter(None, (address.city, region)))
    else:
        place = ", ".join(filter(None, (" ".join(filter(None, (address.postal_code, address.city))), address.state)))
    lines = (address.line1, address.line2, place, wording.country(country) if country else None)
    return tuple(filter(None, (one_line(line) for line in lines if line)))


def _tax_id_label(kind: str, wording: Wording) -> str:
    """Label a tax registration: "eu_vat" is a VAT number, "us_ein" an EIN, any other a tax number."""
    name = kind.lower().rpartition("_")[2]
    if name == "vat":
        return wording["vat_id"]
    return name.upper() if name in _TAX_ID_ACRONYMS.split() else wording["tax_id"]


def bank_fields(account: BankAccount | None, wording: Wording) -> tuple[Field, ...]:
    """Return the fields that a customer enters into a bank transfer; empty without an account."""
    if account is None:
        return ()
    fields = (
        (wording["account_holder"], one_line(account.holder or "")),
        ("IBAN", grouped_iban(account.iban or "")),
        ("BIC", one_line(account.bic or "")),
    )
    return tuple(Field(label, value) for label, value in fields if value)


def grouped_iban(iban: str) -> str:
    """Write an IBAN in groups of four, as ISO 13616 prints it."""
    compact = re.sub(r"\s+", "", plain_text(iban))
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))
