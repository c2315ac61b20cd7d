"""Whether a dead endpoint delays others: many events to 50 endpoints, with and without one that hangs.

    python -m benchmarks.webhooks [--events 200]

The real operations run in threads, as many as functions that work at a time, on a store in memory. Endpoints answer in
a tenth of a second, and the one that hangs is left after ten, each ten times as fast as in real life; so is the
queue. What is measured is how long it takes until all others have everything.
"""

import argparse
import heapq
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Condition, RLock, Thread
from typing import Any

from benchmarks.requests import ROOT

sys.path[:0] = [str(ROOT / "layers" / layer) for layer in ("core", "documents", "typesetting")]

from invoicing.domain.events.event import Actor, Event  # noqa: E402
from invoicing.identifiers import new_id, new_secret  # noqa: E402
from invoicing.operations.reactions.deliver_webhook import Outbound, deliver_webhook  # noqa: E402
from invoicing.operations.reactions.order_webhooks import order_webhooks  # noqa: E402
from invoicing.operations.unit_of_work.change_set import ChangeSet  # noqa: E402
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork  # noqa: E402
from invoicing.operations.webhooks._ports import Answer, UrlRules, WebhookOrder, WebhookServices  # noqa: E402
from invoicing.operations.webhooks.create_webhook import create_webhook  # noqa: E402
from tests.fake_event_log import FakeEventLog  # noqa: E402
from tests.fake_webhooks import OK, FakeBox, FakeWaiting  # noqa: E402
from tests.fakes import FakeStore  # noqa: E402

ENDPOINTS, OF_AN_ACCOUNT = 50, 10
FUNCTIONS = 20
FASTER = 10
ANSWERS_AFTER, LEFT_AFTER = 0.1, 10.0
"""Seconds."""

DEAD = "https://hooks-0.example.com/"


class Clock:
    """Time that runs faster."""

    def __init__(self) -> None:
        self._began, self._real = datetime.now(UTC), time.monotonic()

    def now(self) -> datetime:
        """Return this instant."""
        return self._began + timedelta(seconds=(time.monotonic() - self._real) * FASTER)


class LockedStore(FakeStore):
    """A store in memory for many threads."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = RLock()

    def find(self, ref: Any) -> Any:
        with self._lock:
            return super().find(ref)

    def find_together(self, *refs: Any) -> tuple[Any, ...]:
        with self._lock:
            return super().find_together(*refs)

    def commit(self, changes: ChangeSet, idempotency_record: Any = None) -> None:
        with self._lock:
            super().commit(changes, idempotency_record)

    def all(self, kind: Any) -> list[Any]:
        with self._lock:
            return super().all(kind)


class Run:
    """Endpoints, of which one hangs or none, and the functions that post to them."""

    def __init__(self, events: int, *, with_dead: bool) -> None:
        self.clock, self.store, self.events = Clock(), LockedStore(), events
        self.with_dead = with_dead
        self.taken = 0
        self.is_over = False
        self.orders: list[tuple[datetime, int, WebhookOrder]] = []
        self.changed = Condition()
        self.numbers = count()
        self.messages = 0

    def send(self, orders: Sequence[WebhookOrder], delay: float = 0) -> None:
        """Queue orders (`invoicing.operations.webhooks._ports.WebhookQueue`)."""
        with self.changed:
            for order in orders:
                at = self.clock.now() + timedelta(seconds=delay)
                heapq.heappush(self.orders, (at, next(self.numbers), order))
            self.messages += len(orders)
            self.changed.notify_all()

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:  # noqa: ARG002
        """Answer, or hang (`invoicing.operations.webhooks._ports.WebhookSender`)."""
        if url == DEAD and self.with_dead:
            time.sleep(LEFT_AFTER / FASTER)
            return Answer(error="timeout")
        time.sleep(ANSWERS_AFTER / FASTER)
        with self.changed:
            self.taken += url != DEAD
            self.changed.notify_all()
        return OK

    def seconds(self) -> float:
        """Return how long it takes until all but the first endpoint have everything, in seconds of real life."""
        accounts = [f"acc_{number}" for number in range(ENDPOINTS // OF_AN_ACCOUNT)]
        for number in range(ENDPOINTS):
            url = f"https://hooks-{number}.example.com/"
            changes = ChangeSet()
            uow = self._uow(accounts[number % len(accounts)], changes)
            create_webhook(uow, url, ("*",), None, rules=UrlRules(resolve=lambda *_: []), box=FakeBox())
            self.store.commit(changes)
        for account in accounts:
            events = [_event(account) for _ in range(self.events)]
            order_webhooks(lambda changes, account=account: self._uow(account, changes), events, lambda: self)  # type: ignore[misc]
        for _ in range(FUNCTIONS):
            Thread(target=self._work, daemon=True).start()
        began = time.monotonic()
        with self.changed:
            self.changed.wait_for(lambda: self.taken == (ENDPOINTS - 1) * self.events)
            self.is_over = True
        return (time.monotonic() - began) * FASTER

    def _work(self) -> None:
        services = WebhookServices(
            queue=self,
            waiting=FakeWaiting(self.store),
            log=FakeEventLog(self.store),
            now=self.clock.now,
            jitter=lambda: 0,
        )
        outbound = Outbound(self, FakeBox())
        while order := self._next():
            deliver_webhook(
                lambda changes, order=order: self._uow(order.account, changes),  # type: ignore[misc]
                services,
                outbound,
                order,
            )

    def _next(self) -> WebhookOrder | None:
        with self.changed:
            while not self.is_over and (not self.orders or self.orders[0][0] > self.clock.now()):
                self.changed.wait(0.001)
            return None if self.is_over else heapq.heappop(self.orders)[2]

    def _uow(self, account: str, changes: ChangeSet) -> UnitOfWork:
        return UnitOfWork(
            account=account,
            actor=Actor("system", "benchmark"),
            real_now=self.clock.now(),
            store=self.store,
            new_id=new_id,
            new_secret=new_secret,
            changes=changes,
        )


def _event(account: str) -> Event:
    return Event(
        account=account,
        id=new_id("evt"),
        type="invoice.paid",
        resource_id="inv_1",
        sequence=1,
        actor=Actor("system"),
        occurred_at=datetime.now(UTC),
        data={"id": "inv_1"},
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200, help="for each account")
    asked = parser.parse_args()
    for with_dead in (False, True):
        run = Run(asked.events, with_dead=with_dead)
        print(f"{'one hangs' if with_dead else 'all answer'}: {run.seconds():.0f} s, {run.messages} messages")


if __name__ == "__main__":
    main()
