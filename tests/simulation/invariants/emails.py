"""E-mail: each delivery is handed to the mail service at most once, and ends as what became of it."""

from collections import Counter
from dataclasses import replace
from functools import reduce

from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus, with_mail_event
from invoicing.domain.deliveries.simulation import SIMULATOR
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.notices.account_notice import AccountNotice, is_told
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.domain.parties.account import Account
from tests.simulation.client import OWN_ADDRESS
from tests.simulation.simulation import LONGEST_FUNCTION, Simulation

ENDS = set(DeliveryStatus) - {DeliveryStatus.QUEUED, DeliveryStatus.SENDING}
ENDS_WITHOUT_REPORTS = ENDS - {DeliveryStatus.DELIVERED, DeliveryStatus.BOUNCED, DeliveryStatus.COMPLAINED}


def no_email_is_sent_twice(simulation: Simulation) -> None:
    taken = _taken(simulation)
    assert all(count == 1 for count in taken.values()), taken


def each_state_is_announced_once(simulation: Simulation) -> None:
    """An event of a delivery and a state is recorded once, and names no address."""
    events = [each.event for each in simulation.recorded if ".email_" in each.event.type]
    told = Counter((event.data["delivery_id"], event.type) for event in events)
    assert all(count == 1 for count in told.values()), told
    assert not any("@" in str(event.data) for event in events)


def every_delivery_ends(simulation: Simulation) -> None:
    """What was handed over says sent, or unconfirmed where the answer was lost; what was not says why."""
    taken = _taken(simulation)
    for delivery in simulation.store.all(Delivery):
        assert delivery.status in (ENDS if delivery.history else ENDS_WITHOUT_REPORTS), delivery
        if not delivery.history and delivery.status is not DeliveryStatus.UNCONFIRMED:
            assert taken[delivery.id] == (delivery.status is DeliveryStatus.SENT), delivery
        if delivery.history:
            assert taken[delivery.id], delivery


def every_delivery_is_what_was_reported(simulation: Simulation) -> None:
    """Whatever came late, twice or in another order."""
    for delivery in simulation.store.all(Delivery):
        events = [report.event for report in simulation.deployment.ses.reported[delivery.id]]
        blank = replace(delivery, history=())
        wanted = reduce(lambda known, event: with_mail_event(known, event, "", known.updated_at), events, blank)
        assert wanted.history == delivery.history, (delivery, events)
        assert wanted.status == delivery.status, (delivery, events)


def a_state_never_goes_down(simulation: Simulation) -> None:
    """What was reported of an e-mail stays; what an attempt noted gives way to it."""
    for states in simulation.history.all(Delivery):
        strengths = [_strength(state.entity) for state in states[1:]]
        assert strengths == sorted(strengths), states


def nothing_is_ordered_for_a_suppressed_mailbox(simulation: Simulation) -> None:
    """But notices to the account, of which that is looked at when they are sent."""
    for states in simulation.history.all(Delivery):
        since, delivery = states[1]
        if delivery.status is DeliveryStatus.QUEUED and delivery.document_kind != "notice":
            mailbox = mailbox_of(delivery.recipient)
            assert simulation.history.at(Suppression, delivery.account, mailbox, since) is None, delivery


def pretended_time_mails_nobody(simulation: Simulation) -> None:
    """But the account itself and the simulator: what is ordered while an account has a test clock."""
    taken = _taken(simulation)
    for states in simulation.history.all(Delivery):
        since, delivery = states[1]
        clocks = simulation.clocks_of(delivery.account, since - LONGEST_FUNCTION, since)
        if taken[delivery.id] and None not in clocks:
            assert delivery.recipient == OWN_ADDRESS or delivery.recipient.endswith(SIMULATOR), delivery


def only_doubt_is_unconfirmed(simulation: Simulation) -> None:
    """Where nothing goes wrong, it is known what became of each e-mail, and none is sent again."""
    if simulation.is_calm:
        assert all(each.status is not DeliveryStatus.UNCONFIRMED for each in simulation.store.all(Delivery))


def _strength(delivery: Delivery) -> int:
    """How much is known of a delivery."""
    return delivery.history[0].outcome if delivery.history else -1


def every_failure_is_told(simulation: Simulation) -> None:
    """Of an account that is told of failures, each is in a notice or waits for the next, which name 50 at most."""
    found: list[NoticeMail | AccountNotice] = [*simulation.store.all(NoticeMail), *simulation.store.all(AccountNotice)]
    named = {delivery for each in found for delivery in each.delivery_ids}
    full = {each.account for each in found if each.count > len(each.delivery_ids) + len(each.invoice_ids)}
    told = {each.account for each in simulation.store.all(Account) if each.notified_at}
    for delivery in simulation.store.all(Delivery):
        if is_told(delivery) and delivery.account in told - full:
            assert delivery.id in named, delivery


def _taken(simulation: Simulation) -> Counter[str]:
    return Counter(message.decode().split()[0] for message in simulation.deployment.ses.taken)


ALWAYS = (no_email_is_sent_twice, each_state_is_announced_once)
AT_REST = (
    a_state_never_goes_down,
    nothing_is_ordered_for_a_suppressed_mailbox,
    pretended_time_mails_nobody,
    every_delivery_ends,
    every_delivery_is_what_was_reported,
    every_failure_is_told,
    only_doubt_is_unconfirmed,
)
