"""The frame of reactions: Lambda handlers of queues, of events from the bus and of due work.

Powertools' batch processor tracks the messages that fail and reports them to SQS, which delivers only those again. The
messages of one account are handled together, so that one transaction can serve them all.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import update_wrapper
from itertools import batched
from typing import Any, Protocol

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from invoicing import exact_json
from invoicing.dataclass import dataclass
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.events.event import Actor, Event
from invoicing.log import counted, logger

Take = Callable[[str, list[Any]], Mapping[str, Any] | None]
"""Reacts to some messages of one account; returns further fields of its log line, such as an ``outcome``."""


class Message(Protocol):
    """What a message of a queue says."""

    @property
    def account(self) -> str:
        """The partition that it is about."""


@dataclass(frozen=True, slots=True)
class MessageFormat[M: Message]:
    """How messages of a queue are read (`KeyError`, `ValueError` for any other text), and what is logged of each."""

    read: Callable[[str], M]
    logged: Callable[[M], Mapping[str, Any]]


class Reaction:
    """A Lambda handler of one batch of messages.

    ``take`` raises to have its messages delivered again; ``one_by_one`` has those that failed together taken once more,
    each by itself, so that the one to blame comes again alone. One JSON line is logged per message, and the metric
    ``Reactions`` counts them by reaction and outcome.
    """

    def __init__(self, take: Take, messages: MessageFormat[Any], most: int, *, one_by_one: bool = False) -> None:
        update_wrapper(self, take)
        self.name = take.__module__.rpartition(".")[2]
        self.messages = messages
        self.one_by_one = one_by_one
        self._take = take
        self._most = most

    def __call__(self, batch: Mapping[str, Any], _context: object) -> dict[str, Any]:
        """Handle a batch; the response names the messages to deliver again."""
        processor = _TenantProcessor(self, self._most)
        with processor(records=list(batch["Records"]), handler=self._take):
            processor.process()
        return dict(processor.response())


class _TenantProcessor(BatchProcessor):
    """Handles the messages of each account together; one that cannot be read fails alone."""

    def __init__(self, reaction: Reaction, most: int) -> None:
        super().__init__(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        self._reaction = reaction
        self._most = most

    def process(self) -> list[tuple[Any, ...]]:
        by_account: dict[str, list[tuple[SQSRecord, Any]]] = defaultdict(list)
        for record in map(SQSRecord, self.records):
            try:
                message = self._reaction.messages.read(record.body)
            except (KeyError, ValueError):
                self._log(record, {"outcome": "unreadable"}, failure := sys.exc_info())
                self.failure_handler(record, failure)
            else:
                by_account[message.account].append((record, message))
        return [
            done
            for account, messages in by_account.items()
            for some in batched(messages, self._most, strict=False)
            for done in self._take(account, some)
        ]

    def _take(self, account: str, messages: tuple[tuple[SQSRecord, Any], ...]) -> list[tuple[Any, ...]]:
        started = time.perf_counter()
        failure: Any = None
        try:
            said = {"outcome": "done", **(self.handler(account, [message for _, message in messages]) or {})}
        except Exception:  # noqa: BLE001  # whatever it is, the messages of other accounts are taken
            if self._reaction.one_by_one and len(messages) > 1:
                return [done for each in messages for done in self._take(account, (each,))]
            said, failure = {"outcome": "failed"}, sys.exc_info()
        said["milliseconds"] = round((time.perf_counter() - started) * 1000)
        done: list[tuple[Any, ...]] = []
        for record, message in messages:
            self._log(record, {**self._reaction.messages.logged(message), **said}, failure)
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


EVENTS = MessageFormat(event_of, lambda event: {"event_id": event.id, "event_type": event.type})
"""Messages with an event from the bus."""


def due_entry_of(body: str) -> DueEntry:
    """Read the entry of a message, as `invoicing.messaging.due_work` wrote it; `KeyError`, `ValueError` without one."""
    message = exact_json.loads(body)
    return DueEntry(
        datetime.fromisoformat(message["at"]),
        Work[message["work"]],
        str(message["id"]),
        str(message["kind"]),
        str(message["account"]),
    )


DUE_WORK = MessageFormat(due_entry_of, lambda entry: {"work": entry.work.name.lower(), "kind": entry.kind})
"""Messages with an entry of due work."""
