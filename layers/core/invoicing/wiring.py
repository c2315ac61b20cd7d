"""The only place that joins ports and adapters.

What is made is kept for the life of the process. Adapters that few functions use are imported where they are made:
a function without use for S3 does not load it.
"""

import gc
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

import botocore.session

from invoicing.api.app import Answers, ApiApp, Input, NoBody
from invoicing.api.envelope import Answer
from invoicing.api.exchange import Services
from invoicing.api.request import Request
from invoicing.aws_session import open_session
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.changes import Changes
from invoicing.operations.work import Work
from invoicing.settings import Settings, in_lambda, read_settings
from invoicing.storage.api_keys import DynamoApiKeys
from invoicing.storage.database import Database
from invoicing.storage.store import DynamoStore
from invoicing.storage.tables import name_tables

if TYPE_CHECKING:
    from invoicing.api.query import Kind, ListOf
    from invoicing.messaging.bus import EventBridgeBus
    from invoicing.messaging.documents import S3Documents
    from invoicing.messaging.mail import SesMailer
    from invoicing.storage.ledger import DynamoLedger
    from invoicing.storage.numbers import DynamoNumbers


class Wiring:
    """The adapters of one function, made when first asked for."""

    def __init__(self, settings: Settings, session: botocore.session.Session) -> None:
        self.settings = settings
        self._session = session
        name_tables(settings.tables)

    @cached_property
    def database(self) -> Database:
        """The connection to DynamoDB."""
        return Database(self._session, self.settings.dynamodb, signed_transport=self.settings.signed_transport)

    @cached_property
    def store(self) -> DynamoStore:
        """What is stored."""
        return DynamoStore(self.database, self.settings.events_kept)

    @cached_property
    def api_keys(self) -> DynamoApiKeys:
        """The keys of all accounts."""
        return DynamoApiKeys(self.database)

    @cached_property
    def services(self) -> Services:
        """What HTTP operations need."""
        return Services(
            store=self.store,
            api_keys=self.api_keys,
            clock=now,
            new_id=new_id,
            new_secret=new_secret,
            public_url=self.settings.public_url,
        )

    @cached_property
    def numbers(self) -> "DynamoNumbers":
        """The invoice numbers that are taken."""
        from invoicing.storage.numbers import DynamoNumbers

        return DynamoNumbers(self.database)

    @cached_property
    def ledger(self) -> "DynamoLedger":
        """What customers owe."""
        from invoicing.storage.ledger import DynamoLedger

        return DynamoLedger(self.database)

    @cached_property
    def bus(self) -> "EventBridgeBus":
        """Where events are published."""
        from invoicing.messaging.bus import EventBridgeBus

        return EventBridgeBus(self._session, self.settings.event_bus)

    @cached_property
    def documents(self) -> "S3Documents":
        """Where PDFs are kept."""
        from invoicing.messaging.documents import S3Documents

        return S3Documents(self._session, self.settings.documents_bucket)

    @cached_property
    def mailer(self) -> "SesMailer":
        """Where e-mails are handed over."""
        from invoicing.messaging.mail import SesMailer

        return SesMailer(self._session, self.settings.email_sender)

    def work(self, account: str, changes: Changes | None = None) -> Work:
        """One use case outside HTTP, or one attempt at it."""
        return Work(
            account=account,
            now=now(),
            store=self.store,
            new_id=new_id,
            new_secret=new_secret,
            changes=Changes() if changes is None else changes,
        )


@cache
def wiring() -> Wiring:
    """The wiring of this process."""
    return Wiring(read_settings(), open_session())


def api[B: Input = NoBody](
    method: str,
    path: str,
    *,
    scope: str | None = None,
    public: bool = False,
    body: type[B] | None = None,
    error_page: Callable[[Request, int], Answer] | None = None,
    answers: Answers | None = None,
    lists: "ListOf | None" = None,
    query: "Mapping[str, Kind] | None" = None,
) -> ApiApp[B]:
    """An HTTP operation."""
    start()
    return ApiApp(
        method,
        path,
        services=lambda: wiring().services,
        scope=scope,
        public=public,
        body=body,
        error_page=error_page,
        answers=answers,
        lists=lists,
        query=query,
    )


def start() -> None:
    """Last step of a function's start, in Lambda: what would delay its first request is made now, and all is kept."""
    if in_lambda():
        wiring().database.open()
        gc.freeze()
        # A request of 500 lines makes thousands of objects and hardly a cycle.
        gc.set_threshold(50_000)
        gc.enable()


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)
