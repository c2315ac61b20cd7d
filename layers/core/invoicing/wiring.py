"""The only place that joins ports and adapters; adapters live as long as the process.

Adapters that few functions use are imported where they are made: a function without use for S3 does not load it.
"""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Unpack

import botocore.session

from invoicing.api.app import ApiApp, Declared, Input, NoBody
from invoicing.api.request import BASE_PATH
from invoicing.api.request_context import Services
from invoicing.aws_session import open_session
from invoicing.domain.events.event import Actor
from invoicing.identifiers import new_id, new_secret
from invoicing.job_wiring import JobWiring
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, find_clock
from invoicing.settings import Settings, in_lambda, read_settings
from invoicing.storage.api_keys import DynamoApiKeys
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from invoicing.storage.store import DynamoStore
from invoicing.webhook_wiring import WebhookWiring

if TYPE_CHECKING:
    from invoicing.api.bulk import BulkApp
    from invoicing.api.inputs.bulk import BulkItem
    from invoicing.messaging.bus import EventBridgeBus
    from invoicing.messaging.due_work import SqsDueWorkQueue
    from invoicing.messaging.mail import SesMailer
    from invoicing.messaging.reaction import Reaction, Take
    from invoicing.messaging.schedule import Run, Schedule
    from invoicing.objects.s3 import S3ObjectStore
    from invoicing.storage.account_sample import DynamoAccountSample
    from invoicing.storage.due_work import DynamoDueWork
    from invoicing.storage.event_log import DynamoEventLog
    from invoicing.storage.ledger import DynamoLedger
    from invoicing.storage.numbers import DynamoNumbers
    from invoicing.storage.report_totals import DynamoReportTotals


class Wiring(JobWiring, WebhookWiring):
    """The adapters of one function, made on first use."""

    def __init__(self, settings: Settings, session: botocore.session.Session) -> None:
        self.settings = settings
        self._session = session
        name_tables(settings.tables)

    def now(self) -> datetime:
        """Return this instant, in UTC."""
        return datetime.now(UTC)

    def new_id(self, prefix: str) -> str:
        """Make an identifier that sorts by time."""
        return new_id(prefix)

    def new_secret(self) -> str:
        """Make an unguessable text."""
        return new_secret()

    @property
    def page_url(self) -> str:
        """What the addresses of hosted pages begin with, outside of requests; empty where only these say it."""
        return f"{self.settings.public_url}{BASE_PATH}/i" if self.settings.public_url else ""

    @cached_property
    def database(self) -> Database:
        """The connection to DynamoDB."""
        return Database(self._session, self.settings.dynamodb, signed_transport=self.settings.signed_transport)

    @cached_property
    def store(self) -> DynamoStore:
        """The store."""
        return DynamoStore(self.database, self.settings.events_kept)

    @cached_property
    def api_keys(self) -> DynamoApiKeys:
        """The API keys of all accounts."""
        return DynamoApiKeys(self.database)

    @cached_property
    def services(self) -> Services:
        """The services of HTTP operations."""
        return Services(
            store=self.store,
            api_keys=self.api_keys,
            clock=self.now,
            new_id=self.new_id,
            new_secret=self.new_secret,
            public_url=self.settings.public_url,
        )

    @cached_property
    def numbers(self) -> "DynamoNumbers":
        """The reserved numbers."""
        from invoicing.storage.numbers import DynamoNumbers

        return DynamoNumbers(self.database)

    @cached_property
    def ledger(self) -> "DynamoLedger":
        """The customer ledger."""
        from invoicing.storage.ledger import DynamoLedger

        return DynamoLedger(self.database)

    @cached_property
    def report_totals(self) -> "DynamoReportTotals":
        """The running totals of reports."""
        from invoicing.storage.report_totals import DynamoReportTotals

        return DynamoReportTotals(self.database)

    @cached_property
    def account_sample(self) -> "DynamoAccountSample":
        """Accounts picked at random."""
        from invoicing.storage.account_sample import DynamoAccountSample

        return DynamoAccountSample(self.database)

    @cached_property
    def event_log(self) -> "DynamoEventLog":
        """The events in the order of recording."""
        from invoicing.storage.event_log import DynamoEventLog

        return DynamoEventLog(self.database)

    @cached_property
    def real_time(self) -> RealTime:
        """Real time, which no test clock changes."""
        return RealTime(now, time.sleep)

    @cached_property
    def due_work(self) -> "DynamoDueWork":
        """The index of due work."""
        from invoicing.storage.due_work import DynamoDueWork

        return DynamoDueWork(self.database)

    @cached_property
    def due_work_queue(self) -> "SqsDueWorkQueue":
        """The queue of due work."""
        from invoicing.messaging.due_work import SqsDueWorkQueue

        return SqsDueWorkQueue(self._session, self.settings.due_work_queue)

    @cached_property
    def bus(self) -> "EventBridgeBus":
        """The event bus."""
        from invoicing.messaging.bus import EventBridgeBus

        return EventBridgeBus(self._session, self.settings.event_bus)

    @cached_property
    def objects(self) -> "S3ObjectStore":
        """The storage of PDFs."""
        from invoicing.objects.s3 import S3ObjectStore

        return S3ObjectStore(self._session, self.settings.documents_bucket)

    @cached_property
    def mailer(self) -> "SesMailer":
        """The mail service."""
        from invoicing.messaging.mail import SesMailer

        return SesMailer(self._session, self.settings.email_sender, self.settings.email_configuration_set)

    def unit_of_work(
        self, account: str, actor: Actor, changes: ChangeSet | None = None, *, real_time: bool = False
    ) -> UnitOfWork:
        """Begin one use case outside HTTP, or one attempt at it.

        With ``real_time`` it has nothing to do with the account's test clock, which is not read then.
        """
        return UnitOfWork(
            account=account,
            actor=actor,
            real_now=self.now(),
            store=self.store,
            new_id=self.new_id,
            new_secret=self.new_secret,
            clock=None if real_time else find_clock(self.store, account),
            changes=ChangeSet() if changes is None else changes,
        )


