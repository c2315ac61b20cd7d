"""A lock of the books under real threads, on Amazon's own DynamoDB Local: nothing gets in behind it."""

from datetime import timedelta
from decimal import Decimal

from invoicing.domain.errors import Conflict, Unavailable
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.payments.payment import Payment
from invoicing.operations.account.get_account import OwnAccount
from invoicing.operations.account.update_account import update_account
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from tests.builders import NOW, an_issued_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.site import Site, at_once

pytestmark = ON_DYNAMODB_LOCAL

YESTERDAY = NOW.date() - timedelta(days=1)
PAYMENTS = 15


def test_after_a_lock_nothing_is_dated_in_its_period(site: Site, local_tables: Database) -> None:
    for number in range(PAYMENTS):
        site.keep(an_issued_invoice(account=site.account, id=f"inv_{number}"))
    new = NewPayment(amount=Decimal(1), method="cash", payment_date=YESTERDAY)
    ledger, seen = DynamoLedger(local_tables), list[LedgerEntry]()

    def entries() -> list[LedgerEntry]:
        return ledger.entries(site.account, "cust_123", until=YESTERDAY)

    def lock_or_pay(number: int) -> Payment | OwnAccount:
        if number < PAYMENTS:
            return run_use_case(site.uow, lambda uow: record_invoice_payment(uow, f"inv_{number}", new))
        locked = run_use_case(site.uow, lambda uow: update_account(uow, {"books_locked_until": YESTERDAY}))
        seen.extend(entries())
        return locked

    outcomes = at_once(PAYMENTS + 1, lock_or_pay)
    paid = [outcome for outcome in outcomes if isinstance(outcome, Payment)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Conflict | Unavailable)]
    assert isinstance(outcomes[-1], OwnAccount)
    assert len(paid) + len(refused) == PAYMENTS
    assert {error.code for error in refused} <= {"PERIOD_LOCKED", "SERVICE_UNAVAILABLE"}
    assert sorted(entry.payment_id or "" for entry in entries()) == sorted(payment.id for payment in paid)
    assert entries() == seen
