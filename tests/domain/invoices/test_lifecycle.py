"""What may happen to an invoice in each of its states."""

from datetime import date, timedelta

import pytest

from invoicing.domain.errors import Conflict, PreconditionFailed
from invoicing.domain.invoices.invoice import Invoice, InvoicePayment, Status
from invoicing.domain.invoices.lifecycle import (
    POSSIBLE,
    TRANSITIONS,
    is_issued,
    is_overdue,
    issue,
    mark_viewed,
    possible_actions,
    require,
    require_version,
    void,
)
from invoicing.domain.invoices.settlement import apply_refund, pay
from invoicing.domain.money.exchange import Exchange
from tests.builders import NOW, a_customer, a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice

LATER = NOW + timedelta(days=1)
UNCANCELLED = [status for status in Status if status is not Status.CANCELLED]


def in_status(status: Status) -> Invoice:
    return an_invoice() if status is Status.DRAFT else an_issued_invoice(status=status)


CONTRACT = [
    ("send", {Status.DRAFT}, Status.SENT),
    ("void", set(UNCANCELLED), Status.CANCELLED),
    ("view", {Status.SENT}, Status.VIEWED),
]
"""The contract's table, as far as it is built: event, the states it changes, and the state that follows."""


PART, REST = 100000, 83600
AMOUNT_CHANGES_OF_CONTRACT = [
    ("pay", {Status.SENT, Status.VIEWED, Status.OVERDUE}, PART, Status.PARTIALLY_PAID),
    ("pay", {Status.SENT, Status.VIEWED, Status.OVERDUE}, PART + REST, Status.PAID),
    ("pay", {Status.PARTIALLY_PAID}, REST, Status.PAID),
    ("refund", {Status.PAID}, 1, Status.PARTIALLY_PAID),
    ("refund", {Status.PARTIALLY_PAID}, 1, Status.PARTIALLY_PAID),
    ("refund", {Status.PAID, Status.PARTIALLY_PAID}, None, Status.SENT),
]
"""The rows whose state follows from the amounts: event, states before, amount (None: all paid), state after."""


def paid_to(status: Status) -> Invoice:
    """An invoice with the payments that its status says."""
    amount = {Status.PARTIALLY_PAID: PART, Status.PAID: PART + REST}.get(status)
    return settle("pay", in_status(Status.SENT), amount) if amount else in_status(status)


def settle(event: str, invoice: Invoice, amount: int | None) -> Invoice:
    """The invoice after a payment, or after its first payment was given back."""
    if event == "refund":
        return apply_refund(invoice, "pay_1", amount or invoice.amount_paid, "UTC", LATER)
    payment = InvoicePayment(
        payment_id="pay_1", amount=amount or 0, method="cash", payment_date=NOW.date(), created_at=NOW
    )
    return pay(invoice, payment, LATER)


@pytest.mark.parametrize(("event", "before", "amount", "after"), AMOUNT_CHANGES_OF_CONTRACT)
def test_the_rows_of_payments_and_refunds_are_the_contracts(
    event: str, before: set[Status], amount: int | None, after: Status
) -> None:
    assert {settle(event, paid_to(status), amount).status for status in before} == {after}
    assert {TRANSITIONS[status][event] for status in before} == before, "the amounts decide what follows"


def test_only_what_is_paid_goes_back_and_no_client_can_ask_for_it() -> None:
    paid = {Status.PAID, Status.PARTIALLY_PAID, Status.CANCELLED}  # what was paid stays on a revised invoice
    assert {status for status in Status if "refund" in TRANSITIONS[status]} == paid
    assert not any("refund" in POSSIBLE[status] for status in Status)


def test_every_status_says_what_is_possible() -> None:
    assert set(POSSIBLE) == set(TRANSITIONS) == set(Status)


@pytest.mark.parametrize(("event", "changed", "after"), CONTRACT)
def test_the_table_is_the_contracts(event: str, changed: set[Status], after: Status) -> None:
    follows = {status: events[event] for status, events in TRANSITIONS.items() if event in events}
    assert {status for status, following in follows.items() if following is not status} == changed
    assert {follows[status] for status in changed} == {after}


def test_only_drafts_are_changed_or_deleted_and_anything_can_be_duplicated() -> None:
    assert {status for status in Status if POSSIBLE[status] & {"update", "delete"}} == {Status.DRAFT}
    assert all("duplicate" in POSSIBLE[status] for status in Status)
    assert not any("view" in POSSIBLE[status] for status in Status)


def test_a_draft_with_a_number_of_the_series_can_be_voided_but_not_deleted() -> None:
    numbered = an_invoice(number="INV-2026-001")
    assert possible_actions(an_invoice()) - possible_actions(numbered) == {"delete"}
    assert "delete" in possible_actions(an_invoice(a_new_invoice(number="OWN-1")))
    with pytest.raises(Conflict, match="this invoice: its number was assigned by the series"):
        require(numbered, "delete")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SENT, Status.VIEWED, Status.OVERDUE])
def test_voiding_cancels_and_leaves_what_was_issued_alone(status: Status) -> None:
    before = in_status(status)
    after = void(before, "Billed twice", LATER)
    assert (after.status, after.voided_at, after.void_reason) == (Status.CANCELLED, LATER, "Billed twice")
    assert (after.number, after.revision, after.version) == (before.number, before.revision, before.version + 1)


