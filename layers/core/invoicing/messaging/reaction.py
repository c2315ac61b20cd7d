"""The frame of reactions: Lambda handlers of queues that receive events from the bus.

Powertools' batch processor tracks the messages that fail and reports them to SQS, which delivers only those again. The
events of one account are handled together, so that one transaction can serve them all.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import update_wrapper
from itertools import batched
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from invoicing import exact_json
from invoicing.domain.events.event import Actor, Event
from invoicing.log import counted, logger

Take = Callable[[str, list[Event]], Mapping[str, Any] | None]
"""Reacts to some events of one account; returns further fields of its log line, such as an ``outcome``."""


class Reaction:
    """A Lambda handler of one batch of messages.

    ``take`` raises to have the messages of its events delivered again. One JSON line is logged per message, and the
    metric ``Reactions`` counts them by reaction and outcome.
    """

    def __init__(self, take: Take, most_events: int) -> None:
        update_wrapper(self, take)
        self.name = take.__module__.rpartition(".")[2]
        self._take = take
        self._most_events = most_events

    def __call__(self, batch: Mapping[str, Any], _context: object) -> dict[str, Any]:
        """Handle a batch; the response names the messages to deliver again."""
        processor = _TenantProcessor(self, self._most_events)
        with processor(records=list(batch["Records"]), handler=self._take):
            processor.process()
        return dict(processor.response())


def reaction(*, most_events: int = 1) -> Callable[[Take], Reaction]:
    """Decorator: makes a reaction of a function that takes at most so many events of one account at a time."""

    def frame(take: Take) -> Reaction:
        return Reaction(take, most_events)

    return frame


class _TenantProcessor(BatchProcessor):
    """Handles the events of each account together; a message without an event fails alone."""

    def __init__(self, reaction: Reaction, most_events: int) -> None:
        super().__init__(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        self._reaction = reaction
        self._most_events = most_events

    def process(self) -> list[tuple[Any, ...]]:
        by_account: dict[str, list[tuple[SQSRecord, Event]]] = defaultdict(list)
        for record in map(SQSRecord, self.records):
            try:
                event = event_of(record.body)
            except (KeyError, ValueError):
                self._log(record, {"outcome": "not_an_event"}, failure := sys.exc_info())
                self.failure_handler(record, failure)
            else:
                by_account[event.account].append((record, event))
        return [
            done
            for account, messages in by_account.items()
            for some in batched(messages, self._most_events, strict=False)
            for done in self._take(account, some)
        ]

    def _take(self, account: str, messages: tuple[tuple[SQSRecord, Event], ...]) -> list[tuple[Any, ...]]:
        started = time.perf_counter()
        failure: Any = None
        try:
            said = {"outcome": "done", **(self.handler(account, [event for _, event in messages]) or {})}
        except Exception:  # noqa: BLE001  # whatever it is, the messages of other accounts are taken
            said, failure = {"outcome": "failed"}, sys.exc_info()
        said["milliseconds"] = round((time.perf_counter() - started) * 1000)
        done: list[tuple[Any, ...]] = []
        for record, event in messages:
            self._log(record, {"event_id": event.id, "event_type": event.type, **said}, failure)
            done.append(self.failure_handler(record, failure) if failure else self.success_handler(record, said))
        return done

    def _log(self, record: SQSRecord, said: Mapping[str, Any], failure: Any) -> None:
        line = {"reaction": self._reaction.name, "message_id": record.message_id, **said}
        log = logger.error if failure else logger.info
        log("reaction", exc_info=failure, extra=line | counted("Reactions", "reaction", "outcome"))


def event_of(body: str) -> Event:
    """Read the event of a message, as `invoicing.messaging.bus` wrote it; `KeyError`, `ValueError` without one."""
    message = exact_json.loads(body)
    detail = message["detail"]
    return Event(
        account=detail["account"],
        id=detail["event_id"],
        type=message["detail-type"],
        resource_id=detail["resource_id"],
        sequence=detail["sequence"],
        actor=Actor(**detail["actor"]),
        occurred_at=datetime.fromisoformat(detail["occurred_at"]),
        data=detail["data"],
    )
