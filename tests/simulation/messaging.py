"""Streams of tables, the bus with its rules, and the queues: at least once, late, and in any order."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from invoicing import exact_json
from tests.simulation.aws import Aws, connect_timeout, read_timeout
from tests.simulation.world import Task

Invoke = Callable[[dict[str, Any]], Task]
"""Starts a function with an event."""


class Stream:
    """The stream of a table: the items of each shard in order, late, and again until its reader has taken them.

    ``reads`` are the properties of the mapping to its reader.
    """

    def __init__(self, aws: Aws, reads: Mapping[str, Any], reader: Invoke) -> None:
        self._aws, self._world = aws, aws.world
        self._reader = reader
        self._batch_size = int(reads["BatchSize"])
        self._window = float(reads.get("MaximumBatchingWindowInSeconds", 0))
        self._unread: defaultdict[str, deque[dict[str, Any]]] = defaultdict(deque)
        self._being_read: set[str] = set()

    def append(self, shard: str, items: Iterable[dict[str, Any]]) -> None:
        """Take the new items of one transaction."""
        records = [{"eventName": "INSERT", "dynamodb": {"NewImage": item}} for item in items]
        if records:
            self._unread[shard] += records
            late = self._world.random.uniform(60, 900) * self._world.chance(self._aws.faults.late)
            wait = self._world.random.uniform(0.05, 1) + self._window + late
            self._world.after(wait, lambda: self._read(shard))

    def _read(self, shard: str) -> None:
        batch = list(self._unread[shard])[: self._batch_size]
        if shard in self._being_read or not batch:
            return
        self._being_read.add(shard)
        task = self._reader({"Records": batch})
        task.when_ended(lambda: self._was_read(shard, task, len(batch)))

    def _was_read(self, shard: str, task: Task, count: int) -> None:
        self._being_read.remove(shard)
        if not task.error and not task.killed and not self._world.chance(self._aws.faults.duplicate):
            for _ in range(count):
                self._unread[shard].popleft()
        self._world.after(1, lambda: self._read(shard))


@dataclass(frozen=True)
class Rule:
    """A rule of the bus: what goes into which queue."""

    pattern: Mapping[str, Any]
    queue: "Queue"


class Bus:
    """The event bus, as botocore's client shows it; ``published`` counts the times that each event was accepted."""

    def __init__(self, aws: Aws, rules: Sequence[Rule]) -> None:
        self._aws = aws
        self._rules = rules
        self.published: Counter[str] = Counter()

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        return self._aws.request(
            f"PutEvents of {len(Entries)}",
            lambda: self._accept(Entries),
            refused=connect_timeout,
            answer_lost=read_timeout,
        )

    def _accept(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        outcomes = []
        for entry in entries:
            if self._aws.world.chance(self._aws.faults.refused):
                outcomes.append({"ErrorCode": "ThrottlingException"})
            else:
                self._route({"detail-type": entry["DetailType"], "detail": exact_json.loads(entry["Detail"])})
                outcomes.append({"EventId": "accepted"})
        return {"FailedEntryCount": sum("ErrorCode" in outcome for outcome in outcomes), "Entries": outcomes}

    def _route(self, event: dict[str, Any]) -> None:
        self.published[event["detail"]["event_id"]] += 1
        for rule in self._rules:
            if matches(rule.pattern, event):
                rule.queue.send(event["detail"]["event_id"], exact_json.dumps(event).decode())


class Sqs:
    """The queues, as botocore's client shows them, by their URLs."""

    def __init__(self, aws: Aws, queues: Mapping[str, "Queue"]) -> None:
        self._aws = aws
        self._queues = queues

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        def send() -> dict[str, Any]:
            refused = []
            for entry in Entries:
                if self._aws.world.chance(self._aws.faults.refused):
                    refused.append({"Id": entry["Id"], "Code": "InternalError"})
                else:
                    message_id, delay = self._aws.world.random.randbytes(8).hex(), float(entry["DelaySeconds"])
                    self._queues[QueueUrl].send(message_id, entry["MessageBody"], delay)
            return {"Failed": refused}

        return self._aws.request(
            f"SendMessageBatch of {len(Entries)}", send, refused=connect_timeout, answer_lost=read_timeout
        )


class Scheduler:
    """EventBridge Scheduler: ticks that come, come twice, late, or not at all."""

    def __init__(self, aws: Aws, ticks: Sequence[Callable[[], Task]], every: float) -> None:
        self._aws = aws
        self._ticks = ticks
        self._every = every

    def run(self, while_true: Callable[[], bool]) -> None:
        """Tick regularly while a condition holds."""
        if while_true():
            self.tick()
            self._aws.world.after(self._every, lambda: self.run(while_true))

    def tick(self) -> None:
        """Start every scheduled function, if nothing goes wrong."""
        world, faults = self._aws.world, self._aws.faults
        for start in self._ticks:
            if world.chance(faults.late):
                world.note("a tick is missed")
                continue
            for _ in range(1 + world.chance(faults.duplicate)):
                late = world.random.uniform(0, 60 if world.chance(faults.late) else 0.1)
                world.after(late, partial(_start, start))


@dataclass(eq=False)
class Message:
    """A copy of a message in a queue."""

    id: str
    body: str
    receives: int = 0
    deleted: bool = False


class Queue:
    """A queue with the function that reads it; ``handled`` counts the times that each event was taken for good."""

    def __init__(self, aws: Aws, name: str, properties: Mapping[str, Any], most_receives: int, reader: Invoke) -> None:
        self._aws, self._world = aws, aws.world
        self.name = name
        self.dead: list[Message] = []
        self.sent: Counter[str] = Counter()
        self.handled: Counter[str] = Counter()
        self._delay = float(properties.get("DelaySeconds", 0))
        self._invisible = float(properties["VisibilityTimeout"])
        self._most_receives = most_receives
        self._reader = reader
        self._visible: list[Message] = []
        self.batch_size = 10
        self.window = 0.0
        self.most_at_once = 1000
        self._at_once = 0

    def send(self, event_id: str, body: str, delay: float = 0) -> None:
        """Take a message, and deliver it some time after its delay, perhaps twice."""
        self.sent[event_id] += 1
        for _ in range(1 + self._world.chance(self._aws.faults.duplicate)):
            message = Message(f"{event_id}/{self.sent[event_id]}", body)
            late = self._world.random.uniform(60, 900) * self._world.chance(self._aws.faults.late)
            after = self._delay + delay + self._world.random.uniform(0.01, 2) + late
            self._world.after(after, lambda m=message: self._show(m))  # type: ignore[misc]

    def redrive(self) -> int:
        """Send the dead letters again, as an operator does."""
        dead, self.dead = self.dead, []
        for message in dead:
            message.receives = 0
            self._show(message)
        return len(dead)

    def _show(self, message: Message) -> None:
        if not message.deleted:
            self._visible.append(message)
            self._world.after(self._world.random.uniform(0, self.window), self._poll)

    def _poll(self) -> None:
        if self._at_once >= self.most_at_once or not self._visible:
            return
        self._world.random.shuffle(self._visible)
        batch, self._visible = self._visible[: self.batch_size], self._visible[self.batch_size :]
        for message in batch:
            message.receives += 1
        self.dead += [message for message in batch if message.receives > self._most_receives]
        batch = [message for message in batch if message.receives <= self._most_receives]
        for message in batch:
            self._world.after(self._invisible, lambda m=message: self._show(m))  # type: ignore[misc]
        records = [{"messageId": each.id, "eventSource": "aws:sqs", "body": each.body} for each in batch]
        if batch:
            self._at_once += 1
            task = self._reader({"Records": records})
            task.when_ended(lambda: self._was_read(task, batch))

    def _was_read(self, task: Task, batch: list[Message]) -> None:
        self._at_once -= 1
        if task.result is None:
            self._world.note(f"{task.name} ended without an answer: {len(batch)} messages come again")
        else:
            failed = {failure["itemIdentifier"] for failure in task.result["batchItemFailures"]}
            if failed:
                self._world.note(f"{task.name} failed: {len(failed)} of {len(batch)} messages come again")
            for message in batch:
                if message.id not in failed:
                    self.handled[message.id.partition("/")[0]] += 1
                    message.deleted = not self._world.chance(self._aws.faults.duplicate)
        self._poll()


def _start(task: Callable[[], Task]) -> None:
    task()


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event has what a pattern of EventBridge asks for: values, prefixes and suffixes."""
    return all(
        matches(wanted, event.get(name, {}))
        if isinstance(wanted, Mapping)
        else any(_is(choice, event.get(name)) for choice in wanted)
        for name, wanted in pattern.items()
    )


def _is(choice: Any, value: Any) -> bool:
    if not isinstance(choice, Mapping):
        return bool(choice == value)
    (kind, text) = next(iter(choice.items()))
    form = {"prefix": f"^{re.escape(text)}", "suffix": f"{re.escape(text)}$"}[kind]
    return isinstance(value, str) and re.search(form, value) is not None
