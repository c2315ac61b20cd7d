"""What the template deploys, on the simulated AWS: functions with their time limits, rules, queues and mappings."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import groupby
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from zlib import crc32

from invoicing.api import bulk
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.lists import list_counter
from invoicing.domain.recurring import progress
from invoicing.domain.webhooks.schedule import MOST_JITTER
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.document_type import SendableDocument, with_its_pdf
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.notice import NOTICE
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.documents.reminder import REMINDER, Reminder
from invoicing.operations.documents.statement import statement_of
from invoicing.operations.reactions import carry_balances
from invoicing.operations.reactions.deliver_webhook import Outbound
from invoicing.operations.test_clock import _advance
from invoicing.operations.unit_of_work import backoff
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import Ledger, RealTime
from invoicing.operations.webhooks._ports import UrlRules, WebhookServices
from invoicing.settings import Settings
from invoicing.storage.kinds.events import EventRecord
from invoicing.storage.kinds.ledger_entries import LedgerEntryRecord
from invoicing.wiring import Wiring, wiring
from tests.http import load_module
from tests.ledger_stream import image_of
from tests.simulation.aws import S3, Aws, Ses, Session
from tests.simulation.endpoints import SimulatedBox, SimulatedEndpoints, SimulatedWaiting
from tests.simulation.messaging import Bus, Queue, Rule, Scheduler, Sqs, Stream
from tests.simulation.store import (
    SimulatedApiKeys,
    SimulatedDueWork,
    SimulatedEventLog,
    SimulatedLedger,
    SimulatedNumbers,
    SimulatedStore,
)
from tests.simulation.world import Task
from tests.template import read_template

EVENTS_KEPT = 13
"""Months."""

LEDGER_SHARDS = 2
"""Two processes post at once, each for several customers and accounts."""


class SimulatedWiring(Wiring):
    """The wiring of every process: the real adapters where they use a client of botocore, else simulated ones."""

    def __init__(self, deployment: "Deployment") -> None:
        environment = {"AWS_REGION": "us-east-1"} | read_template().environment
        session: Any = Session(ses=deployment.ses, s3=deployment.s3, events=deployment.bus, sqs=deployment.sqs)
        super().__init__(Settings.of(environment | {"URL_SUFFIX": "amazonaws.com"}), session)
        box = SimulatedBox(deployment.aws)
        self.__dict__ |= {
            "store": deployment.store,
            "api_keys": SimulatedApiKeys(deployment.store, deployment.aws),
            "ledger": SimulatedLedger(deployment.store, deployment.aws),
            "due_work": SimulatedDueWork(deployment.store, deployment.aws),
            "event_log": SimulatedEventLog(deployment.store, deployment.aws),
            "numbers": SimulatedNumbers(deployment.store, deployment.aws),
            "real_time": RealTime(self.now, deployment.world.sleep),
            "secret_box": box,
            "url_rules": UrlRules(resolve=lambda *_: []),
            "outbound": Outbound(deployment.endpoints, box),
        }
        self.__dict__["webhooks"] = WebhookServices(
            queue=self.webhook_queue,
            waiting=SimulatedWaiting(deployment.store, deployment.aws),
            log=self.event_log,
            now=self.now,
            jitter=lambda: deployment.world.random.randint(0, MOST_JITTER),
        )
        self._deployment = deployment

    def now(self) -> datetime:
        return self._deployment.clock()

    def new_id(self, prefix: str) -> str:
        return self._deployment.new_id(prefix)

    def new_secret(self) -> str:
        return self._deployment.new_secret()


class Deployment:
    """A stack; handlers are loaded as in a cold start, and see the simulation through their wiring."""

    def __init__(self, aws: Aws) -> None:
        self.aws = aws
        self.world = aws.world
        self._started: set[str] = set()
        self._when_invoked: defaultdict[str, list[Callable[[], None]]] = defaultdict(list)
        self._ids = 0
        self._time_limits = {
            function.file: float(function.properties.get("Timeout", _default_time_limit()))
            for function in read_template().functions
        }
        self.queues = self._make_queues()
        self.bus = Bus(aws, self._make_rules())
        self._event_stream, self._ledger_stream = map(self._stream_of, ("EventsTable", "LedgerTable"))
        self.store = SimulatedStore(aws, self._tell_streams)
        self.endpoints = SimulatedEndpoints(aws)
        self.ses, self.s3 = Ses(aws, self.queues["MailEventsQueue"].send), S3(aws)
        self.sqs = Sqs(aws, {read_template().value({"Ref": name}): queue for name, queue in self.queues.items()})
        self.scheduler = Scheduler(aws, self._scheduled(), float(self.world.random.choice((300, 900, 3600))))

    def use(self) -> ExitStack:
        """Let this process run on the simulation until the context is left."""
        stack = ExitStack()
        simulated = SimulatedWiring(self)
        stack.enter_context(patch("invoicing.wiring.Wiring", lambda *_: simulated))
        stack.enter_context(patch("invoicing.wiring.read_settings"))
        stack.enter_context(patch("invoicing.wiring.open_session"))
        clock = SimpleNamespace(time=self._seconds, monotonic=self._seconds, sleep=self.world.sleep)
        stack.enter_context(patch.object(backoff, "time", clock))
        stack.enter_context(patch.object(bulk, "time", clock))
        stack.enter_context(patch.object(backoff, "random", self.world.random))
        # Limits of a business with thousands of documents, at a size that a run reaches.
        stack.enter_context(patch.object(carry_balances, "FEWEST_ENTRIES", self.world.random.randint(1, 6)))
        stack.enter_context(patch.object(list_counter, "MANY", self.world.random.randint(2, 12)))
        stack.enter_context(patch.object(progress, "MOST_AT_ONCE", self.world.random.randint(1, 4)))
        slice_of_an_advance = timedelta(seconds=self.world.random.choice((0.1, 2, 20)))
        stack.enter_context(patch.object(_advance, "SLICE", slice_of_an_advance))
        wiring.cache_clear()
        stack.callback(wiring.cache_clear)
        return stack

    def handler(self, file: str) -> Any:
        """The handler of a file such as ``invoices/send_invoice``, as after a cold start."""
        module = _module(file)
        if file not in self._started:
            self._started.add(file)
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
        return module.handler

    def invoke(self, file: str, event: dict[str, Any]) -> Task:
        """Start a function; it is killed when its time limit is over."""
        handler = self.handler(file)
        for act in self._when_invoked.pop(file, []):
            self.world.after(0, act)
        return self.world.start(self._name(file), lambda: handler(event, None), lives=self._time_limits[file])

    def when_invoked(self, file: str, act: Callable[[], None]) -> None:
        """Put an act on the agenda when a function is started next."""
        self._when_invoked[file].append(act)

    def clock(self) -> datetime:
        """The time as the process knows it."""
        task = self.world.current
        return self.world.now + task.clock_skew if task else self.world.now

    def new_id(self, prefix: str) -> str:
        """An identifier as `invoicing.identifiers.new_id` makes it: processes have clocks of their own."""
        milliseconds = int(self.clock().timestamp() * 1000)
        return f"{prefix}_{milliseconds:012x}7{self._count() % 4096:03x}{self.world.random.getrandbits(64):016x}"

    def new_secret(self) -> str:
        """A secret as long as a real one."""
        return f"{self.world.random.getrandbits(128):032x}"

    def _tell_streams(self, changes: ChangeSet) -> None:
        for account, events in groupby(changes.events, lambda event: event.account):
            self._event_stream.append(account, (EventRecord.of(event, EVENTS_KEPT) for event in events))
        entries = [save.entity for save in changes.saves if isinstance(save.entity, LedgerEntry)]
        for customer_id, some in groupby(entries, lambda entry: entry.customer_id):
            shard = str(crc32(customer_id.encode()) % LEDGER_SHARDS)
            self._ledger_stream.append(shard, map(image_of, map(LedgerEntryRecord.of, some)))

    def _seconds(self) -> float:
        return self.clock().timestamp()

    def _name(self, file: str) -> str:
        return f"{file.partition('/')[2]}#{self._count()}"

    def _count(self) -> int:
        self._ids += 1
        return self._ids

    def _stream_of(self, table: str) -> Stream:
        (reads, file) = next(
            (reads, file) for reads, file in _mappings() if _attribute(reads["EventSourceArn"]) == (table, "StreamArn")
        )
        return Stream(self.aws, reads, partial(self.invoke, file))

    def _make_queues(self) -> dict[str, Queue]:
        resources, queues = read_template().resources("AWS::SQS::Queue"), {}
        for reads, file in _mappings():
            name, part = _attribute(reads["EventSourceArn"])
            if part != "Arn" or name not in resources:
                continue
            properties = resources[name]["Properties"]
            receives = properties["RedrivePolicy"]["maxReceiveCount"]
            queue = Queue(self.aws, name, properties, receives, lambda event, file=file: self.invoke(file, event))  # type: ignore[misc]
            queue.batch_size = reads["BatchSize"]
            queue.window = float(reads.get("MaximumBatchingWindowInSeconds", 0))
            queue.most_at_once = reads.get("ScalingConfig", {}).get("MaximumConcurrency", queue.most_at_once)
            queues[name] = queue
        return queues

    def _make_rules(self) -> list[Rule]:
        return [
            Rule(rule["Properties"]["EventPattern"], self.queues[_attribute(target["Arn"])[0]])
            for rule in read_template().resources("AWS::Events::Rule").values()
            for target in rule["Properties"]["Targets"]
            if _attribute(target["Arn"])[0] in self.queues
        ]

    def _scheduled(self) -> list[Callable[[], Task]]:
        """What every tick starts; what comes once a day only compares totals, which nobody posts here."""
        return [
            partial(self.invoke, function.file, {})
            for function in read_template().functions
            for event in function.properties.get("Events", {}).values()
            if event["Type"] == "ScheduleV2" and "DueWorkRate" in str(event["Properties"]["ScheduleExpression"])
        ]


@cache
def _module(file: str) -> Any:
    """The module of a handler; to load it takes longer than a run."""
    module = load_module(file)
    if hasattr(module, "sendable_documents"):
        # Drawing documents asks AWS for nothing, and takes longer than everything else.
        module.sendable_documents = _plain_documents
    return module


def _plain_documents(*, ledger: Ledger, **_: Any) -> dict[str, SendableDocument[Any]]:
    """Documents drawn as one line; an e-mail is the id of its delivery, and of a reminder also what it asks for."""
    types: tuple[Any, ...] = (INVOICE, CREDIT_NOTE, RECEIPT)
    documents = (
        with_its_pdf(each, lambda entity, _: entity.id.encode(), lambda _, delivery, *__: delivery.id.encode())
        for each in types
    )
    others = (
        SendableDocument(type=REMINDER, compose=_plain_reminder),
        *(
            SendableDocument(type=each, compose=lambda _, delivery, __: delivery.id.encode())
            for each in (statement_of(ledger), NOTICE)
        ),
    )
    return {each.type.name: each for each in (*documents, *others)}


def _plain_reminder(reminder: Reminder, delivery: Delivery, _: Any) -> bytes:
    return " ".join([delivery.id, *(f"{each.id}={each.amount_due}" for each in reminder.owed)]).encode()


def _mappings() -> Iterator[tuple[dict[str, Any], str]]:
    """The properties of each event source mapping, and the file of the function that reads it."""
    functions = {function.logical_id: function.file for function in read_template().functions}
    for mapping in read_template().resources("AWS::Lambda::EventSourceMapping").values():
        yield mapping["Properties"], functions[mapping["Properties"]["FunctionName"]["Ref"]]


def _default_time_limit() -> Any:
    return read_template().content["Globals"]["Function"]["Timeout"]


def _attribute(expression: Mapping[str, Any]) -> tuple[str, str]:
    """Resource and attribute of ``!GetAtt``."""
    found = expression["Fn::GetAtt"]
    name, part = found.split(".") if isinstance(found, str) else found
    return name, part
