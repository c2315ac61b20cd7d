"""The frame of reactions: the events of an account together, and failures alone."""

from collections.abc import Mapping
from typing import Any

from invoicing import exact_json
from invoicing.domain.events.event import Event
from invoicing.messaging.bus import detail_of
from invoicing.messaging.reaction import EVENTS, Reaction
from tests.builders import a_customer, an_event


def message(number: int, account: str = "acc_1") -> dict[str, Any]:
    event = an_event("customer.created", a_customer(account=account, id=f"cust_{number}"), id=f"evt_{number}")
    body = exact_json.dumps({"detail-type": event.type, "detail": detail_of(event)}).decode()
    return {"messageId": f"m-{number}", "body": body}


def failed(handler: Reaction, *messages: dict[str, Any]) -> list[str]:
    """The messages that shall come again."""
    answer = handler({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


class Taken:
    """Keeps what it takes; raises on the accounts that ``refuse`` names."""

    def __init__(self, *refuse: str) -> None:
        self.calls: list[tuple[str, list[str]]] = []
        self._refuse = refuse
        self.__name__ = "take"
        self.__qualname__ = "take"
        self.__doc__ = None

    def __call__(self, account: str, events: list[Event]) -> Mapping[str, Any] | None:
        self.calls.append((account, [event.id for event in events]))
        if account in self._refuse:
            raise RuntimeError("busy")
        return None


def test_events_of_an_account_are_taken_together_and_in_order() -> None:
    taken = Taken()
    batch = [message(1), message(2, "acc_2"), message(3), message(4)]
    assert failed(Reaction(taken, EVENTS, 10), *batch) == []
    assert taken.calls == [("acc_1", ["evt_1", "evt_3", "evt_4"]), ("acc_2", ["evt_2"])]


def test_no_more_are_taken_at_once_than_is_said() -> None:
    taken = Taken()
    assert failed(Reaction(taken, EVENTS, 2), *map(message, range(5))) == []
    assert [events for _, events in taken.calls] == [["evt_0", "evt_1"], ["evt_2", "evt_3"], ["evt_4"]]


def test_what_fails_comes_again_and_nothing_else_does() -> None:
    batch = [message(1), message(2, "acc_2"), {"messageId": "m-3", "body": "no event"}, message(4, "acc_2")]
    assert sorted(failed(Reaction(Taken("acc_2"), EVENTS, 10), *batch)) == ["m-2", "m-3", "m-4"]


def test_one_by_one_only_the_event_to_blame_comes_again() -> None:
    class Poisoned(Taken):
        def __call__(self, account: str, events: list[Event]) -> Mapping[str, Any] | None:
            super().__call__(account, events)
            if any(event.id == "evt_2" for event in events):
                raise RuntimeError("poison")
            return None

    taken = Poisoned()
    batch = [message(1), message(2), message(3), message(4, "acc_2")]
    assert failed(Reaction(taken, EVENTS, 10, one_by_one=True), *batch) == ["m-2"]
    alone = [("acc_1", ["evt_1"]), ("acc_1", ["evt_2"]), ("acc_1", ["evt_3"])]
    assert taken.calls == [("acc_1", ["evt_1", "evt_2", "evt_3"]), *alone, ("acc_2", ["evt_4"])]


def test_a_batch_that_fails_whole_is_answered_and_not_raised() -> None:
    assert failed(Reaction(Taken("acc_1"), EVENTS, 1), message(1), message(2)) == ["m-1", "m-2"]


def test_a_second_batch_begins_anew() -> None:
    handler = Reaction(Taken("acc_2"), EVENTS, 1)
    assert failed(handler, message(1, "acc_2")) == ["m-1"]
    assert failed(handler, message(2)) == []