@pytest.mark.parametrize("status", [Status.PAID, Status.PARTIALLY_PAID, Status.CANCELLED])
def test_what_is_paid_or_cancelled_cannot_be_voided(status: Status) -> None:
    with pytest.raises(Conflict) as refused:
        void(paid_to(status), None, LATER)
    assert ("Refund its payments first." in refused.value.message) is (status is not Status.CANCELLED)


def test_an_invoice_of_0_that_nobody_paid_can_be_voided() -> None:
    free = an_issued_invoice(a_new_invoice(a_line("1", "0")))
    assert (free.total, free.status, free.paid_date) == (0, Status.PAID, None)
    assert void(free, None, LATER).status is Status.CANCELLED


@pytest.mark.parametrize("status", UNCANCELLED)
def test_any_invoice_that_is_not_cancelled_may_be_sent(status: Status) -> None:
    require(in_status(status), "send")


def test_a_cancelled_invoice_cannot_be_sent() -> None:
    with pytest.raises(Conflict) as refused:
        require(in_status(Status.CANCELLED), "send")
    assert refused.value.code == "INVALID_INVOICE_STATE"
    assert refused.value.extra == {"status": "cancelled", "possible_actions": ["duplicate", "rotate_link"]}


@pytest.mark.parametrize("status", list(Status))
def test_no_state_allows_an_action_that_does_not_exist(status: Status) -> None:
    with pytest.raises(Conflict) as refused:
        require(in_status(status), "shred")
    assert refused.value.extra["possible_actions"] == sorted(possible_actions(in_status(status)))


def test_a_change_of_another_version_than_the_current_one_is_refused() -> None:
    invoice = an_invoice(version=3)
    require_version(invoice, 3)
    require_version(invoice, None)
    for other in (0, 2, 4):
        with pytest.raises(PreconditionFailed) as refused:
            require_version(invoice, other)
        assert refused.value.code == "ETAG_MISMATCH"


def test_issuing_copies_the_parties_and_leaves_the_figures_alone() -> None:
    draft = an_invoice()
    seller, buyer = an_account(name="New Name").as_seller("USD", "en"), a_customer(name="Renamed", version=9).as_buyer()
    exchange = Exchange(base="EUR")
    issued = issue(
        draft,
        number="INV-2026-009",
        seller=seller,
        buyer=buyer,
        page_token="t",
        now=LATER,
        exchange=exchange,
        time_zone="UTC",
    )
    assert (issued.status, issued.number, issued.page_token) == (Status.SENT, "INV-2026-009", "t")
    assert (issued.seller, issued.buyer, issued.exchange) == (seller, buyer, exchange)
    assert (issued.sent_at, issued.updated_at, issued.created_at) == (LATER, LATER, NOW)
    assert (issued.lines, issued.total, issued.issue_date, issued.due_date) == (
        draft.lines, draft.total, draft.issue_date, draft.due_date,
    )  # fmt: skip
    assert not is_issued(draft)
    assert is_issued(issued)


def test_opening_a_sent_invoice_makes_it_viewed() -> None:
    sent = in_status(Status.SENT)
    opened = mark_viewed(sent, LATER)
    assert opened is not None
    assert (opened.status, opened.viewed_at, opened.version) == (Status.VIEWED, LATER, sent.version + 1)
    assert opened.revision == sent.revision


@pytest.mark.parametrize("status", [Status.OVERDUE, Status.PARTIALLY_PAID, Status.PAID])
def test_an_overdue_or_paid_invoice_keeps_its_status_when_it_is_opened(status: Status) -> None:
    opened = mark_viewed(in_status(status), LATER)
    assert opened is not None
    assert (opened.status, opened.viewed_at) == (status, LATER)


@pytest.mark.parametrize("status", [Status.SENT, Status.VIEWED, Status.OVERDUE, Status.PARTIALLY_PAID, Status.PAID])
def test_only_the_first_opening_counts(status: Status) -> None:
    assert mark_viewed(an_issued_invoice(status=status, viewed_at=NOW), LATER) is None


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CANCELLED])
def test_opening_a_draft_or_cancelled_invoice_changes_nothing(status: Status) -> None:
    assert mark_viewed(in_status(status), LATER) is None


def test_an_invoice_cancelled_as_a_draft_was_never_issued() -> None:
    assert not is_issued(an_invoice(status=Status.CANCELLED))
    assert is_issued(an_issued_invoice(status=Status.CANCELLED))


@pytest.mark.parametrize("status", [Status.SENT, Status.VIEWED, Status.PARTIALLY_PAID, Status.OVERDUE])
def test_an_unpaid_invoice_is_overdue_from_the_day_after_its_due_date(status: Status) -> None:
    invoice = an_issued_invoice(status=status, due_date=date(2026, 12, 22))
    assert not is_overdue(invoice, date(2026, 12, 22))
    assert is_overdue(invoice, date(2026, 12, 23))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAID, Status.CANCELLED])
def test_what_need_not_be_paid_is_never_overdue(status: Status) -> None:
    assert not is_overdue(in_status(status), date(2099, 1, 1))


def test_amount_due_is_what_is_left_and_nothing_once_cancelled() -> None:
    assert an_issued_invoice(amount_paid=83600).amount_due == 100000
    assert an_issued_invoice(status=Status.CANCELLED).amount_due == 0
