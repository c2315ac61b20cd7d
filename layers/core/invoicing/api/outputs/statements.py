"""Balances and statements in responses."""

from collections.abc import Callable
from typing import TypedDict

from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.pdf import PDF, pdf_response
from invoicing.api.request import BASE_PATH, Request
from invoicing.domain.ledger.ageing import Ageing
from invoicing.domain.ledger.statement import Balance, Statement, StatementLine
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number
from invoicing.operations.customers.get_customer_balance import CustomerBalance
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing.operations.documents.stored_pdf import safe_file_name


class BalanceOutput(TypedDict):
    """The balance in one currency: ``amount_due``, of which ``overdue``, less ``credit`` and ``post_dated``.

    ``post_dated`` is what entries dated after today add.
    """

    currency: str
    amount_due: Number
    overdue: Number
    credit: Number
    post_dated: Number
    balance: Number
    open_invoices: int


class CustomerBalanceOutput(TypedDict):
    """The balance of a customer in each currency."""

    customer_id: str
    balances: list[BalanceOutput]


class MovementOutput(TypedDict):
    """A movement: ``amount`` is the change of the amount owed, ``credit`` the change of the credit.

    ``balance`` is what is owed less the credit, after the movement. ``document`` is the number or reference that people
    know. ``due_date`` is that of an invoice that is issued.
    """

    date: str
    due_date: str | None
    type: str
    document: str | None
    invoice_id: str | None
    payment_id: str | None
    credit_note_id: str | None
    credit_payout_id: str | None
    amount: Number
    credit: Number
    balance: Number


class AgeingOutput(TypedDict):
    """What is due on the last day of a statement, by days overdue, and ``unapplied_credit`` apart.

    The sum of the amounts due less the credit is the closing balance.
    """

    current: Number
    days_1_30: Number
    days_31_60: Number
    days_61_90: Number
    days_over_90: Number
    unapplied_credit: Number


class CurrencyStatementOutput(TypedDict):
    """A statement in one currency; ``closing_balance`` is ``opening_balance`` plus ``charged`` less ``settled``.

    ``closing_credit`` is the unused credit in it. ``ageing`` is null where the end is so long ago that it
    cannot be told.
    """

    currency: str
    opening_balance: Number
    charged: Number
    settled: Number
    closing_balance: Number
    closing_credit: Number
    ageing: AgeingOutput | None
    movements: list[MovementOutput]


class StatementOutput(TypedDict):
    """A statement of a period, with a section for each currency."""

    customer_id: str
    start_date: str
    end_date: str
    sections: list[CurrencyStatementOutput]


class SentStatementOutput(TypedDict):
    """A statement that is sent; ``currency`` null is all currencies."""

    id: str
    customer_id: str
    start_date: str
    end_date: str
    currency: str | None
    delivery_ids: list[str]


def sent_statement_result(mail: StatementMail) -> Result:
    """Return what is sent, with where to read what becomes of it."""
    own = f"/customers/{mail.customer_id}"
    data = SentStatementOutput(
        id=mail.id,
        customer_id=mail.customer_id,
        start_date=mail.start.isoformat(),
        end_date=mail.end.isoformat(),
        currency=mail.currency,
        delivery_ids=list(mail.delivery_ids),
    )
    links = {
        "self": f"{own}/statement/send",
        "customer": own,
        "statement": f"{own}/statement",
        "deliveries": f"/deliveries?statement_id={mail.id}",
    }
    return Result(data=data, links=links)


def balance_result(found: CustomerBalance) -> Result:
    """Return a customer's balances."""
    own = f"/customers/{found.customer.id}"
    data = CustomerBalanceOutput(
        customer_id=found.customer.id, balances=[_balance(balance) for balance in found.balances]
    )
    links = {"self": f"{own}/balance", "customer": own, "statement": f"{own}/statement"}
    return Result(data=data, links=links)


def statement_result(
    found: CustomerStatement, request: Request, render: Callable[[CustomerStatement], bytes]
) -> Result | HttpResponse:
    """Return the statement as PDF, where the client accepts that, else as JSON."""
    statements = found.statements
    first = statements[0]
    if PDF in request.headers.get("accept", ""):
        currencies = "-".join(statement.currency for statement in statements)
        name = safe_file_name(f"statement-{first.customer_id}-{currencies}-{first.start}-{first.end}")
        return pdf_response(render(found), name)
    own = f"/customers/{first.customer_id}"
    query = f"?{request.query_string}" if request.query_string else ""
    links = {"self": request.path.removeprefix(BASE_PATH) + query, "customer": own, "balance": f"{own}/balance"}
    data = StatementOutput(
        customer_id=first.customer_id,
        start_date=first.start.isoformat(),
        end_date=first.end.isoformat(),
        sections=[_statement(statement) for statement in statements],
    )
    return Result(data=data, links=links)


def _balance(balance: Balance) -> BalanceOutput:
    return BalanceOutput(
        currency=balance.currency,
        amount_due=_money(balance.amount_due, balance.currency),
        overdue=_money(balance.overdue, balance.currency),
        credit=_money(balance.credit, balance.currency),
        post_dated=_money(balance.post_dated, balance.currency),
        balance=_money(balance.balance, balance.currency),
        open_invoices=balance.open_invoices,
    )


def _statement(statement: Statement) -> CurrencyStatementOutput:
    currency = statement.currency
    return CurrencyStatementOutput(
        currency=currency,
        opening_balance=_money(statement.opening_balance, currency),
        charged=_money(statement.charged, currency),
        settled=_money(statement.settled, currency),
        closing_balance=_money(statement.closing_balance, currency),
        closing_credit=_money(statement.closing_credit, currency),
        ageing=_ageing(statement.ageing, currency) if statement.ageing else None,
        movements=[_movement(line, currency) for line in statement.lines],
    )


def _ageing(ageing: Ageing, currency: str) -> AgeingOutput:
    return AgeingOutput(
        current=_money(ageing.current, currency),
        days_1_30=_money(ageing.days_1_30, currency),
        days_31_60=_money(ageing.days_31_60, currency),
        days_61_90=_money(ageing.days_61_90, currency),
        days_over_90=_money(ageing.days_over_90, currency),
        unapplied_credit=_money(ageing.unapplied_credit, currency),
    )


def _movement(line: StatementLine, currency: str) -> MovementOutput:
    entry = line.entry
    return MovementOutput(
        date=entry.date.isoformat(),
        due_date=line.due_date.isoformat() if line.due_date else None,
        type=entry.movement,
        document=entry.document,
        invoice_id=entry.invoice_id,
        payment_id=entry.payment_id,
        credit_note_id=entry.credit_note_id,
        credit_payout_id=entry.credit_payout_id,
        amount=_money(entry.amount, currency),
        credit=_money(entry.credit, currency),
        balance=_money(line.balance, currency),
    )


def _money(minor: int, currency: str) -> Number:
    return number(written(minor, currency))
