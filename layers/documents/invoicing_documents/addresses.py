"""Addresses in the form of their countries.

The forms are those of libaddressinput (https://github.com/google/libaddressinput), which follows the addressing guides
of the Universal Postal Union. %A are the lines of the street, %C is the place, %S the state or province, %Z the postal
code, and %n begins a line. A prefix of the country before its postal code is left out, because the country's name
stands below.
"""

import re
from functools import cache

from invoicing.domain.parties.details import Address
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import Wording

_USUAL = "%A%n%Z %C"
_FORMS = {
    "%A%n%C%n%Z": "AF AI FK GB GG GI GS IM IO JE KE LK NA PN SD SH SZ TC VG XI ZA",
    "%A%n%C %Z": "BH BM BN BT GU IL JO KH LB LS MT MV NP NZ SA SG VC",
    "%A%n%C %S %Z": "AS AU CA CC CX FM HM MH MP NF PR PW UM VI",
    "%A%n%C, %S %Z": "BB SO TW US",
    "%A%n%Z %C %S": "EE ES IT LT PF UY",
    "%A%n%Z %C%n%S": "AR CL CV MY UZ",
    "%A%n%Z%n%C": "AL EC MU OM",
    "%A%n%Z%n%C%n%S": "AM",
    "%A%n%Z%n%C, %S": "NI",
    "%A%n%C%n%S": "AE HK JM NR PA SC SR TV",
    "%A%n%C%n%S%n%Z": "EG IE KR RU UA",
    "%A%n%C%n%S %Z": "ID KY MN TH VN",
    "%A%n%C %Z%n%S": "IN NG PE",
    "%A%n%C%n%S, %Z": "CN KP",
    "%A%n%C, %S%n%Z": "HN IQ JP",
    "%A%n%C, %S, %Z": "CO",
    "%A%n%C, %Z": "MM",
    "%A%n%C - %Z": "BD",
    "%A%n%C-%S%n%Z": "BR",
    "%A%n%C-%Z": "PK",
    "%A%n%C %S%n%Z": "CU",
    "%A%n%C %Z, %S": "VE",
    "%A%n%C %Z %S": "PG",
    "%A%n%C%n%Z %S": "PH",
    "%A%n%Z, %C%n%S": "BY",
    "%A%n%Z %C, %S": "MX",
    "%A%n%Z %C/%S": "TR",
    "%A%n%Z %S %C": "RO",
    "%A%n%Z- %C": "GT",
    "%A%n%Z-%C%n%S": "SV",
    "%A%n%S, %C%n%Z": "CR",
    "%A%n%S%n%C": "KI",
    "%A%n%S%n%C, %Z": "LV",
    "%C%n%A%n%Z": "HU",
    "%S%n%C%n%A%n%Z": "IR",
    "%Z%n%S%n%C%n%A": "KZ",
}
_OWN_SCRIPT = {
    "CN": "%Z%n%S%C%n%A",
    "HK": "%S%n%C%n%A",
    "JP": "〒%Z%n%S%C%n%A",
    "KP": "%Z%n%S%n%C%n%A",
    "KR": "%S %C%n%A%n%Z",
    "TW": "%Z%n%S%C%n%A",
}
"""The forms of addresses in Chinese, Japanese and Korean letters, which begin with the largest place."""

_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PART = re.compile("([^%]*)%([ACSZ])")


def address_lines(address: Address, wording: Wording) -> tuple[str, ...]:
    """Return the lines of an address in the form of its country, whose name is in the reader's language."""
    streets = [line for each in (address.line1, address.line2, address.line3) if (line := one_line(each or ""))]
    given = (("C", address.city), ("S", address.state), ("Z", address.postal_code))
    parts = {name: one_line(value or "") for name, value in given}
    country = (address.country or "").upper()
    has_own_script = any(map(_EAST_ASIAN.search, (*streets, *parts.values())))
    lines = []
    for line in _form_of(country, parts, has_own_script=has_own_script).split("%n"):
        lines += streets if line == "%A" else [_line(line, parts)]
    return tuple(filter(None, (*lines, one_line(wording.country(country)) if country else "")))


def _form_of(country: str, parts: dict[str, str], *, has_own_script: bool) -> str:
    """Return the form of a country, with a place for parts that are given though it has none for them."""
    form = _forms().get(country, _USUAL)
    if has_own_script:
        form = _OWN_SCRIPT.get(country, form)
    if parts["Z"] and "%Z" not in form:
        form = form.replace("%C", "%C %Z")
    return form.replace("%C", "%C, %S") if parts["S"] and "%S" not in form else form


def _line(form: str, parts: dict[str, str]) -> str:
    """Return a line: what stands before its first part is a prefix of it, and between two parts parts them."""
    line, is_first = "", True
    for between, name in _PART.findall(form):
        if value := parts[name]:
            line += f"{between if line or is_first else ''}{value}"
        is_first = False
    return line


@cache
def _forms() -> dict[str, str]:
    return {country: form for form, countries in _FORMS.items() for country in countries.split()}
