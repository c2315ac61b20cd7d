"""The contract's table of errors, row by row: what is answered, in which form, and that nothing was changed."""

from decimal import Decimal
from typing import Any

import pytest

from tests.functions.business import BODIES, USED_KEY, Business, apps
from tests.functions.conftest import LINE, NEW_INVOICE
from tests.functions.error_rows import Row, bad, conflict, missing, outdated, refund, row, wrong
from tests.functions.refusing import refused
from tests.structure.project import modules_of_resources
from tools.error_codes import constants, error_codes
from tools.errors import rows
from tools.openapi import NO_PATH, document, operations

pytestmark = pytest.mark.usefixtures("nothing_changes")


def invoice(**changed: Any) -> dict[str, Any]:
    return NEW_INVOICE | changed


def line(**changed: Any) -> dict[str, Any]:
    return invoice(items=[LINE | changed])


ACCOUNT, CUSTOMER, KEY = "account/update_account", "customers/create_customer", "account/create_api_key"
RATES, CREATE = "account/replace_exchange_rates", "invoices/create_invoice"
LIST, CUSTOMERS, TIMELINE = "invoices/list_invoices", "customers/list_customers", "invoices/list_invoice_events"
SEND, CHANGE = "invoices/send_invoice", "invoices/update_invoice"
VOID, REVISE = "invoices/void_invoice", "invoices/revise_invoice"

PAY, APPLY = "payments/record_invoice_payment", "payments/apply_credit"
WRITE_OFF, STATEMENT = "invoices/write_off_invoice", "customers/get_customer_statement"
SEND_STATEMENT = "customers/send_customer_statement"

SAID_OF_CUSTOMERS = ("balance", "statement")
OF_CREDIT_NOTES = ("get_credit_note", "get_credit_note_pdf", "send_credit_note", "void_credit_note")

BACKWARDS = {"start": "2027-02-01", "end": "2027-01-31"}
PAY_OUT, CREDIT = "payments/pay_out_credit", "credit_notes/create_credit_note"
PAY_ALL, REFUND, REVERSE = (f"payments/{verb}_payment" for verb in ("record", "refund", "reverse"))


def shares(*parts: Any, amount: int = 5) -> Any:
    allocations = [{"invoice_id": invoice_id, "amount": part} for invoice_id, part in parts]
    return BODIES[PAY_ALL] | {"amount": amount, "currency": "USD", "allocations": allocations}


SENT, LINE_ID = "{sent_id}", "{line_id}"

