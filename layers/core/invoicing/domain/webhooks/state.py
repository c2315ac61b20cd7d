"""How an endpoint does: what is on its way to it, and whether it fails."""

from dataclasses import replace
from datetime import datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.due_work import DueWork, Work

MOST_AT_ONCE = 5
"""The most attempts at one endpoint at a time; one that fails gets one."""

MOST_PER_SECOND = 20
LEASE = timedelta(seconds=20)
"""After so long an attempt has ended, even if nobody wrote that down."""

FAILED_EVENTS = 5
FAILED_FOR = timedelta(hours=24)
"""An endpoint is disabled after so many events with failed attempts only, the first of them so long ago."""

SEEN_AFTER = timedelta(minutes=1)
"""After so long, the index surely shows what waits."""

LOOK_AGAIN = timedelta(minutes=5)
"""How often what waits for an endpoint is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookState:
    """The state of an endpoint, under the id of its webhook.

    ``under_way`` are deliveries being tried, each with the time at which that ends at the latest. ``failing_since`` is
    when the first attempt failed since the last success, and ``failed_events`` are the first events of which all
    attempts failed since. ``second`` is the last one, since 1970, in which attempts were ``started``. Deliveries that
    wait for it, and ``replays`` that look for their first event, are looked at when it is ``due_at``. The last delivery
    began to wait at ``waited_at``.
    """

    account: str
    id: str
    version: int = 0
    under_way: tuple[tuple[str, datetime], ...] = ()
    failing_since: datetime | None = None
    failed_events: tuple[str, ...] = ()
    second: int = 0
    started: int = 0
    replays: tuple[str, ...] = ()
    due_at: datetime | None = None
    waited_at: datetime | None = None

    @property
    def is_failing(self) -> bool:
        """Whether the last attempt failed."""
        return self.failing_since is not None

    @property
    def is_down(self) -> bool:
        """Whether several events failed since the last success, so that it is the endpoint and not the event."""
        return len(self.failed_events) > 1

    def is_trying(self, delivery_id: str, now: datetime) -> bool:
        """Whether a delivery is on its way."""
        return any(each == delivery_id and until > now for each, until in self.under_way)

    def with_attempt(self, delivery_id: str, now: datetime) -> "WebhookState | None":
        """Return the state with one attempt more; None where the endpoint gets no more at the time."""
        running = tuple(each for each in self.under_way if each[1] > now)
        second = int(now.timestamp())
        started = self.started if second == self.second else 0
        if len(running) >= (1 if self.is_failing else MOST_AT_ONCE) or started >= MOST_PER_SECOND:
            return None
        return replace(
            self,
            version=self.version + 1,
            under_way=(*running, (delivery_id, now + LEASE)),
            second=second,
            started=started + 1,
        )

    def after_success(self, delivery_id: str) -> "WebhookState":
        """Return the state after the endpoint took a delivery."""
        return replace(self._without(delivery_id), failing_since=None, failed_events=())

    def after_failure(self, delivery_id: str, event_id: str, started_at: datetime) -> "WebhookState":
        """Return the state after an attempt failed."""
        known = self.failed_events
        failed = known if event_id in known or len(known) >= FAILED_EVENTS else (*known, event_id)
        return replace(self._without(delivery_id), failing_since=self.failing_since or started_at, failed_events=failed)

    def forgiven(self) -> "WebhookState":
        """Return the state as if nothing had failed."""
        return replace(self, version=self.version + 1, failing_since=None, failed_events=())

    def is_given_up(self, now: datetime) -> bool:
        """Whether the endpoint has failed for so long that it is disabled."""
        enough = len(self.failed_events) >= FAILED_EVENTS
        return enough and self.failing_since is not None and now - self.failing_since >= FAILED_FOR

    def looked_at(self, due_at: datetime | None) -> "WebhookState":
        """Return the state as it is looked at next then."""
        return replace(self, version=self.version + 1, due_at=due_at)

    def waited_for(self, until: datetime, now: datetime) -> "WebhookState":
        """Return the state as a delivery begins to wait for the endpoint."""
        return replace(self.also_waited_for(until, now), version=self.version + 1)

    def also_waited_for(self, until: datetime, now: datetime) -> "WebhookState":
        """Return the state, in the version it already got, as its delivery begins to wait."""
        return replace(self, due_at=min(self.due_at or until, until), waited_at=now)

    def _without(self, delivery_id: str) -> "WebhookState":
        running = tuple(each for each in self.under_way if each[0] != delivery_id)
        return replace(self, version=self.version + 1, under_way=running)


def due_state(state: WebhookState) -> DueWork | None:
    """Return the next look at what waits for an endpoint, None while nothing does."""
    return DueWork(state.due_at, Work.JOB) if state.due_at else None
