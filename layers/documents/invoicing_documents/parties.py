"""Seller, buyer and bank account in text: addresses, registrations, contacts, account numbers."""

import re

from invoicing.dataclass import dataclass
from invoicing.domain.parties import party as parties
from invoicing.domain.parties.details import BankAccount, Contact, Identifier, LegalRegistration, Routing
from invoicing.domain.parties.tax_ids import TAX_ID_TYPES
from invoicing_documents.addresses import address_lines
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.wording import Wording

_TAX_IDS_BY_LANGUAGE = {
    ("ch_uid", "fr"): "IDE",
    ("ch_uid", "it"): "IDI",
    ("ch_vat", "de"): "MWST-Nr.",
    ("cn_uscc", "zh-Hans"): "统一社会信用代码",
    ("jp_cn", "ja"): "法人番号",
    ("jp_trn", "ja"): "登録番号",
    ("kr_brn", "ko"): "사업자등록번호",
    ("ca_gst", "fr"): "TPS/TVH",
    ("ca_qst", "fr"): "TVQ",
    ("tw_ubn", "zh-Hant"): "統一編號",
}
"""The names of tax registrations in a language of their country, where it has another name for them."""

_REGISTERS = {
    "0002": "SIREN",
    "0007": "Org.nr",
    "0009": "SIRET",
    "0106": "KvK",
    "0184": "CVR",
    "0192": "Org.nr.",
    "0208": "KBO/BCE",
}
"""What numbers of a register are called in its country, by the ISO 6523 code of the register."""

_IDENTIFIERS = {"0060": "D-U-N-S", "0088": "GLN"}
"""What identifiers are called, by their ISO 6523 code."""

_ROUTING = {
    "aba": "ABA",
    "bsb": "BSB",
    "cnaps": "CNAPS",
    "ifsc": "IFSC",
    "sort_code": "Sort code",
    "transit": "Transit",
    "zengin": "Zengin",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Party:
    """A business as a letter shows it: its name, then the name it is known by and the lines of its address.

    ``registration`` is its entry in a register of companies and the number by which trade knows it, if any.
    ``contacts`` are lines on how to reach it.
    """

    name: str
    lines: tuple[str, ...]
    tax_ids: tuple[Field, ...]
    registration: tuple[Field, ...] = ()
    contacts: tuple[str, ...] = ()
    legal_information: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[Field, ...]:
        """All registrations."""
        return self.tax_ids + self.registration


@dataclass(frozen=True, slots=True)
class HeadedParty:
    """A party under a heading that says what it is."""

    heading: str
    party: Party


def seller_of(wording: Wording, party: parties.Party) -> Party:
    """Return the sender of a document as printed in the reader's language; its e-mail address stands apart."""
    reached = (party.phone, party.website, _contact(party.contact, wording))
    return _party(wording, party, reached, plain_text(party.legal_information or "").splitlines())


def buyer_of(wording: Wording, party: parties.Party) -> Party:
    """Return the recipient of a document as printed in the reader's language: of contacts only the one it names."""
    return _party(wording, party, (_contact(party.contact, wording),), ())


def _party(
    wording: Wording, party: parties.Party, contacts: tuple[str | None, ...], legal: list[str] | tuple[str, ...]
) -> Party:
    address = address_lines(party.address, wording) if party.address else ()
    return Party(
        name=one_line(party.name),
        lines=_filled((party.trading_name, *address)),
        tax_ids=tuple(Field(tax_id_label(each.type, wording), one_line(each.value)) for each in party.tax_ids),
        registration=_registration(party.legal_registration, wording) + _identifier(party.identifier),
        contacts=_filled(contacts),
        legal_information=_filled(legal),
    )


def tax_id_label(kind: str, wording: Wording) -> str:
    """Return the national name of a tax registration, else the word for a VAT number or a tax number."""
    name = _TAX_IDS_BY_LANGUAGE.get((kind, wording.language))
    if name is None and kind in TAX_ID_TYPES:
        name = TAX_ID_TYPES[kind].label
    return name or wording["vat_id" if kind.endswith("_vat") else "tax_id"]


def bank_fields(account: BankAccount | None, wording: Wording) -> tuple[Field, ...]:
    """Return the fields that a customer enters into a bank transfer; empty without an account."""
    if account is None:
        return ()
    fields = (
        (wording["account_holder"], one_line(account.holder or "")),
        (wording["bank_name"], one_line(account.bank_name or "")),
        ("IBAN", grouped(account.iban or "")),
        (wording["account_number"], one_line(account.account_number or "")),
        *_routing(account.routing, wording),
        ("BIC", one_line(account.bic or "")),
        ("UPI", account.upi_id or ""),
    )
    return tuple(Field(label, value) for label, value in fields if value)


def grouped(text: str, size: int = 4) -> str:
    """Write an identifier in groups: of four, as ISO 13616 prints an IBAN, or of another size."""
    compact = re.sub(r"\s+", "", plain_text(text))
    return " ".join(compact[start : start + size] for start in range(0, len(compact), size))


def _registration(registration: LegalRegistration | None, wording: Wording) -> tuple[Field, ...]:
    if registration is None:
        return ()
    label = _REGISTERS.get(registration.scheme or "", wording["registration_number"])
    return (Field(label, one_line(registration.value)),)


def _identifier(identifier: Identifier | None) -> tuple[Field, ...]:
    if identifier is None:
        return ()
    return (Field(_IDENTIFIERS.get(identifier.scheme or "", "ID"), one_line(identifier.value)),)


def _contact(contact: Contact | None, wording: Wording) -> str | None:
    parts = _filled((contact.name, contact.phone, contact.email)) if contact else ()
    return f"{wording['contact']}: {' · '.join(map(wording.within, parts))}" if parts else None


def _routing(routing: Routing | None, wording: Wording) -> tuple[tuple[str, str], ...]:
    if routing is None:
        return ()
    return ((_ROUTING.get(routing.type, wording["bank_code"]), one_line(routing.code)),)


def _filled(lines: tuple[str | None, ...] | list[str]) -> tuple[str, ...]:
    return tuple(text for line in lines if line and (text := one_line(line)))
