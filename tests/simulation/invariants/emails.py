"""E-mail: each delivery is handed to the mail service at most once, and ends as what became of it."""

from collections import Counter

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from tests.simulation.simulation import Simulation

ENDS = {DeliveryStatus.SENT, DeliveryStatus.FAILED, DeliveryStatus.UNCONFIRMED}


def no_email_is_sent_twice(simulation: Simulation) -> None:
    taken = _taken(simulation)
    assert all(count == 1 for count in taken.values()), taken


def every_delivery_ends(simulation: Simulation) -> None:
    """What was handed over says sent, or unconfirmed where the answer was lost; what was not says why."""
    taken = _taken(simulation)
    for delivery in simulation.store.all(Delivery):
        assert delivery.status in ENDS, delivery
        if delivery.status is not DeliveryStatus.UNCONFIRMED:
            assert taken[delivery.id] == (delivery.status is DeliveryStatus.SENT), delivery


def only_doubt_is_unconfirmed(simulation: Simulation) -> None:
    """Where nothing goes wrong, it is known what became of each e-mail, and none is sent again."""
    if simulation.is_calm:
        assert all(each.status is not DeliveryStatus.UNCONFIRMED for each in simulation.store.all(Delivery))


def _taken(simulation: Simulation) -> Counter[str]:
    return Counter(message.decode() for message in simulation.deployment.ses.taken)


ALWAYS = (no_email_is_sent_twice,)
AT_REST = (every_delivery_ends, only_doubt_is_unconfirmed)
