"""Charging late fees on demand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.late_fees.late_fee import LateFee, Tier
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from tests.books import assert_books_balance, current, issue, pay
from tests.builders import an_account, an_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.charging import a_business, charge, fees_of, interest, local, percentage


def late(office: Office, price: str, issued: str, due: str, **overrides: Any) -> Invoice:
    """An invoice of a day, due on another."""
    local(office, issued, "08:00")
    return issue(office, price, due_date=date.fromisoformat(due), **overrides)


class TestOnDemand:
    def test_a_paid_invoice_is_charged_for_the_days_it_was_late(self, office: Office, store: FakeStore) -> None:
        """Its 45 days from 2 April to 16 May come to 12.51, half a month after it was paid."""
        a_business(store, interest())
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        local(office, "2026-05-16", "12:00")
        pay(office, invoice, "1000")
        local(office, "2026-06-01", "12:00")
        fee = charge(office, invoice)
        assert (fee.status, fee.late_fee_of, fee.total, fee.tax) == (Status.SENT, invoice.id, 1251, 0)
        assert fee.issue_date == fee.due_date == date(2026, 6, 1)
        assert (fee.number, fee.currency, fee.buyer.id) == ("INV-2026-002", "EUR", invoice.buyer.id)
        (line,) = fee.lines
        assert line.description == (
            "Late payment interest, INV-2026-001: 2026-04-02 – 2026-05-16 (1000.00 EUR × 10.15 % × 45 / 365)"
        )
        assert [group.category for group in fee.tax_breakdown] == ["O"]
        assert fee.tax_breakdown[0].exemption_reasons == ("Outside the scope of tax",)
        original = current(store, invoice)
        assert [tuple(each) for each in original.late_fees] == [
            ("daily_interest", "once", date(2026, 5, 16), 1251, fee.id)
        ]
        assert (original.status, original.amount_due, original.content_hash) == (Status.PAID, 0, invoice.content_hash)
        assert_books_balance(store)

    def test_both_are_written_in_one_commit_after_two_reads(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest())
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        local(office, "2026-06-01")
        reads, commits = store.reads, store.commits
        charge(office, invoice)
        assert (store.reads - reads, store.commits - commits) == (2, 1)
        assert store.event_types()[-3:] == ["invoice.created", "invoice.sent", "invoice.updated"]

    def test_what_was_charged_is_not_charged_again(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest(period="P1M"))
        invoice = late(office, "2000", "2027-01-04", "2027-01-31")
        local(office, "2027-04-02")
        first = charge(office, invoice)
        assert [line.description.split(": ")[1][:23] for line in first.lines] == [
            "2027-02-01 – 2027-02-28", "2027-03-01 – 2027-03-31",
        ]  # fmt: skip
        with pytest.raises(Conflict) as refused:
            charge(office, invoice)
        assert (refused.value.code, "2027-05-01" in str(refused.value)) == ("NOTHING_TO_CHARGE", True)
        local(office, "2027-05-01")
        second = charge(office, invoice)
        # 2,000.00 for 89 days, rounded once: the fees add up to it.
        assert first.total + second.total == round(Decimal(2000 * 89) * Decimal("10.15") / 365)
        assert len(current(store, invoice).late_fees) == 3

    def test_the_balance_of_the_invoice_itself_counts(self, office: Office, store: FakeStore) -> None:
        """The fee of the second month is 30.00, not 30.45: an unpaid fee bears none."""
        a_business(store, percentage(period="P1M"))
        invoice = late(office, "2000", "2027-01-04", "2027-01-31")
        totals = []
        for day in ("2027-03-01", "2027-04-01", "2027-05-01", "2027-06-01"):
            local(office, day)
            totals.append(charge(office, invoice).total)
        assert totals == [3000] * 4
        fee = fees_of(store, invoice)[0]
        local(office, "2027-12-01")
        with pytest.raises(Conflict, match="itself an invoice for late fees"):
            charge(office, fee)

    def test_a_voided_fee_stays_charged(self, office: Office, store: FakeStore) -> None:
        a_business(store, percentage())
        invoice = late(office, "2000", "2027-01-04", "2027-01-31")
        local(office, "2027-03-01")
        fee = charge(office, invoice)
        office.run_use_case(lambda uow: void_invoice(uow, fee.id, "Waived"))
        with pytest.raises(Conflict, match="charged already"):
            charge(office, invoice)

    def test_the_revised_fee_bears_none_either(self, office: Office, store: FakeStore) -> None:
        a_business(store, percentage())
        invoice = late(office, "2000", "2027-01-04", "2027-01-31")
        local(office, "2027-03-01")
        fee = charge(office, invoice)
        revision = office.run_use_case(lambda uow: revise_invoice(uow, fee.id, None))
        assert revision.draft.late_fee_of == invoice.id

    def test_a_fixed_sum_stands_beside_interest(self, office: Office, store: FakeStore) -> None:
        """5,000.00 at 12.25 % for 101 days is 169.49, with 70.00 for a debt of this size 239.49."""
        a_business(store, interest("12.25"))
        invoice = late(office, "5000", "2026-03-02", "2026-04-01")
        local(office, "2026-07-11")
        steps = ((0, 40), (1000, 70), (10000, 100))
        tiers = tuple(Tier(Decimal(least), Decimal(value)) for least, value in steps)
        both = charge(office, invoice), charge(office, invoice, LateFee(type="fixed", tiers=tiers))
        assert [fee.total for fee in both] == [16949, 7000]
        assert both[1].lines[0].description.startswith("Late fee, INV-2026-001: ")

    @pytest.mark.parametrize(("amount", "fee"), [("999.99", 4000), ("1000", 7000), ("9999.99", 7000), ("10000", 10000)])
    def test_a_part_payment_does_not_lower_the_tier(
        self, office: Office, store: FakeStore, amount: str, fee: int
    ) -> None:
        steps = ((0, 40), (1000, 70), (10000, 100))
        tiers = tuple(Tier(Decimal(least), Decimal(value)) for least, value in steps)
        a_business(store, LateFee(type="fixed", tiers=tiers))
        invoice = late(office, amount, "2026-03-02", "2026-04-01")
        local(office, "2026-04-20")
        pay(office, invoice, "990")
        assert charge(office, invoice).total == fee

    @pytest.mark.parametrize("case", [("JPY", "100000", "3", 247), ("KWD", "1000", "8", 6575)])
    def test_currencies_with_other_decimals(
        self, office: Office, store: FakeStore, case: tuple[str, str, str, int]
    ) -> None:
        currency, price, percent, total = case
        a_business(store, interest(percent))
        invoice = late(office, price, "2026-03-02", "2026-04-01", currency=currency)
        local(office, "2026-05-01")
        fee = charge(office, invoice)
        assert (fee.total, fee.currency) == (total, currency)

    def test_a_due_date_before_the_issue_counts_from_the_issue(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest("36.5"))
        invoice = late(office, "1000", "2026-11-20", "2024-02-15")
        local(office, "2026-11-30")
        assert charge(office, invoice).total == 1000, "ten days, from 21 November"

    def test_the_customers_late_fee_takes_the_place_of_the_accounts(self, office: Office, store: FakeStore) -> None:
        a_business(store, percentage("1"), late_fee=percentage("2"))
        invoice = late(office, "100", "2026-03-02", "2026-04-01")
        local(office, "2026-05-01")
        assert charge(office, invoice).total == 200
        assert current(store, invoice).late_fees[0].type == "percentage"

    def test_the_tax_is_the_accounts_choice(self, office: Office, store: FakeStore) -> None:
        a_business(store, percentage("10", tax_rate=Decimal("0.19"), tax_category="S"))
        invoice = late(office, "100", "2026-03-02", "2026-04-01")
        local(office, "2026-05-01")
        fee = charge(office, invoice)
        assert (fee.subtotal, fee.tax, fee.total) == (1000, 190, 1190)
        assert current(store, invoice).late_fees[0].amount == 1000

    def test_in_the_language_of_the_late_invoice(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest())
        invoice = late(office, "1000", "2026-03-02", "2026-04-01", locale="de-AT")
        local(office, "2026-05-01")
        fee = charge(office, invoice)
        assert (fee.locale, fee.lines[0].description[:14]) == ("de-AT", "Verzugszinsen,")


class TestEmail:
    @pytest.mark.parametrize(("send_email", "address", "mails"), [
        (None, "a@x.example", 1), (None, None, 0), (True, "a@x.example", 1), (False, "a@x.example", 0),
    ])  # fmt: skip
    def test_it_is_mailed_where_there_is_an_address(
        self, office: Office, store: FakeStore, send_email: bool | None, address: str | None, mails: int
    ) -> None:
        a_business(store, interest(), email="first@x.example")
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        a_business(store, interest(), email=address, has_invoices=True)
        before = len(store.all(Delivery))
        local(office, "2026-05-01")
        fee = charge(office, invoice, send_email=send_email)
        deliveries = store.all(Delivery)[before:]
        assert [(each.document_id, each.to) for each in deliveries] == [(fee.id, (address,))] * mails

    def test_nothing_is_issued_where_a_mail_that_is_asked_for_has_no_address(
        self, office: Office, store: FakeStore
    ) -> None:
        a_business(store, interest())
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        a_business(store, interest(), email=None, has_invoices=True)
        local(office, "2026-05-01")
        with pytest.raises(ValidationFailed) as refused:
            charge(office, invoice, send_email=True)
        assert refused.value.details[0].code == "RECIPIENT_MISSING"
        assert fees_of(store, invoice) == []


def why(office: Office, invoice: Invoice, late_fee: LateFee | None = None) -> str:
    """What a refusal says."""
    with pytest.raises(Conflict) as refused:
        charge(office, invoice, late_fee)
    assert refused.value.code == "NOTHING_TO_CHARGE"
    return str(refused.value).removeprefix("No late fee can be charged: ")


class TestNothingToCharge:
    def test_on_the_due_date_and_without_a_late_fee(self, office: Office, store: FakeStore) -> None:
        a_business(store)
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        local(office, "2026-04-01", "23:59")
        assert why(office, invoice).startswith("neither the customer nor the account has one")
        assert why(office, invoice, interest()) == "nothing was due after the due date."
        assert why(office, invoice, LateFee(type="none")).startswith("the customer is exempt")

    def test_paid_on_the_due_date(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest())
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        local(office, "2026-04-01", "23:59")
        pay(office, invoice, "1000")
        local(office, "2026-12-01")
        assert why(office, invoice) == "nothing was due after the due date."

    def test_grace_delays_and_forgives_nothing(self, office: Office, store: FakeStore) -> None:
        """No fee before 11 April, then eleven days; of what was paid on the 10th, none at all."""
        a_business(store, interest("36.5", grace_days=10))
        unpaid, paid = (late(office, "1000", "2026-03-02", "2026-03-31") for _ in range(2))
        local(office, "2026-04-10", "23:59")
        assert why(office, unpaid) == "it can be charged from 2026-04-11 on, after the days of grace."
        pay(office, paid, "1000")
        local(office, "2026-04-11")
        assert charge(office, unpaid).total == 1100
        assert why(office, paid) == "the invoice was paid within the days of grace."

    def test_less_than_the_smallest_unit(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest("0.01"))
        invoice = late(office, "1", "2026-03-02", "2026-04-01")
        local(office, "2026-04-02")
        assert why(office, invoice) == "the fee comes to 0."

    def test_the_maximum(self, office: Office, store: FakeStore) -> None:
        a_business(store, percentage("10", period="P7D", maximum=Decimal(15)))
        invoice = late(office, "100", "2026-03-02", "2026-04-01")
        local(office, "2026-05-01")
        assert charge(office, invoice).total == 1500
        assert why(office, invoice) == "the fees of the invoice have reached their maximum."

    def test_drafts_and_cancelled_invoices(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest())
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        office.run_use_case(lambda uow: void_invoice(uow, invoice.id, None))
        local(office, "2026-05-01")
        assert why(office, invoice) == "the invoice is cancelled."
        draft = an_invoice(id="inv_draft")
        store.keep(draft)
        assert why(office, draft) == "the invoice is not issued."

    def test_other_errors(self, office: Office, store: FakeStore) -> None:
        a_business(store, interest())
        invoice = late(office, "1000", "2026-03-02", "2026-04-01")
        local(office, "2026-05-01")
        with pytest.raises(PreconditionFailed):
            charge(office, invoice, if_version=7)
        with pytest.raises(NotFound):
            charge(office, an_invoice(id="inv_404"))
        store.keep(an_account(currency="EUR", late_fee=interest(), books_locked_until=date(2026, 5, 1)))
        with pytest.raises(Conflict) as locked:
            charge(office, invoice)
        assert locked.value.code == "PERIOD_LOCKED"
        a_business(store, interest(), archived_at=office.now)
        with pytest.raises(ValidationFailed) as archived:
            charge(office, invoice)
        assert archived.value.code == "INVALID_CUSTOMER"
        assert fees_of(store, invoice) == []
