"""What webhooks need from outside."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.webhooks.address import Resolve
from invoicing.domain.webhooks.delivery import Problem
from invoicing.operations.unit_of_work.ports import EventLog


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookOrder:
    """A message that leads to a delivery or, with the id of one, to a replay.

    It was made ``at`` a real time: what was tried later is none of its business. ``turns`` is how often it was put
    off because the endpoint had enough to do.
    """

    account: str
    webhook_id: str
    id: str
    at: datetime
    turns: int = 0


class WebhookQueue(Protocol):
    """Hands orders to those who do them, at least once each."""

    def send(self, orders: Sequence[WebhookOrder], delay: float = 0) -> None:
        """Queue orders, to be handed out after so many seconds, at most 900; raises when one was not accepted."""


class WaitingDeliveries(Protocol):
    """Finds the deliveries that wait for an endpoint; they may be a moment behind."""

    def of(self, account: str, webhook_id: str, until: datetime, most: int) -> list[str]:
        """Return the ids of up to ``most`` that wait until an instant or before, the longest waiting first."""


class SecretBox(Protocol):
    """Encrypts secrets with a key that never leaves its service."""

    def seal(self, secret: str, account: str) -> str:
        """Encrypt a secret of an account."""

    def open(self, sealed: str, account: str) -> str:
        """Decrypt what was sealed for the same account; `ValueError` for anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an endpoint answered, or why it did not; ``retry_after`` is the pause that it asked for."""

    status_code: int | None = None
    error: Problem | None = None
    response: str = ""
    retry_after: timedelta | None = None

    @property
    def is_success(self) -> bool:
        """Whether the endpoint took the event."""
        return self.error is None


class WebhookSender(Protocol):
    """Posts to endpoints."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post once, to a public address only, within ten seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlRules:
    """How the URL of a webhook is checked."""

    resolve: Resolve
    allow_localhost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookServices:
    """What queues and delivers; ``now`` is real time, ``jitter`` gives thousandths of pauses by chance."""

    queue: WebhookQueue
    waiting: WaitingDeliveries
    log: EventLog
    now: Callable[[], datetime]
    jitter: Callable[[], int]
