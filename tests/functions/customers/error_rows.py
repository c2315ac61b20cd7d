"""Errors of the fields that customers and the account share."""

from typing import Any

from tests.functions.error_rows import wrong

CUSTOMER = "customers/create_customer"
WRONG_VAT: list[Any] = [{"type": "eu_vat", "value": "ATU13585628"}]
WRONG_GLN = {"scheme": "0088", "value": "4012345000008"}
BANK_ACCOUNT = {"routing": {"type": "bsb", "code": "1"}}

ROWS = [
    wrong("website", "URL_INVALID", CUSTOMER, {"name": "A", "website": "www.example.com"}),
    wrong("tax_ids[0].value", "TAX_ID_INVALID", CUSTOMER, {"name": "A", "tax_ids": WRONG_VAT}),
    *(
        wrong(f"{name}.scheme", "SCHEME_INVALID", CUSTOMER, {"name": "A", name: {"scheme": "gln", "value": "1"}})
        for name in ("legal_registration", "electronic_address")
    ),
    wrong("identifier", "IDENTIFIER_INVALID", CUSTOMER, {"name": "A", "identifier": WRONG_GLN}),
    wrong("bank_account.routing.code", "ROUTING_INVALID", "account/update_account", {"bank_account": BANK_ACCOUNT}),
]

ELSEWHERE = frozenset({"CUSTOMER_NOT_ARCHIVED", "RETENTION_NOT_ENDED", "CUSTOMER_ERASED"})
"""They take documents of some age (`tests/functions/test_erasure.py`) and what follows an erasure."""