TABLE = [
    bad("INVALID_QUERY", LIST, query="?paid=yes", at="paid", why="PARAMETER_UNKNOWN"),
    bad("INVALID_QUERY", CUSTOMERS, query="?status=sent", at="status", why="PARAMETER_UNKNOWN"),
    bad("INVALID_QUERY", LIST, query="?filter[total][gte]=1", at="filter[total][gte]", why="PARAMETER_UNKNOWN"),
    bad("INVALID_QUERY", LIST, query="?filter[status][gt]=sent", at="filter[status][gt]", why="OPERATOR_UNKNOWN"),
    bad("INVALID_QUERY", LIST, query="?sort=notes", at="sort", why="VALUE_INVALID"),
    bad("INVALID_QUERY", LIST, query="?order=up", at="order", why="VALUE_INVALID"),
    bad("INVALID_QUERY", LIST, query="?fields=id,secret", at="fields", why="FIELD_UNKNOWN"),
    bad("INVALID_QUERY", LIST, query="?status=open", at="status", why="VALUE_INVALID"),
    bad("INVALID_QUERY", LIST, query="?page=0", at="page", why="VALUE_INVALID"),
    bad("INVALID_QUERY", LIST, query="?per_page=101", at="per_page", why="VALUE_INVALID"),
    bad("INVALID_QUERY", LIST, query="?page=1&page=2", at="page", why="PARAMETER_REPEATED"),
    bad("INVALID_QUERY", LIST, query="?cursor=nonsense", at="cursor", why="VALUE_INVALID"),
    bad("INVALID_QUERY", LIST, query="?cursor=%ff", at="cursor", why="VALUE_INVALID"),
    bad("INVALID_QUERY", TIMELINE, query="?amount=1", at="amount", why="PARAMETER_UNKNOWN"),
    bad("INVALID_QUERY", STATEMENT, query="?page=1", at="page", why="PARAMETER_UNKNOWN"),
    bad("INVALID_QUERY", STATEMENT, query="?start_date=1.2.2026", at="start_date", why="DATE_INVALID"),
    bad("INVALID_QUERY", STATEMENT, query="?start_date=2100-01-01", at="start_date", why="DATE_INVALID"),
    bad("INVALID_QUERY", STATEMENT, query="?currency=XXX", at="currency", why="VALUE_INVALID"),
    bad("QUERY_TOO_BROAD", LIST, query="?page=1000", at="page", why="QUERY_TOO_BROAD"),
    bad("INVALID_IDEMPOTENCY_KEY", CUSTOMER, BODIES[CUSTOMER], headers={"Idempotency-Key": "a b"}),
    row(403, "permission_error", "INSUFFICIENT_SCOPE", KEY, BODIES[KEY], key="{account_key}"),
    missing("ROUTE_NOT_FOUND", "pages/route_not_found"),
    row(405, "invalid_request_error", "METHOD_NOT_ALLOWED", "pages/route_not_found", unrouted="PUT /invoices"),
    missing("ACCOUNT_NOT_FOUND", "account/get_account", key="{orphaned_key}"),
    missing("ACCOUNT_NOT_FOUND", CREATE, key="{orphaned_key}"),
    *(
        missing("CUSTOMER_NOT_FOUND", f"customers/{verb}_customer", customer_id="no")
        for verb in ("get", "update", "delete")
    ),
    *(missing("INVOICE_NOT_FOUND", file, invoice_id="no") for file in apps() if "{invoice_id}" in apps()[file].path),
    *(missing("CUSTOMER_NOT_FOUND", f"customers/get_customer_{what}", customer_id="no") for what in SAID_OF_CUSTOMERS),
    *(missing("CUSTOMER_NOT_FOUND", file, customer_id="no") for file in (PAY_OUT, "payments/list_credit_payouts")),
    missing("CUSTOMER_NOT_FOUND", SEND_STATEMENT, customer_id="no"),
    wrong("start_date", "DATE_INVALID", SEND_STATEMENT, {"start_date": "2026-11-02", "end_date": "2026-11-01"}),
    wrong("to", "RECIPIENT_MISSING", SEND_STATEMENT, {}, customer_id="{silent_id}"),
    missing("SCHEDULED_SEND_NOT_FOUND", "invoices/cancel_scheduled_send"),
    *(missing("PAYMENT_NOT_FOUND", f"payments/{verb}_payment_receipt", payment_id="no") for verb in ("get", "send")),
    *(missing("PAYMENT_NOT_FOUND", file, payment_id="no") for file in (REFUND, REVERSE, "payments/get_payment")),
    *(missing("CREDIT_NOTE_NOT_FOUND", f"credit_notes/{verb}", credit_note_id="no") for verb in OF_CREDIT_NOTES),
    *(missing("API_KEY_NOT_FOUND", f"account/{verb}_api_key", key_id="no") for verb in ("rotate", "revoke")),
    conflict("DUPLICATE_CUSTOMER", CUSTOMER, {"id": "{customer_id}", "name": "B"}, detail=("id", "CUSTOMER_EXISTS")),
    *(
        conflict("DUPLICATE_INVOICE_NUMBER", file, body, detail=("invoice_number", "INVOICE_NUMBER_EXISTS"))
        for file, body in ((CREATE, invoice(invoice_number="TAKEN-1")), (CHANGE, {"invoice_number": "TAKEN-1"}))
    ),
    conflict("INVALID_INVOICE_STATE", CHANGE, BODIES[CHANGE], invoice_id="{sent_id}"),
    conflict("INVALID_INVOICE_STATE", "invoices/delete_invoice", invoice_id="{sent_id}"),
    conflict("INVALID_INVOICE_STATE", SEND, invoice_id="{void_id}"),
    conflict("INVALID_INVOICE_STATE", VOID, invoice_id="{void_id}"),
    conflict("INVALID_INVOICE_STATE", VOID, {"credit_note": True}, invoice_id="{draft_id}"),
    *(conflict("INVALID_INVOICE_STATE", REVISE, invoice_id=each) for each in ("{draft_id}", "{credited_id}")),
    conflict("INVALID_INVOICE_STATE", PAY, BODIES[PAY]),
    conflict("INVALID_INVOICE_STATE", APPLY, BODIES[APPLY]),
    conflict("INVALID_INVOICE_STATE", CREDIT, BODIES[CREDIT]),
    conflict("INVALID_INVOICE_STATE", CREDIT, BODIES[CREDIT], invoice_id="{credited_id}"),
    conflict("INVALID_PAYMENT_STATE", REVERSE, BODIES[REVERSE], payment_id="{reversed_id}"),
    conflict("INVALID_PAYMENT_STATE", "payments/send_payment_receipt", {}, payment_id="{reversed_id}"),
    conflict("INVALID_CREDIT_NOTE_STATE", "credit_notes/void_credit_note"),
    conflict("NOTHING_TO_CHARGE", "invoices/charge_late_fee", {}, invoice_id="{draft_id}"),
    conflict("NOTHING_TO_CHARGE", "invoices/charge_late_fee", {}, invoice_id="{sent_id}"),
    conflict("NOTHING_TO_APPLY", APPLY, {}, invoice_id="{sent_id}"),
    conflict("PERIOD_LOCKED", PAY, BODIES[PAY] | {"payment_date": "1999-12-31"}, invoice_id="{sent_id}"),
    conflict("PERIOD_LOCKED", PAY_ALL, BODIES[PAY_ALL] | {"payment_date": "1999-12-31"}),
    conflict("PERIOD_LOCKED", CREATE, invoice(issue_date="1999-12-31", send_email=True)),
    conflict("INVALID_INVOICE_STATE", WRITE_OFF, BODIES[WRITE_OFF]),
    conflict("INVALID_INVOICE_STATE", "invoices/undo_write_off", invoice_id="{sent_id}"),
    conflict("INVALID_API_KEY_STATE", "account/rotate_api_key", key_id="{revoked_id}"),
    conflict("TOO_MANY_API_KEYS", KEY, BODIES[KEY], key="{crowded_key}"),
    conflict("LAST_ADMIN_KEY", "account/revoke_api_key", key="{only_key}", key_id="{only_id}"),
    conflict(
        "LAST_ADMIN_KEY", "account/rotate_api_key", {"grace_period_seconds": 0}, key="{only_key}", key_id="{only_id}"
    ),
    conflict("IDEMPOTENCY_KEY_REUSED", CUSTOMER, {"name": "Other"}, headers={"Idempotency-Key": USED_KEY}),
    conflict("IDEMPOTENCY_KEY_REUSED", CREATE, BODIES[CREATE], headers={"Idempotency-Key": USED_KEY}),
    *(outdated(f"invoices/{verb}_invoice") for verb in ("update", "send", "void", "revise", "delete")),
    *(outdated(file) for file in (APPLY, WRITE_OFF, "invoices/undo_write_off", "invoices/cancel_scheduled_send")),
    *(
        outdated(file)
        for file in (REFUND, REVERSE, CREDIT, "credit_notes/send_credit_note", "credit_notes/void_credit_note")
    ),
    outdated("payments/send_payment_receipt"),
    *(outdated(f"customers/{verb}_customer") for verb in ("update", "delete")),
    *(outdated(file) for file in (ACCOUNT, RATES)),
    wrong("customer_id", "CUSTOMER_NOT_FOUND", CREATE, invoice(customer_id="no"), code="INVALID_CUSTOMER"),
    wrong("customer_id", "CUSTOMER_NOT_FOUND", CHANGE, {"customer_id": "no"}, code="INVALID_CUSTOMER"),
    wrong("customer_id", "CUSTOMER_ARCHIVED", CREATE, invoice(customer_id="{archived_id}"), code="INVALID_CUSTOMER"),
    wrong("items[0].unit_price", "AMOUNT_INVALID", CREATE, line(unit_price="150,00")),
    wrong("items[0].unit_price", "AMOUNT_INVALID", CREATE, line(unit_price=True)),
    wrong("items[0].quantity", "QUANTITY_INVALID", CREATE, line(quantity=0)),
    wrong("items[0].tax_rate", "TAX_RATE_INVALID", CREATE, line(tax_rate=8)),
    wrong("items[0].tax_category", "TAX_CATEGORY_INVALID", CREATE, line(tax_category="AA")),
    wrong("items[0].tax_category", "TAX_CATEGORY_INVALID", CREATE, line(tax_category="AE", tax_rate=Decimal("0.19"))),
    wrong("items[0].tax_exemption_code", "TAX_EXEMPTION_INVALID", CREATE, line(tax_exemption_code="VATEX-EU-132")),
    wrong("items[0].discount", "DISCOUNT_INVALID", CREATE, line(discount=1501)),
    wrong("items[0].description", "FIELD_REQUIRED", CREATE, invoice(items=[{"quantity": 1, "unit_price": 1}])),
    wrong("service_period", "SERVICE_PERIOD_INVALID", CREATE, invoice(service_period=BACKWARDS)),
    wrong("items[0].service_period", "SERVICE_PERIOD_INVALID", CREATE, line(service_period=BACKWARDS)),
    wrong("items", "TOTAL_NEGATIVE", CREATE, line(unit_price=-1)),
    wrong("items", "TOO_FEW", CREATE, invoice(items=[])),
    wrong("items", "TOO_MANY", CREATE, invoice(items=[LINE] * 501)),
    wrong("due_date", "DATE_INVALID", CREATE, invoice(due_date="2024-02-30")),
    wrong("due_date", "DATE_INVALID", CREATE, invoice(issue_date="2024-02-16")),
    *(
        wrong(field, "DATE_INVALID", file, BODIES[file] | {field: wrong_day}, invoice_id="{sent_id}")
        for wrong_day in ("2026-11-23", "tomorrow")
        for file, field in ((PAY, "payment_date"), (PAY_ALL, "payment_date"), (WRITE_OFF, "write_off_date"))
    ),
    *(
        wrong(field, "DATE_INVALID", file, {"reason": "Bounced", field: wrong_day})
        for wrong_day in ("2026-11-23", "2026-11-21")
        for file, field in ((REFUND, "refund_date"), (REVERSE, "reversal_date"))
    ),
    wrong("issue_date", "DATE_INVALID", CREDIT, {"reason": "Back", "issue_date": "2026-11-23"}, invoice_id=SENT),
    wrong("books_locked_until", "DATE_INVALID", ACCOUNT, {"books_locked_until": "2026-02-30"}),
    wrong("currency", "CURRENCY_INVALID", CREATE, invoice(currency="usd")),
    wrong("", "TERMS_CONFLICT", CREATE, invoice(terms="Net 1", payment_terms="Net 2")),
    wrong("to", "RECIPIENT_MISSING", CREATE, invoice(customer_id="{silent_id}", send_email=True)),
    wrong("send_email", "TYPE_INVALID", CREATE, invoice(send_email="yes")),
    wrong("invoice_number", "INVOICE_NUMBER_FIXED", CHANGE, {"invoice_number": "X"}, invoice_id="{counted_id}"),
    wrong("amount", "AMOUNT_INVALID", PAY, {"amount": 0}),
    wrong("amount", "AMOUNT_EXCEEDS_DUE", PAY, {"amount": 1501}, code="AMOUNT_EXCEEDS_DUE", invoice_id="{sent_id}"),
    wrong("take_discount", "DISCOUNT_UNAVAILABLE", PAY, {"amount": 1, "take_discount": True}, invoice_id=SENT),
    wrong(
        "amount", "AMOUNT_EXCEEDS_CREDIT", APPLY, {"amount": 1}, code="AMOUNT_EXCEEDS_CREDIT", invoice_id="{sent_id}"
    ),
    refund("refund_amount_exceeded", {"amount": 11}),
    refund("already_refunded", {}, payment_id="{refunded_id}"),
    refund("already_refunded", {}, payment_id="{reversed_id}"),
    wrong("customer_id", "CUSTOMER_NOT_FOUND", PAY_ALL, {"customer_id": "no", "amount": 1}, code="INVALID_CUSTOMER"),
    wrong("amount", "AMOUNT_EXCEEDS_CREDIT", PAY_OUT, BODIES[PAY_OUT], code="AMOUNT_EXCEEDS_CREDIT"),
    wrong("amount", "AMOUNT_EXCEEDS_DUE", WRITE_OFF, {"amount": 1501}, code="AMOUNT_EXCEEDS_DUE", invoice_id=SENT),
    wrong("amount", "AMOUNT_EXCEEDS_DUE", PAY_ALL, shares((SENT, 1)), code="AMOUNT_EXCEEDS_DUE"),
    wrong("allocations", "ALLOCATIONS_EXCEED_AMOUNT", PAY_ALL, shares((SENT, 6))),
    wrong("allocations[1].invoice_id", "INVOICE_REPEATED", PAY_ALL, shares((SENT, 1), (SENT, 1))),
    wrong("allocations[0].invoice_id", "INVOICE_NOT_FOUND", PAY_ALL, shares(("no", 5))),
    wrong("allocations[0].invoice_id", "CURRENCY_MISMATCH", PAY_ALL, shares(("{yen_id}", 5))),
    wrong("allocations[0].invoice_id", "INVALID_INVOICE_STATE", PAY_ALL, shares(("{draft_id}", 5))),
    wrong(
        "allocations[0].invoice_id",
        "INVOICE_OF_OTHER_CUSTOMER",
        PAY_ALL,
        shares((SENT, 5)) | {"customer_id": "{silent_id}"},
    ),
    wrong("email", "EMAIL_INVALID", CUSTOMER, {"name": "A", "email": "nobody"}),
    wrong("address.country", "COUNTRY_INVALID", CUSTOMER, {"name": "A", "address": {"country": "Austria"}}),
    wrong("locale", "LOCALE_INVALID", CUSTOMER, {"name": "A", "locale": "English"}),
    wrong("", "LOCALES_CONFLICT", CUSTOMER, {"name": "A", "locale": "de", "locales": ["en", "de"]}),
    wrong("name", "TOO_SHORT", CUSTOMER, {"name": " "}),
    wrong("name", "TOO_LONG", CUSTOMER, {"name": "x" * 251}),
    wrong("time_zone", "TIME_ZONE_INVALID", ACCOUNT, {"time_zone": "Mars/Olympus"}),
    wrong("bank_account.iban", "IBAN_INVALID", ACCOUNT, {"bank_account": {"iban": "AT00"}}),
    wrong("bank_account.bic", "BIC_INVALID", ACCOUNT, {"bank_account": {"bic": "X"}}),
    wrong("bank_account.upi_id", "UPI_ID_INVALID", ACCOUNT, {"bank_account": {"upi_id": "acme"}}),
    wrong("numbering.pattern", "PATTERN_INVALID", ACCOUNT, {"numbering": {"pattern": "{year}"}}),
    wrong("base", "BASE_INVALID", RATES, {"base": "EUR", "rates": {}}),
    wrong("rates.EUR", "RATE_INVALID", RATES, {"rates": {"EUR": 0}}),
    wrong("scopes[0]", "SCOPE_INVALID", KEY, {"name": "A", "scopes": ["root"]}),
    wrong("expires_at", "INSTANT_INVALID", KEY, BODIES[KEY] | {"expires_at": "tomorrow"}),
    wrong("expires_at", "EXPIRY_INVALID", KEY, BODIES[KEY] | {"expires_at": "2020-01-01T00:00:00Z"}),
    *(row for module in modules_of_resources("error_rows") for row in module.ROWS),
]

