"""Checks of account numbers: IBAN (ISO 13616), BIC (ISO 9362), and the national codes of banks."""

import re

from invoicing.domain.parties.details import RoutingType

_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_QR_INSTITUTIONS = range(30_000, 32_000)
_SEPARATORS = re.compile(r"[\s.-]")

_ROUTING = {
    "aba": (re.compile(r"([0-9]{9})"), "9 digits with a valid check digit, such as 111000025"),
    "bsb": (re.compile(r"([0-9]{3})([0-9]{3})"), "6 digits such as 062-000"),
    "cnaps": (re.compile(r"([0-9]{12})"), "12 digits such as 102100099996"),
    "ifsc": (re.compile(r"([A-Z]{4}0[A-Z0-9]{6})"), "4 letters, 0 and 6 letters or digits, such as HDFC0000053"),
    "sort_code": (re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})"), "6 digits such as 20-00-00"),
    "transit": (
        re.compile(r"([0-9]{5})([0-9]{3})"),
        "5 digits of the branch and 3 of the institution, such as 00011-003",
    ),
    "zengin": (re.compile(r"([0-9]{4})([0-9]{3})"), "4 digits of the bank and 3 of the branch, such as 0001-001"),
}
"""The parts of each code, which are printed with hyphens between them, and what they are in words."""


class WrongRouting(ValueError):
    """A code of another form; the message says what it has to be."""


def standard_iban(text: str) -> str | None:
    """Return an IBAN without spaces, None where its form for its country or its check digits are wrong.

    Whether its bank exists is not asked: lists of banks go out of date, and a new bank's customers want to be paid too.
    """
    from stdnum import iban  # noqa: PLC0415

    compact: str = iban.compact(text)
    return compact if iban.is_valid(compact, check_country=False) else None


def is_qr_iban(iban: str) -> bool:
    """Whether an IBAN of Switzerland or Liechtenstein takes payments with a QR reference, and only these.

    The number of its institution says so (SIX, Implementation Guidelines for the QR-bill 2.3).
    """
    return iban[:2] in {"CH", "LI"} and iban[4:9].isdecimal() and int(iban[4:9]) in _QR_INSTITUTIONS


def is_bic(text: str) -> bool:
    """Whether a text has the form of a BIC, of 8 or 11 characters."""
    return _BIC.fullmatch(text) is not None


def standard_routing(kind: RoutingType, code: str) -> str:
    """Return the code of a bank as it is printed; `WrongRouting`."""
    if kind == "other":
        return code.strip()
    form, meaning = _ROUTING[kind]
    found = form.fullmatch(_SEPARATORS.sub("", code).upper())
    if found is None or (kind == "aba" and not _is_aba(found[1])):
        raise WrongRouting(meaning)
    return "-".join(found.groups())


def _is_aba(digits: str) -> bool:
    from stdnum.us import rtn  # noqa: PLC0415

    return bool(rtn.is_valid(digits))
