"""Drafts: what follows from the client, the customer and the account."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.drafting import draft_invoice
from invoicing.domain.invoices.duplicating import duplicate_of
from invoicing.domain.invoices.invoice import Invoice, Status
from tests.builders import NOW, a_customer, a_line, a_new_invoice, an_account, an_invoice


@pytest.mark.parametrize(
    ("invoice", "customer", "expected"), [("CHF", "GBP", "CHF"), (None, "GBP", "GBP"), (None, None, "USD")]
)
def test_the_currency_is_the_invoices_else_the_customers_else_the_accounts(
    invoice: str | None, customer: str | None, expected: str
) -> None:
    assert an_invoice(a_new_invoice(currency=invoice), customer=a_customer(currency=customer)).currency == expected


@pytest.mark.parametrize(
    ("invoice", "customer", "expected"), [("fr", "de", "fr"), (None, "de", "de"), (None, None, "en")]
)
def test_the_locale_is_the_invoices_else_the_customers_else_the_accounts(
    invoice: str | None, customer: str | None, expected: str
) -> None:
    assert an_invoice(a_new_invoice(locale=invoice), customer=a_customer(locale=customer)).locale == expected


@pytest.mark.parametrize(
    ("invoice", "customer", "terms", "due"),
    [
        ("Net 7", "Net 14", "Net 7", date(2026, 11, 29)),
        (None, "Net 14", "Net 14", date(2026, 12, 6)),
        (None, None, "Net 30", date(2026, 12, 22)),
    ],
)
def test_the_terms_are_the_invoices_else_the_customers_else_the_accounts(
    invoice: str | None, customer: str | None, terms: str, due: date
) -> None:
    draft = an_invoice(a_new_invoice(payment_terms=invoice), customer=a_customer(payment_terms=customer))
    assert (draft.payment_terms, draft.due_date) == (terms, due)


def test_terms_that_did_not_make_the_due_date_are_not_printed() -> None:
    customer = a_customer(payment_terms="Net 14")
    assert an_invoice(a_new_invoice(due_date=date(2026, 12, 1)), customer=customer).payment_terms is None
    given = a_new_invoice(due_date=date(2026, 12, 1), payment_terms="By 1 December")
    assert an_invoice(given, customer=customer).payment_terms == "By 1 December"


def test_today_is_today_where_the_account_is() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    def issued_in(time_zone: str) -> date:
        account = an_account(time_zone=time_zone)
        return draft_invoice(a_new_invoice(), account, a_customer(), new_id=str, now=late).issue_date

    assert issued_in("UTC") == date(2026, 12, 31)
    assert issued_in("Asia/Tokyo") == date(2027, 1, 1)


def test_an_issue_date_that_nobody_gave_is_today_even_past_the_due_date() -> None:
    for due_date in (date(2026, 10, 1), date(2027, 10, 1)):
        draft = an_invoice(a_new_invoice(due_date=due_date))
        assert (draft.issue_date, draft.due_date) == (date(2026, 11, 22), due_date)


def test_the_duplicate_of_an_invoice_that_was_due_before_its_issue_is_due_today() -> None:
    original = an_invoice(a_new_invoice(due_date=date(2026, 10, 1)))
    assert duplicate_of(original, date(2026, 12, 1)).due_date == date(2026, 12, 1)


def test_lines_without_a_tax_rate_have_the_invoices() -> None:
    draft = an_invoice(a_new_invoice(a_line(), a_line(tax_rate="0"), tax_rate=Decimal("0.19")))
    assert [line.tax_rate for line in draft.lines] == [Decimal("0.19"), Decimal(0)]
    assert draft.tax == 1900
    assert draft.tax_rate == Decimal("0.19")


def test_without_any_tax_rate_there_is_no_tax() -> None:
    draft = an_invoice(a_new_invoice(a_line()))
    assert (draft.tax_rate, draft.lines[0].tax_rate, draft.tax) == (None, Decimal(0), 0)


def test_lines_keep_their_order_and_have_identifiers_of_their_own() -> None:
    draft = an_invoice(a_new_invoice(*(a_line(description=f"line {index}") for index in range(500))))
    assert [line.description for line in draft.lines] == [f"line {index}" for index in range(500)]
    assert len({line.id for line in draft.lines}) == 500


def test_a_draft_has_what_the_client_said_and_a_copy_of_the_customer() -> None:
    new = a_new_invoice(
        number="OWN-1",
        notes="Thanks",
        purchase_order="PO-7",
        metadata={"a": "b"},
        email_subject="Hi",
        email_message="!",
    )
    customer = a_customer(cc_emails=("boss@initech.example",), version=4)
    draft = an_invoice(new, customer=customer)
    assert (draft.number, draft.notes, draft.purchase_order) == ("OWN-1", "Thanks", "PO-7")
    assert (draft.metadata, draft.email_subject, draft.email_message) == ({"a": "b"}, "Hi", "!")
    assert draft.buyer == customer.as_buyer()
    assert (draft.buyer.version, draft.buyer.cc_emails) == (4, ("boss@initech.example",))


def test_a_draft_is_not_yet_anything_more() -> None:
    draft: Invoice = an_invoice()
    assert (draft.status, draft.version, draft.revision) == (Status.DRAFT, 1, 1)
    assert (draft.seller, draft.page_token, draft.sent_at, draft.amount_paid) == (None, None, None, 0)
    assert draft.created_at == draft.updated_at == NOW


def test_an_invoice_of_another_account_shares_nothing_with_it() -> None:
    draft = an_invoice(by=an_account(account="acc_1#test"))
    assert draft.account == "acc_1#test"


def test_a_draft_whose_total_would_be_negative_is_refused() -> None:
    with pytest.raises(ValidationFailed) as refused:
        an_invoice(a_new_invoice(a_line("1", "-0.01")))
    assert [detail.code for detail in refused.value.details] == ["TOTAL_NEGATIVE"]