EVERYWHERE = {
    (400, "invalid_request_error", "INVALID_JSON"),
    (401, "authentication_error", "missing_api_key"),
    (401, "authentication_error", "invalid_api_key"),
    (401, "authentication_error", "key_revoked"),
    (403, "permission_error", "INSUFFICIENT_SCOPE"),
    (413, "invalid_request_error", "REQUEST_TOO_LARGE"),
    (422, "validation_error", "VALIDATION_FAILED"),
    (429, "rate_limit_error", "RATE_LIMIT_EXCEEDED"),
    (500, "api_error", "INTERNAL_ERROR"),
    (503, "api_error", "SERVICE_UNAVAILABLE"),
}
"""Rows of every operation, or of every one with a body: test_every_operation_refuses.py sends them."""

NEVER_ANSWERED = {"IDEMPOTENCY_IN_PROGRESS"}
"""The contract lets the second of two requests at once either replay or answer this: ours always replays."""

NO_REQUEST = {"DELIVERY_NOT_FOUND", "HOSTED_LINK_EXPIRED"}
"""Errors of what happens after a request, and of pages, which are not answered as JSON."""

IN_OTHER_TESTS = {
    "TOO_MANY_PAYMENTS", "TOO_MANY_INVOICES", "TOO_MANY_NUMBER_SERIES", "PERCENTAGE_EXCEEDS_INVOICE", "FILE_IN_USE",
    "ATTACHMENTS_TOO_LARGE", "FILE_NOT_UPLOADED", "FILE_PURPOSE_INVALID", "FILE_REJECTED", "FILE_TYPE_MISMATCH",
    "IMAGE_TOO_LARGE",
}.union(*(getattr(module, "ELSEWHERE", ()) for module in modules_of_resources("error_rows")))  # fmt: skip
"""They take 500 payments, 31 invoices, 51 series, a credit note, and uploads before."""

