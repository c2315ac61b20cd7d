"""Checks of IBAN (ISO 13616) and BIC (ISO 9362)."""

import re

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def is_iban(text: str) -> bool:
    """Whether a text without spaces is an IBAN with valid check digits (ISO 7064, MOD 97-10)."""
    if not _IBAN.fullmatch(text):
        return False
    digits = "".join(str(int(character, 36)) for character in text[4:] + text[:4])
    return int(digits) % 97 == 1


def is_bic(text: str) -> bool:
    """Whether a text has the form of a BIC, of 8 or 11 characters."""
    return _BIC.fullmatch(text) is not None
