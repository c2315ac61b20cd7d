"""Pay out customer credit."""

from datetime import date
from decimal import Decimal

from invoicing.dataclass import dataclass
from invoicing.domain.events.credit_payouts import CREDIT_PAYOUT_CREATED
from invoicing.domain.ledger.cash_tax import cash_taxes
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import Method
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import book, change_credit, credit_of, date_entry, in_minor_units
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCreditPayout:
    """The input of a payout, in major units; the date defaults to today, the currency to the customer's."""

    amount: Decimal
    currency: str | None = None
    method: Method
    payout_date: date | None = None
    reference: str | None = None


def pay_out_credit(uow: UnitOfWork, customer_id: str, new: NewCreditPayout) -> CreditPayout:
    """Record that unused credit was paid to the customer; archived customers can be paid too.

    `NotFound` ``CUSTOMER_NOT_FOUND``; `ValidationFailed` ``AMOUNT_EXCEEDS_CREDIT``, ``AMOUNT_INVALID``, and as
    `entry_date`; `Conflict` as `entry_date`.
    """
    uow.prefetch((Account, PROFILE), (Customer, customer_id))
    account, customer = uow.get(Account, PROFILE), uow.get(Customer, customer_id)
    currency = new.currency or customer.currency or account.currency
    payout = CreditPayout(
        account=uow.account,
        id=uow.new_id("payout"),
        customer_id=customer.id,
        currency=currency,
        amount=in_minor_units("amount", new.amount, currency),
        method=new.method,
        payout_date=date_entry(uow, account, "date", new.payout_date),
        reference=new.reference,
        created_at=uow.now,
    )
    credit = credit_of(uow, customer.id, currency)
    after = change_credit(uow, credit, -payout.amount)
    book(
        uow,
        Movement.CREDIT_PAYOUT,
        customer_id=customer.id,
        currency=currency,
        date=payout.payout_date,
        amount=payout.amount,
        credit=-payout.amount,
        document=payout.reference,
        credit_payout_id=payout.id,
        method=payout.method,
        base_currency=account.currency,
        cash_taxes=cash_taxes((), (credit, after)),
    )
    uow.changes.save(payout)
    uow.record(CREDIT_PAYOUT_CREATED, payout)
    return payout
