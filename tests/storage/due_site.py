"""A site with due work, what its workers do at any moment, and stores that die under them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.events.event import Event
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.unit_of_work.ports import Store
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.deliveries import DeliveryRecord
from tests.fakes import Crash
from tests.storage.reading import events_of, items_of
from tests.storage.site import Site


@dataclass
class DueSite:
    """A site with ``work`` of an entity of a ``kind``, which is due at ``time``, and what became of it."""

    work: ClassVar[Work]
    kind: ClassVar[str]
    first_id: ClassVar[str]
    time: ClassVar[datetime]

    site: Site
    database: Database

    def use[R](self, use_case: Callable[[UnitOfWork], R], *, at: datetime | None = None) -> R:
        return run_use_case(self.site.at(at or self.time), use_case)

    def tick(self, identifier: str | None = None, *, store: Any = None, now: datetime | None = None) -> list[Work]:
        now = now or self.time
        entry = DueEntry(now, self.work, identifier or self.first_id, self.kind, self.site.account)
        return run_due_work(entry, self.site.at(now, store), DynamoDueWork(self.database))

    @property
    def deliveries(self) -> list[Delivery]:
        items = items_of(self.database, DeliveryRecord.Meta.table_name, self.site.account)
        return [DeliveryRecord.entity_of(item) for item in items]

    def events(self, event_type: str) -> list[Event]:
        return [event for event in events_of(self.database, self.site.account) if event.type == event_type]


class Dying:
    """A store of a worker that dies before its first call (0), after it (1), before its second (2), and so on."""

    def __init__(self, store: Store, calls: int) -> None:
        self._store = store
        self._left = calls

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._store, name)

        def made(*given: Any, **named: Any) -> Any:
            before, after = self._left == 0, self._left == 1
            self._left -= 2
            if before:
                raise Crash
            answer = call(*given, **named)
            if after:
                raise Crash
            return answer

        return made
