"""What a delivery is after the mail service reported something of it, in any order and however often."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.deliveries.delivery import MOST_EVENTS, STATUS_OF, Delivery, DeliveryStatus, with_mail_event
from invoicing.domain.deliveries.mail_event import (
    MailEvent,
    Outcome,
    bounce_event,
    complaint_event,
    delay_event,
    delivery_event,
    reject_event,
)
from tests.builders import NOW, a_delivery
from tests.mail_service import EXAMPLES, SIMULATOR, mail_report

KINDS = ("Permanent", "Transient", "Undetermined")
SUBTYPES = (
    "General", "NoEmail", "Suppressed", "OnAccountSuppressionList", "MailboxFull", "MessageTooLarge",
    "ContentRejected", "AttachmentRejected", "CustomTimeoutExceeded", "Undetermined",
)  # fmt: skip
CODES = (None, "4.2.2", "4.4.7", "5.0.0", "5.1.1", "5.1.10", "5.2.2", "5.2.3", "5.4.4", "5.7.1", "2.0.0", "nonsense")
TIMES = st.integers(0, 5).map(lambda minutes: NOW + timedelta(minutes=minutes))

EVENTS = st.one_of(
    st.builds(bounce_event, TIMES, st.sampled_from(KINDS), st.sampled_from(SUBTYPES), st.sampled_from(CODES)),
    st.builds(
        complaint_event,
        TIMES,
        st.sampled_from((None, "OnAccountSuppressionList")),
        st.sampled_from((None, "abuse", "not-spam", "virus")),
    ),
    st.builds(delay_event, TIMES, st.sampled_from(("MailboxFull", "General", "SpamDetected")), st.sampled_from(CODES)),
    st.builds(delivery_event, TIMES),
    st.builds(reject_event, TIMES),
)

type Status = DeliveryStatus


def after(*events: MailEvent, delivery: Delivery | None = None) -> Delivery:
    delivery = delivery or a_delivery(status=DeliveryStatus.SENT, message_id="m-1")
    for event in events:
        delivery = with_mail_event(delivery, event, "m-1", NOW)
    return delivery


def after_examples(*names: str) -> Delivery:
    return after(*(mail_report(name).event for name in names))


class TestAnyOrder:
    """Reports come at least once, late, and in any order."""

    @given(st.lists(EVENTS, max_size=8), st.data())
    def test_any_order_and_any_duplication_ends_the_same(self, events: list[MailEvent], data: st.DataObject) -> None:
        shuffled = data.draw(
            st.permutations(events + data.draw(st.lists(st.sampled_from(events)) if events else st.just([])))
        )
        assert replace(after(*shuffled), version=1) == replace(after(*events), version=1)

    @given(st.lists(EVENTS, min_size=MOST_EVENTS, max_size=3 * MOST_EVENTS), st.data())
    def test_that_holds_also_for_more_events_than_are_kept(self, events: list[MailEvent], data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(events))
        assert replace(after(*shuffled), version=1) == replace(after(*events), version=1)
        assert len(after(*events).history) <= MOST_EVENTS

    @given(st.lists(EVENTS, min_size=1, max_size=8))
    def test_no_report_takes_back_what_another_said(self, events: list[MailEvent]) -> None:
        delivery, said = after(), -1
        for event in events:
            delivery = after(event, delivery=delivery)
            assert delivery.history[0].outcome >= said
            said = delivery.history[0].outcome
        assert said == max(event.outcome for event in events)
        assert delivery.status is STATUS_OF[Outcome(said)]

    @given(st.lists(EVENTS, max_size=8))
    def test_a_report_that_is_known_changes_nothing(self, events: list[MailEvent]) -> None:
        delivery = after(*events)
        assert all(after(event, delivery=delivery) is delivery for event in events)
        assert set(delivery.history) == set(events)

    @given(
        st.sampled_from([DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.UNCONFIRMED]),
        st.lists(EVENTS, min_size=1, max_size=4),
    )
    def test_a_report_outweighs_what_an_attempt_noted(self, noted: Status, events: list[MailEvent]) -> None:
        delivery = after(*events, delivery=a_delivery(status=noted, failure="no_answer"))
        assert (delivery.status, delivery.failure) == (after(*events).status, after(*events).failure)


class TestBounces:
    """What a bounce says of the mailbox."""

    @pytest.mark.parametrize("before", [(), ("delivery",)])
    def test_a_dead_address_bounced(self, before: tuple[str, ...]) -> None:
        delivery = after_examples(*before, "bounce")
        assert (delivery.status, delivery.failure) == (DeliveryStatus.BOUNCED, "invalid_address")

    @pytest.mark.parametrize("code", ["5.4.4", "5.1.1", "5.1.2", "5.1.10"])
    @pytest.mark.parametrize("subtype", ["General", "MailboxFull", "Undetermined"])
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_dead_address_that_is_called_transient_bounced(self, kind: str, subtype: str, code: str) -> None:
        assert after(bounce_event(NOW, kind, subtype, code)).status is DeliveryStatus.BOUNCED

    @pytest.mark.parametrize("code", [None, "5.7.1", "5.0.0", "4.2.2"])
    def test_a_permanent_one_bounced(self, code: str | None) -> None:
        assert after(bounce_event(NOW, "Permanent", "General", code)).failure == "refused"

    @pytest.mark.parametrize(
        ("subtype", "code", "reason"),
        [
            ("MailboxFull", "5.2.2", "mailbox_full"),
            ("MailboxFull", None, "mailbox_full"),
            ("MessageTooLarge", "5.3.4", "too_large"),
            ("ContentRejected", "5.7.1", "content_refused"),
            ("AttachmentRejected", None, "content_refused"),
            ("CustomTimeoutExceeded", None, "timed_out"),
            ("General", "4.4.7", "timed_out"),
            ("General", "4.2.2", "mailbox_full"),
            ("General", "5.2.3", "too_large"),
            ("General", None, "undetermined"),
            ("Undetermined", "5.0.0", "undetermined"),
        ],
    )
    def test_others_failed_with_a_reason(self, subtype: str, code: str | None, reason: str) -> None:
        delivery = after(bounce_event(NOW, "Transient", subtype, code))
        assert (delivery.status, delivery.failure, delivery.history[0].code) == (DeliveryStatus.FAILED, reason, code)

    def test_the_status_code_decides_and_not_the_text_beside_it(self) -> None:
        delivery = after_examples("bounce_refused_softly")
        assert (delivery.status, delivery.failure) == (DeliveryStatus.FAILED, "mailbox_full")

    @pytest.mark.parametrize("name", ["bounce_suppressed", "bounce_globally_suppressed"])
    def test_a_list_of_the_mail_service_failed_it(self, name: str) -> None:
        delivery = after_examples(name)
        assert (delivery.status, delivery.failure) == (DeliveryStatus.FAILED, "suppressed")

    @pytest.mark.parametrize("names", list(permutations(["delivery", "bounce_mailbox_full"])))
    def test_a_full_mailbox_failed_also_after_it_was_delivered(self, names: tuple[str, ...]) -> None:
        assert after_examples(*names).failure == "mailbox_full"

    @pytest.mark.parametrize("names", list(permutations(["delivery", "bounce_out_of_office"])))
    def test_an_automatic_reply_is_no_failure(self, names: tuple[str, ...]) -> None:
        delivery = after_examples(*names)
        assert (delivery.status, delivery.failure) == (DeliveryStatus.DELIVERED, None)
        assert {event.type for event in delivery.history} == {"delivery", "bounce"}


class TestOtherReports:
    """Delays, complaints and rejections."""

    def test_delays_are_not_failures_and_end_with_the_delivery(self) -> None:
        delays = [delay_event(NOW + timedelta(minutes=minutes), "General", "4.4.1") for minutes in (90, 30, 60)]
        delayed = after(*delays)
        assert (delayed.status, delayed.failure) == (DeliveryStatus.SENT, None)
        assert delayed.delayed_since == NOW + timedelta(minutes=30)
        arrived = after(delivery_event(NOW + timedelta(hours=5)), delivery=delayed)
        assert (arrived.status, arrived.delayed_since, len(arrived.history)) == (DeliveryStatus.DELIVERED, None, 4)

    @pytest.mark.parametrize("names", list(permutations(["delivery", "complaint", "bounce"])))
    def test_a_complaint_says_most(self, names: tuple[str, ...]) -> None:
        delivery = after_examples(*names)
        assert (delivery.status, delivery.failure) == (DeliveryStatus.COMPLAINED, "abuse")

    def test_a_complaint_that_is_taken_back_is_none(self) -> None:
        delivery = after(delivery_event(NOW), complaint_event(NOW, None, "not-spam"))
        assert delivery.status is DeliveryStatus.DELIVERED

    def test_a_rejected_message_failed(self) -> None:
        delivery = after_examples("reject")
        assert (delivery.status, delivery.failure) == (DeliveryStatus.FAILED, "rejected")

    def test_accepted_is_not_delivered(self) -> None:
        sent = after()
        assert (sent.status, sent.history, sent.delayed_since) == (DeliveryStatus.SENT, (), None)


@pytest.mark.parametrize(
    ("address", "status", "failure"),
    [
        ("success@simulator.amazonses.com", "delivered", None),
        ("bounce@simulator.amazonses.com", "bounced", "invalid_address"),
        ("ooto@simulator.amazonses.com", "delivered", None),
        ("complaint@simulator.amazonses.com", "complained", "abuse"),
        ("suppressionlist@simulator.amazonses.com", "failed", "suppressed"),
    ],
)
def test_each_address_of_the_simulator_ends_as_it_says(address: str, status: str, failure: str | None) -> None:
    for names in permutations(SIMULATOR[address]):
        delivery = after_examples(*names)
        assert (str(delivery.status), delivery.failure) == (status, failure)


def test_any_three_recorded_reports_in_any_order_and_twice_end_as_the_one_that_says_most() -> None:
    reached = set()
    names = sorted(path.stem for path in EXAMPLES.glob("*.json"))
    for three in combinations(names, 3):
        said = {mail_report(name).event for name in three}
        expected = STATUS_OF[max(event.outcome for event in said)]
        for order in permutations(three):
            for told in (order, order * 2, (*order, *reversed(order))):
                delivery = after_examples(*told)
                assert (delivery.status, set(delivery.history)) == (expected, said), told
        reached.add(str(expected))
    alone = {str(after_examples(name).status) for name in names}
    assert reached | alone == {"sent", "delivered", "failed", "bounced", "complained"}


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.json")))
def test_every_example_is_read(name: str) -> None:
    report = mail_report(name, "dlv_7", account="acc_2#test")
    assert (report.account, report.delivery_id) == ("acc_2#test", "dlv_7")
    assert report.message_id.startswith("0100019aabcd1234")
    assert datetime(2026, 11, 22, 12, tzinfo=UTC) <= report.event.at <= datetime(2026, 11, 22, 13, tzinfo=UTC)
    assert "initech" not in repr(report.event)
