"""What others suffered from: events of a webhook for what clients do, exactly one each, as it was, and small."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from invoicing.domain.webhooks.delivery import LONGEST_BODY
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from tests.books import issue, ledger_of, pay
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.fake_webhooks import BROKEN, OK
from tests.fakes import FakeStore
from tests.operations.webhooks.conftest import posting as posting  # noqa: PLC0414 - a fixture
from tests.operations.webhooks.posting import Posting, sent
from tests.operations.webhooks.test_receivers import IdsOfTheTime

Happen = Callable[..., Any]


@pytest.fixture
def happen(posting: Posting, store: FakeStore) -> Happen:
    """Does something, and delivers its events; the webhook is there from the beginning."""
    posting.office.ids = IdsOfTheTime(lambda: posting.office.now)
    posting.webhook("invoice.*", "payment.*")

    def act(what: Callable[[], Any], **run: float) -> Any:
        known = set(store.events)
        made = what()
        posting.publish(*(store.events[key] for key in sorted(store.events.keys() - known)))
        posting.run(**run or {"seconds": 1})
        return made

    return act


def told(posting: Posting) -> list[str]:
    return [sent(each)["event"] for each in posting.posts]


def test_each_thing_is_one_event(posting: Posting, happen: Happen) -> None:
    invoice = happen(lambda: issue(posting.office, due_in=30))
    happen(lambda: pay(posting.office, invoice, "100"))
    posting.publish_all()
    posting.run(hours=1)
    once = ["invoice.created", "invoice.sent", "invoice.paid", "payment.created", "payment.succeeded"]
    assert Counter(told(posting)) == Counter(once), "and no invoice.updated"


def test_what_is_sent_again_says_what_was_and_not_what_is(posting: Posting, happen: Happen) -> None:
    invoice = happen(lambda: issue(posting.office))
    posting.sender.answers = lambda post: BROKEN if sent(post)["event"] == "invoice.paid" else OK
    payment = happen(lambda: pay(posting.office, invoice, "100"))
    refund = NewRefund(amount=None, reason="Returned goods")
    ledger = ledger_of(posting.office)
    happen(lambda: posting.office.run_use_case(lambda uow: refund_payment(uow, payment.id, refund, ledger)))
    posting.sender.answers = lambda _: OK
    posting.run(hours=2)
    paid = [each for each in posting.posts if sent(each)["event"] == "invoice.paid"]
    assert len(paid) > 1
    assert len({each.body for each in paid}) == len({each.headers["webhook-id"] for each in paid}) == 1
    data, meta = sent(paid[-1])["data"], sent(paid[-1])["meta"]
    assert (data["status"], data["amount_paid"], data["amount_due"]) == ("paid", 100, 0)
    (after,) = [sent(each) for each in posting.posts if sent(each)["event"] == "invoice.updated"]
    assert (after["data"]["amount_due"], after["meta"]["sequence"]) == (100, meta["sequence"] + 1)


def test_a_deleted_draft_is_told_of_once_with_its_last_summary(posting: Posting, happen: Happen) -> None:
    use = posting.office.run_use_case
    new = a_new_invoice(a_line("1", "119.00"))
    draft = happen(lambda: use(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL)))
    happen(lambda: use(lambda uow: update_invoice(uow, draft.id, {"notes": "Thanks"})))
    happen(lambda: use(lambda uow: delete_invoice(uow, draft.id)))
    *_, last = map(sent, posting.posts)
    assert told(posting) == ["invoice.created", "invoice.updated", "invoice.deleted"]
    assert (last["data"]["id"], last["data"]["status"], last["data"]["invoice_number"]) == (draft.id, "draft", None)
    assert (last["data"]["total"], last["data"]["customer_id"], last["meta"]["sequence"]) == (119, "cust_123", 3)


def test_an_invoice_is_sent_once_with_or_without_an_email(posting: Posting, happen: Happen) -> None:
    use = posting.office.run_use_case
    new = a_new_invoice()
    draft = happen(lambda: use(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL)))
    happen(lambda: use(lambda uow: send_invoice(uow, draft.id, None, page_url=PAGE_URL)))
    happen(lambda: use(lambda uow: send_invoice(uow, draft.id, EmailRequest(), page_url=PAGE_URL)))
    assert told(posting) == ["invoice.created", "invoice.sent", "invoice.resent"]


@pytest.mark.nightly
def test_an_invoice_of_500_long_lines_has_small_events(posting: Posting, happen: Happen) -> None:
    lines = [a_line("1", "1.00", description="ä" * 2000)] * 500
    use, new = posting.office.run_use_case, a_new_invoice(*lines)
    happen(lambda: use(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL)))
    assert len(posting.posts) == 2
    assert max(len(each.body) for each in posting.posts) < LONGEST_BODY


def test_events_of_test_mode_go_to_webhooks_of_test_mode_alone(posting: Posting) -> None:
    """Both have one URL, and the mode tells them apart."""
    for account, kind in (("acc_1", "invoice.paid"), ("acc_1#test", "invoice.sent")):
        posting.office.account = account
        posting.webhook()
        posting.event(kind)
        posting.run(seconds=1)
    modes = [(sent(each)["event"], sent(each)["meta"]["mode"]) for each in posting.posts]
    assert modes == [("invoice.paid", "live"), ("invoice.sent", "test")]
    assert len({each.url for each in posting.posts}) == 1
