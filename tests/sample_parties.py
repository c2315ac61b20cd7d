"""Everything that can be said of an account or a customer, as requests say it and responses repeat it."""

from typing import Any

PARTY: dict[str, Any] = {
    "name": "Muster Handels GmbH",
    "trading_name": "Musterladen",
    "email": "office@muster.example",
    "phone": "+43 1 234 56 78",
    "website": "https://www.muster.example/shop",
    "address": {
        "line1": "Ring 1",
        "line2": "Stiege 2",
        "line3": "Tür 3",
        "city": "Wien",
        "state": None,
        "postal_code": "1010",
        "country": "AT",
    },
    "tax_ids": [{"type": "eu_vat", "value": "ATU13585627"}, {"type": "at_stn", "value": "59-119/9013"}],
    "legal_registration": {"value": "FN 123456a", "scheme": "0183"},
    "legal_information": "Handelsgericht Wien\nGeschäftsführerin: Erika Muster",
    "identifier": {"value": "4012345000009", "scheme": "0088"},
    "electronic_address": {"scheme": "9914", "value": "ATU13585627"},
    "contact": {"name": "Max Muster", "phone": "+43 1 234 56 79", "email": "max@muster.example"},
}
EMPTY_PARTY: dict[str, Any] = dict.fromkeys(PARTY) | {"tax_ids": []}
"""A party of which nothing is known."""

DELIVERY: dict[str, Any] = {
    "shipping_address": {
        "line1": "Lagerstraße 9",
        "line2": None,
        "line3": None,
        "city": "Linz",
        "state": None,
        "postal_code": "4020",
        "country": "AT",
    },
    "buyer_reference": "04011000-12345-34",
}
"""What is said of customers only."""

EURO_ACCOUNT: dict[str, Any] = {
    "currency": "EUR",
    "iban": "DE89370400440532013000",
    "bic": "COBADEFFXXX",
    "account_number": None,
    "routing": None,
    "holder": "Acme GmbH",
    "bank_name": "Commerzbank",
    "upi_id": None,
}
DOLLAR_ACCOUNT: dict[str, Any] = {
    "currency": "USD",
    "iban": None,
    "bic": "CHASUS33",
    "account_number": "000123456789",
    "routing": {"type": "aba", "code": "111000025"},
    "holder": "Acme GmbH",
    "bank_name": "JPMorgan Chase",
    "upi_id": "acme.gmbh@okchase",
}
ANY_ACCOUNT: dict[str, Any] = dict.fromkeys(EURO_ACCOUNT) | {"iban": "AT611904300234573201"}
"""An account for all currencies that have none of their own."""

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"trading_name": ""}, "trading_name", "TOO_SHORT"),
    ({"website": "ftp://muster.example"}, "website", "URL_INVALID"),
    ({"website": "https://user:secret@muster.example"}, "website", "URL_INVALID"),
    ({"website": "javascript:alert(1)"}, "website", "URL_INVALID"),
    ({"website": "https://"}, "website", "URL_INVALID"),
    ({"website": "https://a b.example"}, "website", "URL_INVALID"),
    ({"website": "http://[a.example"}, "website", "URL_INVALID"),
    ({"address": {"country": "UK"}}, "address.country", "COUNTRY_INVALID"),
    ({"address": {"country": "ZZ"}}, "address.country", "COUNTRY_INVALID"),
    ({"address": {"line4": "x"}}, "address.line4", "FIELD_UNKNOWN"),
    ({"tax_ids": [{"type": "vat", "value": "1"}]}, "tax_ids[0].type", "VALUE_INVALID"),
    ({"tax_ids": [{"type": "eu_vat", "value": "ATU13585628"}]}, "tax_ids[0].value", "TAX_ID_INVALID"),
    ({"tax_ids": [{"type": "other"}]}, "tax_ids[0].value", "FIELD_REQUIRED"),
    ({"tax_ids": [{"type": "other", "value": " "}]}, "tax_ids[0].value", "TOO_SHORT"),
    ({"legal_registration": {"scheme": "0183"}}, "legal_registration.value", "FIELD_REQUIRED"),
    ({"legal_registration": {"value": "1", "scheme": "HRB"}}, "legal_registration.scheme", "SCHEME_INVALID"),
    ({"electronic_address": {"value": "a@b.example"}}, "electronic_address.scheme", "FIELD_REQUIRED"),
    ({"electronic_address": {"scheme": "EM"}}, "electronic_address.value", "FIELD_REQUIRED"),
    ({"electronic_address": {"scheme": "em", "value": "x"}}, "electronic_address.scheme", "SCHEME_INVALID"),
    ({"legal_information": "x" * 501}, "legal_information", "TOO_LONG"),
    ({"contact": {"email": "nobody"}}, "contact.email", "EMAIL_INVALID"),
    ({"contact": "Max"}, "contact", "TYPE_INVALID"),
]
"""Wrong fields of any party, each with its path and code."""
