"""docs/reference/limits.md says what the code does."""

import re
from typing import Any

from pydantic import TypeAdapter

from invoicing.api import bulk, list_page, list_parameters, query, request
from invoicing.api.inputs import (
    accounts,
    adjustments,
    bank_accounts,
    customers,
    exchange_rates,
    fields,
    imports,
    invoice_actions,
    invoices,
    line_particulars,
    lines,
    particulars,
    parties,
    rounding,
    taxes,
    templates,
)
from invoicing.api.inputs.bulk import MOST_ITEMS
from invoicing.api.queries import search
from invoicing.api.queries.ledger import MOST_ROWS
from invoicing.domain.access.caller import STANDARD_LIMIT
from invoicing.domain.access.key_roster import MOST_KEYS
from invoicing.domain.deliveries.delivery import MOST_EVENTS
from invoicing.domain.errors import MOST_DETAILS
from invoicing.domain.exports import export
from invoicing.domain.files.attachment import MOST_ATTACHED
from invoicing.domain.files.checking import MOST_UNPACKED
from invoicing.domain.files.file import ALLOWED, Purpose
from invoicing.domain.imports import imported_invoice
from invoicing.domain.imports.data_import import MOST_ROWS as MOST_IMPORTED_ROWS
from invoicing.domain.imports.records import LONGEST_RECORD
from invoicing.domain.invoices.particulars import MOST_YEARS
from invoicing.domain.invoices.scheduled_send import LONGEST_WAIT
from invoicing.domain.invoices.settlement import MOST_PAYMENTS
from invoicing.domain.late_fees import late_fee
from invoicing.domain.late_fees.fee_invoice import MOST_LATE_FEES
from invoicing.domain.lists.metadata import MOST_SEARCHABLE
from invoicing.domain.lists.search import LONGEST, MOST_WORDS
from invoicing.domain.money.amounts import MAX_DIGITS, MAX_MINOR_UNITS
from invoicing.domain.numbering.settings import LONGEST_PATTERN, MOST_SERIES
from invoicing.domain.parties.account import MOST_RETENTION_YEARS
from invoicing.domain.parties.logo import MOST_PIXELS
from invoicing.domain.payments.allocation import MOST_INVOICES
from invoicing.domain.portal.portal_link import MOST_DAYS, MOST_REQUESTS
from invoicing.domain.recurring.creating import MOST_OCCURRENCES
from invoicing.domain.recurring.progress import MOST_AT_ONCE
from invoicing.domain.recurring.rule import MOST_INTERVAL
from invoicing.domain.reminders.customer_reminder import MOST_NAMED
from invoicing.domain.reminders.settings import MOST_ENTRIES, MOST_STEPS
from invoicing.domain.templates.template import MOST_LANGUAGES as MOST_TEXT_LANGUAGES
from invoicing.domain.templates.template import MOST_TEMPLATES
from invoicing.domain.test_clocks.period import LONGEST_ADVANCE
from invoicing.domain.webhooks.replay import LONGEST_REPLAY
from invoicing.domain.webhooks.webhook import MOST_PATTERNS, MOST_WEBHOOKS
from invoicing.exact_json import MOST_DIGITS
from invoicing.operations.customers.get_customer_statement import MOST_MOVEMENTS
from invoicing.operations.events import list_events
from invoicing.operations.lists.query import MOST_CANDIDATES
from invoicing.operations.lists.related import MOST_RELATED
from invoicing.operations.reports import _asked, get_forecast_report, get_revenue_report
from invoicing.operations.unit_of_work.unit_of_work import PATIENCE
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.kinds.deliveries import DELIVERIES_KEPT
from invoicing.storage.kinds.invoices import MAX_NEW_INVOICE_BYTES
from invoicing.storage.ledger_page import MOST_EXAMINED
from invoicing_documents.email.reminder_email import MOST_LISTED, MOST_PDFS
from invoicing_documents.report_charts import MOST_BARS
from tests.template import ROOT


def schema(kind: Any) -> dict[str, Any]:
    found: dict[str, Any] = TypeAdapter(kind).json_schema()
    return found


def longest(kind: Any) -> int:
    return int(schema(kind)["maxLength"])


def limits_of_texts() -> list[int]:
    """The largest number of every row about bodies and texts, in order."""
    return [
        request.MAX_BODY_BYTES,
        lines.MAX_LINES,
        MAX_NEW_INVOICE_BYTES,
        item_codec.MAX_BYTES,
        longest(fields.Description),
        line_particulars.LONGEST_NOTE,
        line_particulars.MOST_CLASSIFICATIONS,
        line_particulars.MOST_ATTRIBUTES,
        longest(fields.Text),
        longest(fields.Name),
        longest(parties.Website),
        longest(parties.LegalInformation),
        longest(fields.Email),
        longest(fields.Word),
        longest(invoices.InvoiceNumber),
        longest(customers.OwnId),
        LONGEST_PATTERN,
    ]


