"""Webhooks from the event to the endpoint, on a clock that runs as far as a test wants."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from invoicing import exact_json
from invoicing.domain.events.event import Actor, Event
from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.domain.webhooks.state import WebhookState
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.reactions.deliver_webhook import Outbound, deliver_webhook
from invoicing.operations.reactions.order_webhooks import order_webhooks
from invoicing.operations.webhooks._due_work import run_job
from invoicing.operations.webhooks._ports import UrlRules, WebhookOrder, WebhookServices
from invoicing.operations.webhooks.create_webhook import create_webhook
from tests.fake_due_work import FakeDueWork
from tests.fake_event_log import FakeEventLog
from tests.fake_webhooks import FakeBox, FakeSender, FakeWaiting, FakeWebhookQueue, Post
from tests.fakes import FakeStore
from tests.office import Office
from tests.outside import Outside

RULES = UrlRules(resolve=lambda *_: [])
URL = "https://hooks.example.com/"
TICK = timedelta(minutes=5)


class Posting:
    """An account with webhooks; ``outcomes`` are those of all orders."""

    def __init__(self, office: Office, store: FakeStore) -> None:
        self.office, self.store = office, store
        self.queue = FakeWebhookQueue(lambda: self.office.now)
        self.sender = FakeSender(lambda: self.office.now)
        self.outcomes: list[str] = []
        self._next_tick = office.now + TICK
        self._numbers = 0

    @cached_property
    def services(self) -> WebhookServices:
        return WebhookServices(
            queue=self.queue,
            waiting=FakeWaiting(self.store),
            log=FakeEventLog(self.store),
            now=lambda: self.office.now,
            jitter=lambda: 0,
        )

    @cached_property
    def outbound(self) -> Outbound:
        return Outbound(self.sender, FakeBox())

    def webhook(self, *events: str, url: str = URL, secret: str | None = None) -> str:
        made = self.office.run_use_case(
            lambda uow: create_webhook(uow, url, events or ("*",), secret, rules=RULES, box=FakeBox())
        )
        return made.webhook.id

    def event(self, kind: str = "invoice.paid", resource: str = "inv_1", sequence: int = 1, **data: Any) -> Event:
        """An event as the bus delivers it, recorded now."""
        self._numbers += 1
        milliseconds = int(self.office.now.timestamp() * 1000)
        event = Event(
            account=self.office.account,
            id=f"evt_{milliseconds:012x}7{self._numbers:03x}8000000000000000",
            type=kind,
            resource_id=resource,
            sequence=sequence,
            actor=Actor("api_key", "key_1"),
            occurred_at=self.office.now,
            data={"id": resource, **data},
        )
        self.store.events[event.account, event.id] = event
        self.publish(event)
        return event

    def publish(self, *events: Event) -> int:
        return order_webhooks(self.office.uow, events, lambda: self.queue)

    def publish_all(self) -> None:
        """Everything in the outbox, also what was published before."""
        self.publish(*(self.store.events[key] for key in sorted(self.store.events)))

    def deliver(self, order: WebhookOrder) -> str:
        outcome = deliver_webhook(self.office.uow, self.services, self.outbound, order)
        self.outcomes.append(outcome)
        return outcome

    def run(self, **length: float) -> None:
        """Let time pass: messages are handed out when their delay is over, and ticks come."""
        until = self.office.now + timedelta(**length)
        while True:
            following = self.queue.take(min(until, self._next_tick))
            if following:
                self.office.now = max(self.office.now, following[0])
                self.deliver(following[1])
            elif self._next_tick <= until:
                self.office.now = max(self.office.now, self._next_tick)
                self._next_tick += TICK
                self.tick()
            else:
                self.office.now = max(self.office.now, until)
                return

    def tick(self) -> None:
        for state in self.store.all(WebhookState):
            if state.due_at and state.due_at <= self.office.now:
                ports = Outside(webhooks=self.services)
                run_job(self.office.uow, FakeDueWork(self.store), None, ports, state.id)

    def deliveries(self, webhook_id: str | None = None) -> list[WebhookDelivery]:
        return [each for each in self.store.all(WebhookDelivery) if webhook_id in {None, each.webhook_id}]

    def state(self, webhook_id: str) -> WebhookState:
        return self.store.entities[WebhookState, self.office.account, webhook_id]  # type: ignore[no-any-return]

    def stored(self, webhook_id: str) -> Webhook:
        return self.store.entities[Webhook, self.office.account, webhook_id]  # type: ignore[no-any-return]

    @property
    def posts(self) -> list[Post]:
        return self.sender.posts

    def moments(self, begin: datetime) -> list[int]:
        """The seconds of all requests."""
        return [round((each.at - begin).total_seconds()) for each in self.posts]


def sent(post: Post) -> Any:
    """The body of a request."""
    return exact_json.loads(post.body)


def without_webhooks(event: Event) -> Event:
    """The same event of another account."""
    return replace(event, account="acc_2")
