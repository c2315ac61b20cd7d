"""How balances and statements look in answers."""

from collections.abc import Callable
from typing import TypedDict

from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.pdf import PDF
from invoicing.api.request import BASE_PATH, Request
from invoicing.domain.ledger.statement import Balance, Statement, StatementLine
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number
from invoicing.operations.customers.get_customer_balance import CustomerBalance
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing.operations.documents.stored_pdf import safe_file_name


class BalanceOutput(TypedDict):
    """What is due in one currency, of that what is ``overdue``, and ``balance``: what is due less the credit."""

    currency: str
    amount_due: Number
    overdue: Number
    credit: Number
    balance: Number
    open_invoices: int


class CustomerBalanceOutput(TypedDict):
    """What a customer owes, currency by currency."""

    customer_id: str
    balances: list[BalanceOutput]


class MovementOutput(TypedDict):
    """A movement: ``amount`` is what the customer owes more, ``credit`` by how much its credit grew.

    ``balance`` is what is owed less the credit, after it. ``document`` is the number or reference that people know.
    """

    date: str
    type: str
    document: str | None
    invoice_id: str | None
    payment_id: str | None
    credit_note_id: str | None
    amount: Number
    credit: Number
    balance: Number


class StatementOutput(TypedDict):
    """A statement; ``closing_balance`` is ``opening_balance`` plus ``charged`` less ``settled``.

    ``closing_credit`` is what of it is unused credit.
    """

    customer_id: str
    currency: str
    start_date: str
    end_date: str
    opening_balance: Number
    charged: Number
    settled: Number
    closing_balance: Number
    closing_credit: Number
    movements: list[MovementOutput]


def balance_reply(found: CustomerBalance) -> Result:
    """A customer's balances as answered."""
    own = f"/customers/{found.customer.id}"
    data = CustomerBalanceOutput(
        customer_id=found.customer.id, balances=[_balance(balance) for balance in found.balances]
    )
    links = {"self": f"{own}/balance", "customer": own, "statement": f"{own}/statement"}
    return Result(data=data, links=links)


def statement_answer(
    found: CustomerStatement, request: Request, render: Callable[[CustomerStatement], bytes]
) -> Result | HttpResponse:
    """The statement as PDF, where the client accepts that, else as JSON of the same figures."""
    figures = found.figures
    if PDF in request.headers.get("accept", ""):
        name = safe_file_name(f"statement-{figures.customer_id}-{figures.currency}-{figures.start}-{figures.end}")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(status=200, body=render(found), headers=headers, content_type=PDF, is_binary=True)
    own = f"/customers/{figures.customer_id}"
    query = f"?{request.query_string}" if request.query_string else ""
    links = {"self": request.path.removeprefix(BASE_PATH) + query, "customer": own, "balance": f"{own}/balance"}
    return Result(data=_statement(figures), links=links)


def _balance(balance: Balance) -> BalanceOutput:
    return BalanceOutput(
        currency=balance.currency,
        amount_due=_money(balance.amount_due, balance.currency),
        overdue=_money(balance.overdue, balance.currency),
        credit=_money(balance.credit, balance.currency),
        balance=_money(balance.balance, balance.currency),
        open_invoices=balance.open_invoices,
    )


def _statement(figures: Statement) -> StatementOutput:
    currency = figures.currency
    return StatementOutput(
        customer_id=figures.customer_id,
        currency=currency,
        start_date=figures.start.isoformat(),
        end_date=figures.end.isoformat(),
        opening_balance=_money(figures.opening_balance, currency),
        charged=_money(figures.charged, currency),
        settled=_money(figures.settled, currency),
        closing_balance=_money(figures.closing_balance, currency),
        closing_credit=_money(figures.closing_credit, currency),
        movements=[_movement(line, currency) for line in figures.lines],
    )


def _movement(line: StatementLine, currency: str) -> MovementOutput:
    entry = line.entry
    return MovementOutput(
        date=entry.date.isoformat(),
        type=entry.movement,
        document=entry.document,
        invoice_id=entry.invoice_id,
        payment_id=entry.payment_id,
        credit_note_id=entry.credit_note_id,
        amount=_money(entry.amount, currency),
        credit=_money(entry.credit, currency),
        balance=_money(line.balance, currency),
    )


def _money(minor: int, currency: str) -> Number:
    return number(written(minor, currency))