def limits_of_lists() -> list[int]:
    """The largest number of every row about lists, files and metadata, in order."""
    metadata = schema(fields.Metadata)
    return [
        schema(fields.Emails)["maxItems"],
        accounts.MOST_COPIES,
        schema(parties.TaxIds)["maxItems"],
        bank_accounts.MOST_BANK_ACCOUNTS,
        accounts.MOST_LANGUAGES,
        taxes.MOST_TAXES,
        adjustments.MOST_ADJUSTMENTS,
        particulars.MOST_PRECEDING,
        particulars.MOST_CODED_NOTES,
        particulars.MOST_CUSTOM_FIELDS,
        MOST_YEARS,
        longest(particulars.Title),
        longest(particulars.FieldName),
        schema(invoices.Attachments)["maxItems"],
        MOST_ATTACHED,
        ALLOWED[Purpose.ATTACHMENT].size,
        MOST_PIXELS,
        ALLOWED[Purpose.IMPORT].size,
        longest(imports.Data),
        MOST_UNPACKED,
        MOST_DAYS,
        accounts.MOST_LINK_DAYS,
        MOST_REQUESTS,
        metadata["maxProperties"],
        MOST_SEARCHABLE,
        MOST_RETENTION_YEARS,
        metadata["propertyNames"]["maxLength"],
        metadata["additionalProperties"]["maxLength"],
    ]


def limits_of_numbers() -> list[int]:
    """The largest number of the rows about numbers."""
    return [
        schema(fields.Quantity)["maximum"],
        schema(fields.UnitPrice)["maximum"],
        fields.MAX_DECIMALS,
        fields.MAX_PRICE_DECIMALS,
        MAX_DIGITS,
        MAX_MINOR_UNITS,
        schema(adjustments.Percentage)["maximum"],
        late_fee.MOST_PERCENT,
        late_fee.MOST_GRACE_DAYS,
        late_fee.MOST_RATES,
        late_fee.MOST_TIERS,
        rounding.LARGEST_CASH_STEP,
        LONGEST_ADVANCE.months,
        LONGEST_WAIT.days,
        schema(exchange_rates.Rate)["maximum"],
    ]


def limits_of_responses() -> list[int]:
    """The largest number of the other rows."""
    return [
        MOST_ITEMS,
        round(PATIENCE),
        bulk.MOST_BYTES,
        MOST_DETAILS,
        list_parameters.MOST_PER_PAGE,
        query.MOST_EXPANDED_ITEMS,
        query.MOST_VALUES,
        dict(query.TEXT.schema)["maxLength"],
        search.LONGEST,
        list_page.MOST_BYTES,
        MOST_MOVEMENTS,
        MOST_ROWS,
        255,
        STANDARD_LIMIT,
    ]


def limits() -> list[int]:
    """The largest number of every row, in order."""
    return [*limits_of_texts(), *limits_of_lists(), *limits_of_numbers(), MOST_DIGITS, *limits_of_responses()]


def documented(text: str) -> list[int]:
    """The last number in the second cell of every row."""
    rows = [row for row in text.splitlines() if row.startswith("| ")][1:]
    cells = [row.split(" | ")[1] for row in rows]
    return [int(re.findall(r"[\d,]+", cell)[-1].replace(",", "")) for cell in cells]


def test_the_page_has_the_limits_of_the_code() -> None:
    assert documented((ROOT / "docs" / "reference" / "limits.md").read_text()) == limits()


def test_the_page_has_the_limits_of_what_an_account_holds() -> None:
    text = (ROOT / "docs" / "reference" / "limits.md").read_text()
    items = [line for line in text.splitlines() if line.startswith("- ")]
    assert [[int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", item)] for item in items] == [
        [MOST_PAYMENTS, 422],
        [MOST_LATE_FEES, 409],
        [MOST_INVOICES, 422],
        [MOST_KEYS["live"], MOST_KEYS["test"], 409],
        [MOST_SERIES, 409],
        [MOST_TEMPLATES, 409, templates.LONGEST_LABEL, MOST_TEXT_LANGUAGES],
        [MOST_WEBHOOKS, 409, MOST_PATTERNS, LONGEST_REPLAY.days],
        [MOST_ENTRIES, MOST_STEPS, 422],
        [MOST_NAMED],
        [MOST_INTERVAL, MOST_OCCURRENCES, MOST_AT_ONCE, 422],
        [MOST_CANDIDATES, 400],
        [MOST_RELATED, 400],
        [MOST_CANDIDATES, 400],
        [MOST_WORDS, LONGEST],
        [MOST_IMPORTED_ROWS, LONGEST_RECORD, imported_invoice.MOST_PAYMENTS],
        [export.MOST_AT_ONCE, export.MOST_BYTES],
        [_asked.MOST_YEARS, get_revenue_report.MOST_PERIODS, MOST_BARS, 400, get_forecast_report.MOST_DAYS],
        [MOST_EXAMINED, 400],
        [MOST_EVENTS, DELIVERIES_KEPT.days],
        [list_events.MOST_EXAMINED],
        [MOST_LISTED, MOST_PDFS],
    ]


def test_fields_that_share_a_row_share_a_limit() -> None:
    assert adjustments.MOST_WITHHOLDINGS == taxes.MOST_TAXES
    assert adjustments.MOST_PREPAYMENTS == adjustments.MOST_ADJUSTMENTS
    assert longest(fields.AddressPart) == longest(fields.Name)
    assert schema(fields.Amount)["maximum"] == schema(fields.UnitPrice)["maximum"]
    assert schema(invoice_actions.Recipients)["anyOf"][1]["maxItems"] == schema(fields.Emails)["maxItems"]
    assert request._IDEMPOTENCY_KEY.fullmatch("k" * 255)
    assert not request._IDEMPOTENCY_KEY.fullmatch("k" * 256)


def test_documented_reads_the_last_number_of_a_row() -> None:
    assert documented("| what | limit | beyond it |\n|---|---|---|\n| lines | 1 to 5,000 | 422 |") == [5000]