OF_WARNINGS = rows("warnings").keys() - rows("details").keys()
"""Codes of ``meta.warnings``, with which nothing is refused."""

CONTRACT = """
    INVALID_JSON INVALID_QUERY missing_api_key invalid_api_key key_revoked INSUFFICIENT_SCOPE INVOICE_NOT_FOUND
    CUSTOMER_NOT_FOUND ROUTE_NOT_FOUND DUPLICATE_INVOICE_NUMBER INVOICE_NUMBER_EXISTS INVALID_INVOICE_STATE
    IDEMPOTENCY_KEY_REUSED IDEMPOTENCY_IN_PROGRESS ETAG_MISMATCH REQUEST_TOO_LARGE VALIDATION_FAILED AMOUNT_INVALID
    DATE_INVALID QUANTITY_INVALID INVALID_CUSTOMER RATE_LIMIT_EXCEEDED INTERNAL_ERROR SERVICE_UNAVAILABLE
"""
"""Every code that the contract names for these resources."""


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_a_row_of_the_table(business: Business, row: Row) -> None:
    error = refused(row.ask(business), row.status, row.type, row.code)
    assert [(detail["field"], detail["code"]) for detail in error["details"]] == ([row.detail] if row.detail else [])


def test_every_status_of_the_table_is_documented() -> None:
    paths = document(operations())["paths"]
    routed = [(row, apps()[row.file]) for row in TABLE if apps()[row.file].path != NO_PATH]
    missing = [
        str(row) for row, app in routed if str(row.status) not in paths[app.path][app.method.lower()]["responses"]
    ]
    assert missing == []


