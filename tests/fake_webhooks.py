"""Stand-ins for what webhooks need from outside, and endpoints that answer as a test wants."""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.operations.webhooks._ports import Answer, WebhookOrder
from tests.fakes import FakeStore

OK = Answer(status_code=200, response="ok")
BROKEN = Answer(status_code=500, error="status", response="broken")


class FakeBox:
    """Turns secrets around instead of encrypting them."""

    def seal(self, secret: str, account: str) -> str:
        return f"{account}:{secret[::-1]}"

    def open(self, sealed: str, account: str) -> str:
        owner, _, turned = sealed.rpartition(":")
        if owner != account:
            raise ValueError("of another account")
        return turned[::-1]


class FakeWebhookQueue:
    """Orders by the time at which they are handed out."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._numbers = count()
        self.waiting: list[tuple[datetime, int, WebhookOrder]] = []

    def send(self, orders: Sequence[WebhookOrder], delay: float = 0) -> None:
        assert 0 <= delay <= 900, "SQS delays no longer"
        for order in orders:
            heapq.heappush(self.waiting, (self._now() + timedelta(seconds=delay), next(self._numbers), order))

    def take(self, until: datetime) -> tuple[datetime, WebhookOrder] | None:
        """The next order that is handed out until then."""
        if not self.waiting or self.waiting[0][0] > until:
            return None
        at, _, order = heapq.heappop(self.waiting)
        return at, order


class FakeWaiting:
    """The deliveries that wait, of a store in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def of(self, account: str, webhook_id: str, until: datetime, most: int) -> list[str]:
        found = [
            (each.waits_until, each.id)
            for each in self._store.all(WebhookDelivery)
            if (each.account, each.webhook_id) == (account, webhook_id) and each.waits_until
        ]
        return [identifier for at, identifier in sorted(found) if at <= until][:most]


@dataclass
class Post:
    """A request that an endpoint got."""

    at: datetime
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class FakeSender:
    """Endpoints: each request is kept, and answered by a function of it."""

    now: Callable[[], datetime]
    answers: Callable[[Post], Answer] = lambda _: OK
    posts: list[Post] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        made = Post(self.now(), url, headers, body)
        self.posts.append(made)
        return self.answers(made)
