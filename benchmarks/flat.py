"""What stays the same from 1,000 to 100,000 open invoices of one customer: requests and read units.

    python -m benchmarks.flat [--sizes 1000 10000 100000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml and items as the API writes them. The key
check, one request more, is not among them. tests/storage/test_flat.py holds a small version to the same requests.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import Meter, invoices, print_costs, write
from invoicing.api.queries.invoices import INVOICES
from invoicing.api.query import read_query
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.numbering.audit import AuditPosition
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.payments.record_payment import NewCustomerPayment, record_payment
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.numbers import DynamoNumbers
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, a_customer, an_account

SIZES = (1_000, 10_000, 100_000)
OPEN = (Status.SENT, Status.VIEWED, Status.OVERDUE)
NOW = datetime(2027, 1, 4, tzinfo=UTC)
DEPTH = 5
"""Pages that are turned in a list, and parts in an audit."""

LISTED = "customer_id=cust_0&status=overdue"
SORTS = ("created_at", "due_date", "issue_date", "amount", "invoice_number")


class Business:
    """An account of one customer, of which some invoices are open."""

    def __init__(self, database: Database, meter: Meter, size: int) -> None:
        self._account = f"acc_{size:032x}"
        self._store = DynamoStore(database, 13)
        self._ledger, self._numbers = DynamoLedger(database), DynamoNumbers(database)
        self._meter = meter
        changes = ChangeSet()
        changes.save(an_account(account=self._account))
        changes.save(a_customer(id="cust_0", account=self._account, has_invoices=True))
        self._store.commit(changes)
        write(database, self._account, _open_invoices(self._account, size))

    def pay(self, amount: int) -> str:
        """What a payment costs that pays the invoices due first."""
        new = NewCustomerPayment(amount=Decimal(amount), customer_id="cust_0", method="cash", currency="USD")
        return self._of(lambda: run_use_case(self._uow, lambda uow: record_payment(uow, new, self._ledger)))

    def audit(self, **more: Any) -> str:
        """What a part of the audit costs."""
        return self._of(lambda: audit_numbering(self._uow(ChangeSet()), self._numbers, **more))

    def audit_next(self) -> str:
        """What the part of the audit costs that is as deep as `DEPTH`, or the last."""
        after: AuditPosition | None = None
        for _ in range(DEPTH):
            part = audit_numbering(self._uow(ChangeSet()), self._numbers, after=after)
            if part.end is None:
                break
            after = part.end
        return self.audit(after=after)

    def list(self, query: str) -> str:
        """What the first page costs, and one as deep as `DEPTH`."""
        asked = read_query(query, INVOICES).query
        page = self._store.page_of(Invoice, self._account, asked)
        first = self._of(lambda: self._store.page_of(Invoice, self._account, asked))
        for _ in range(DEPTH - 1):
            page = self._store.page_of(Invoice, self._account, replace(asked, cursor=page.next_cursor))
        deep = self._of(lambda: self._store.page_of(Invoice, self._account, replace(asked, cursor=page.next_cursor)))
        return f"{first}; {deep}"

    def _of(self, work: Callable[[], Any]) -> str:
        self._meter.take()
        work()
        return self._meter.take()

    def _uow(self, changes: ChangeSet) -> UnitOfWork:
        return UnitOfWork(
            account=self._account, actor=ACTOR, real_now=NOW, store=self._store, new_id=new_id, new_secret=new_secret,
            changes=changes,
        )  # fmt: skip


def measures() -> Mapping[str, Callable[[Business], str]]:
    """What is measured of each business, by name."""
    return {
        "payment of the invoice due first": lambda business: business.pay(1),
        "payment of the 20 due first": lambda business: business.pay(20 * 100),
        "audit of the numbers, first part": lambda business: business.audit(),
        f"audit of the numbers, part {DEPTH} or the last": Business.audit_next,
        "audit of the numbers, of a year": lambda business: business.audit(period="2025"),
        **{
            f"`{query}`, page 1; page {DEPTH + 1}": partial(Business.list, query=query)
            for query in (f"{LISTED}&sort={sort}" for sort in SORTS)
        },
    }


def _open_invoices(account: str, count: int) -> Iterator[Invoice]:
    """Invoices of 100 dollars, none of them paid."""
    for number, invoice in enumerate(invoices(account, count, customers=1)):
        opened = replace(invoice, status=OPEN[number % len(OPEN)], currency="USD", total=10_000)
        if not is_issued(opened):
            raise LookupError("open invoices are issued")
        yield opened


def main() -> None:
    print_costs(__doc__, "open invoices of one customer", sizes=SIZES, make=Business, measures=measures())


if __name__ == "__main__":
    main()
