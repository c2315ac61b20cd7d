"""An account on DynamoDB Local that many threads use at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from invoicing.domain.errors import InvoicingError
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.reactions.deliver_email import DeliveryInProgress
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, IdempotentReplay
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, NOW, PAGE_URL, a_customer, an_account


class Site:
    """An account with a customer, and what many threads do to it at once."""

    def __init__(self, store: DynamoStore, account: str) -> None:
        self.store = store
        self.account = account
        self.keep(an_account(account=account), a_customer(account=account, has_invoices=True))

    def keep(self, *entities: Any) -> None:
        changes = ChangeSet()
        for entity in entities:
            changes.save(entity)
        self.store.commit(changes)

    def at(self, now: datetime, store: Any = None) -> Callable[[ChangeSet], UnitOfWork]:
        """Begin units of work at an instant, on another store if one is given."""
        return lambda changes: UnitOfWork(
            account=self.account,
            actor=ACTOR,
            real_now=now,
            store=store or self.store,
            new_id=new_id,
            new_secret=new_secret,
            changes=changes,
        )

    def uow(self, changes: ChangeSet) -> UnitOfWork:
        return self.at(NOW)(changes)

    def create(self, new: NewInvoice, record: IdempotencyRecord | None = None) -> Invoice:
        return run_use_case(
            self.uow, lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL), lambda _: record
        )

    def send(self, invoice_id: str) -> Invoice:
        return run_use_case(self.uow, lambda uow: send_invoice(uow, invoice_id, EmailRequest(), page_url=PAGE_URL))


def at_once[R](count: int, act: Callable[[int], R]) -> list[R | Exception]:
    """What many threads get that all start at the same moment; expected errors are results too."""
    together = threading.Barrier(count)

    def one(index: int) -> R | Exception:
        together.wait()
        try:
            return act(index)
        except (InvoicingError, IdempotentReplay, DeliveryInProgress) as error:
            return error

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))