@cache
def wiring() -> Wiring:
    """Return the wiring of this process."""
    return Wiring(read_settings(), open_session())


def api[B: Input = NoBody](method: str, path: str, **declared: Unpack[Declared[B]]) -> ApiApp[B]:
    """Decorator: makes an HTTP operation."""
    start()
    return ApiApp(method, path, lambda: wiring().services, **declared)


def bulk_api[I: "BulkItem"](
    path: str,
    items: str,
    item: type[I],
    reads: "Callable[[I], Sequence[tuple[type, str]]]",
    **declared: Unpack[Declared[Any]],
) -> "BulkApp[I]":
    """Decorator: makes an HTTP operation that is done for each item of a list (`invoicing.api.bulk.BulkApp`)."""
    from invoicing.api.bulk import BulkApp

    start()
    return BulkApp("POST", path, lambda: wiring().services, items=items, item=item, reads=reads, **declared)


def reaction(*, most: int = 1, one_by_one: bool = False) -> "Callable[[Take], Reaction]":
    """Decorator: makes a reaction to events, which takes at most so many of one account at a time, as `Reaction`."""
    from invoicing.messaging.reaction import EVENTS, Reaction

    start()
    return lambda take: Reaction(take, EVENTS, most, one_by_one=one_by_one)


def due_work(take: "Take") -> "Reaction":
    """Decorator: makes the reaction to due work, which takes one entry at a time."""
    from invoicing.messaging.reaction import DUE_WORK, Reaction

    start()
    return Reaction(take, DUE_WORK, 1)


def mail_reports(take: "Take") -> "Reaction":
    """Decorator: makes the reaction to reports of the mail service, which takes one at a time."""
    from invoicing.messaging.mail_events import MAIL_REPORTS
    from invoicing.messaging.reaction import Reaction

    start()
    return Reaction(take, MAIL_REPORTS, 1)


def webhook_orders(take: "Take") -> "Reaction":
    """Decorator: makes the reaction to orders of deliveries, which takes one at a time."""
    from invoicing.messaging.reaction import Reaction
    from invoicing.messaging.webhook_queue import ORDERS

    start()
    return Reaction(take, ORDERS, 1)


def schedule(run: "Run") -> "Schedule":
    """Decorator: makes a schedule."""
    from invoicing.messaging.schedule import Schedule

    start()
    return Schedule(run)


def start() -> None:
    """Finish a function's start in Lambda: make connections ahead of the first request, and freeze all objects."""
    if in_lambda():
        wiring().database.open()
        gc.freeze()
        # A request of 500 lines makes thousands of objects and hardly a cycle.
        gc.set_threshold(50_000)
        gc.enable()


def now() -> datetime:
    """Return this instant, in UTC, by the clock of this process' wiring."""
    return wiring().now()
