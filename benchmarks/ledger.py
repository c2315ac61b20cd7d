"""Requests and read units of a customer's balance, statement and ledger, at 1,000 to 100,000 entries.

    python -m benchmarks.ledger [--sizes 1000 10000 100000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml, items as the API writes them, and balances
carried forward by the reaction's use case. Local counts units as AWS does; its times say nothing of AWS.

Entries are spread over ten years, and a month that has as many in every size is measured. Of ten entries, one is an
invoice that stays open, and one was recorded on another day than it is dated. The last ones are not carried forward.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import batched
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import Meter, put
from invoicing.api.queries.ledger import LEDGER, MOST_ROWS
from invoicing.api.query import read_query
from invoicing.aws_session import open_session
from invoicing.domain.ledger.entry import LedgerEntry, Movement, OpenItemChange
from invoicing.domain.sealing import sealed
from invoicing.identifiers import first_id, new_id, new_secret
from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.operations.customers.get_customer_statement import Period, get_customer_statement
from invoicing.operations.customers.list_ledger_entries import list_ledger_entries
from invoicing.operations.reactions.carry_balances import carry_balance
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, a_customer, an_account
from tests.storage.tables import NAMES, create_tables
from tools import dynamodb_local

NOW = datetime.now(UTC)
END = (NOW.replace(day=1) - timedelta(days=1)).date()
MONTH = Period(start=END.replace(day=1), end=END)
"""The month that is measured: the last one."""

IN_MONTH, SINCE = 100, 60
"""Entries in the month that is measured, and after it."""

YEARS = timedelta(days=3650)

Read = Callable[[UnitOfWork, DynamoLedger], Any]


def moments(count: int) -> Iterator[datetime]:
    """When entries are recorded: most over the years before the month, some in it, and some since."""
    begin = datetime.combine(END.replace(day=1), datetime.min.time(), UTC)
    earlier = count - IN_MONTH - SINCE
    yield from (begin - YEARS + YEARS * number / earlier for number in range(earlier))
    yield from (begin + timedelta(days=25) * number / IN_MONTH for number in range(IN_MONTH))
    yield from (NOW - timedelta(seconds=SINCE - number) for number in range(SINCE))


def entries(account: str, count: int) -> Iterator[LedgerEntry]:
    """Invoices, and payments of nine tenths of them a month later, in turns."""
    due: list[date] = []
    for number, recorded in enumerate(moments(count)):
        is_payment = number % 2 == 1 and number % 20 != 1
        on = (recorded - timedelta(days=3 if number % 10 == 0 else 0)).date()
        due += [] if is_payment else [on + timedelta(days=30)]
        paid = due[max(0, len(due) - 40)]
        amount = -12_000 if is_payment else 12_000
        change = OpenItemChange(due_date=paid if is_payment else due[-1], amount=amount, count=-1 if is_payment else 1)
        yield sealed(
            LedgerEntry(
                account=account,
                id=f"{first_id('ent', recorded)}7{number % 4096:03x}{number:016x}",
                customer_id="cust_123",
                currency="USD",
                date=on,
                movement=Movement.PAYMENT if is_payment else Movement.INVOICE,
                amount=amount,
                document=f"{'TX' if is_payment else 'INV'}-{on.year}-{number:06}",
                invoice_id=new_id("inv"),
                payment_id=new_id("pay") if is_payment else None,
                open_items=(change,),
                created_at=recorded,
            )
        )


def write(database: Database, account: str, count: int) -> None:
    """Store the entries as their records are, with their account and customer."""
    put(database, [("accounts", an_account(account=account)), ("customers", a_customer(account=account))])
    stored = (("ledger", entry) for entry in entries(account, count))
    with ThreadPoolExecutor(8) as threads:
        for some in batched(stored, 2_000, strict=False):
            list(threads.map(lambda batch: put(database, batch), batched(some, 25, strict=False)))


def page(query_string: str, per_page: int = 20) -> Read:
    """The reading of the first page of what a query asks for."""
    query = replace(read_query(query_string, LEDGER).query, per_page=per_page)
    return lambda uow, ledger: list_ledger_entries(uow, "cust_123", query, ledger)


def next_page(uow: UnitOfWork, ledger: DynamoLedger) -> None:
    """The page behind `NEXT`."""
    list_ledger_entries(uow, "cust_123", read_query(f"cursor={NEXT[uow.account]}", LEDGER).query, ledger)


NEXT: dict[str, str] = {}
"""The cursor of a second page, by account."""

PERIOD = f"start_date={MONTH.start}&end_date={MONTH.end}"
READS: dict[str, Read] = {
    "balance": lambda uow, ledger: get_customer_balance(uow, "cust_123", ledger),
    "statement of last month": lambda uow, ledger: get_customer_statement(uow, "cust_123", MONTH, ledger),
    "statement of this month": lambda uow, ledger: get_customer_statement(uow, "cust_123", Period(), ledger),
    "ledger, page 1": page(""),
    "ledger, next page": next_page,
    "ledger of a month": page(PERIOD),
    "ledger of a month, by type": page(f"{PERIOD}&type=payment"),
    "ledger of a month, CSV": page(PERIOD, MOST_ROWS),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    sizes: list[int] = arguments.parse_args().sizes
    credentials = {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
    name_tables(NAMES)
    with dynamodb_local.running() as endpoint:
        os.environ |= credentials | {"AWS_ENDPOINT_URL_DYNAMODB": endpoint}
        database = Database(open_session(), endpoint)
        create_tables(database)
        store, ledger = DynamoStore(database, 13), DynamoLedger(database)

        def uow(account: str, changes: ChangeSet | None = None) -> UnitOfWork:
            return UnitOfWork(
                account=account,
                actor=ACTOR,
                real_now=NOW,
                store=store,
                new_id=new_id,
                new_secret=new_secret,
                changes=changes or ChangeSet(),
            )

        accounts = {f"acc_{size:032x}": size for size in sizes}
        for account, size in accounts.items():
            write(database, account, size)
            while run_use_case(partial(uow, account), lambda attempt: carry_balance(attempt, "cust_123", ledger, NOW)):
                pass
            first = ledger.page(account, "cust_123", read_query("", LEDGER).query)
            NEXT[account] = first.next_cursor or ""
        meter = Meter(database)
        print("Requests / read units, without the key check\n")
        print("| | " + " | ".join(f"{size:,} entries" for size in sizes) + " |\n|" + "---|" * (len(sizes) + 1))
        for name, read in READS.items():
            cells = []
            for account in accounts:
                meter.take()
                read(uow(account), ledger)
                cells.append(meter.take())
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