def test_the_table_has_every_code_of_the_code() -> None:
    rows = {(row.status, row.type, row.code) for row in TABLE} | EVERYWHERE
    assert {found for found in error_codes() if found[2] not in NO_REQUEST | IN_OTHER_TESTS} == rows


def test_the_table_has_every_code_of_a_detail() -> None:
    shown = {row.detail[1] for row in TABLE if row.detail} | {"FIELD_UNKNOWN"}
    elsewhere = {"RESOURCE_TOO_LARGE", *IN_OTHER_TESTS, *OF_WARNINGS}
    assert constants() - {code for _, _, code in error_codes()} - elsewhere - shown == set()


def test_the_table_has_every_code_of_the_contract() -> None:
    answered = constants() | {code for _, _, code in error_codes()}
    assert set(CONTRACT.split()) - answered == NEVER_ANSWERED


def test_a_conflict_says_where_the_existing_resource_is(business: Business) -> None:
    for file, body, path in (
        (CREATE, invoice(invoice_number="TAKEN-1"), f"invoices/{business.numbered_id}"),
        (CUSTOMER, {"id": business.customer_id, "name": "B"}, f"customers/{business.customer_id}"),
    ):
        error = business.ask(file, body).error
        assert error["existing_resource"] == f"https://api.example.com/v1/invoicing/{path}"


def test_a_state_says_what_is_possible(business: Business) -> None:
    error = business.ask(VOID, {}, invoice_id=business.void_id).error
    assert (error["status"], error["possible_actions"]) == ("cancelled", ["duplicate"])
