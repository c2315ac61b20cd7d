"""The event log of a store in memory; `storage/test_event_log.py` holds the real one to it."""

from collections.abc import Iterator

from invoicing.domain.events.event import Event
from tests.fakes import FakeStore


class FakeEventLog:
    """The events in a store in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def between(
        self,
        account: str,
        above: str,
        below: str,
        *,
        newest_first: bool,
        resource_id: str | None,
        at_a_time: int,
    ) -> Iterator[Event]:
        assert at_a_time > 0
        chosen = [
            event
            for (owner, event_id), event in self._store.events.items()
            if owner == account and above < event_id < below and resource_id in {None, event.resource_id}
        ]
        yield from sorted(chosen, key=lambda event: event.id, reverse=newest_first)
