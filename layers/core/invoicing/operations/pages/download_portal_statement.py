"""Make the statement of a customer in its portal."""

from datetime import timedelta

from invoicing.domain.calendar import today
from invoicing.domain.errors import InvalidRequest
from invoicing.operations.customers.get_customer_statement import CustomerStatement, Period, get_customer_statement
from invoicing.operations.pages._opening import open_portal
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

STATEMENT_COVERS = timedelta(days=365)
"""How far back the statement in the portal goes."""


def download_portal_statement(uow: UnitOfWork, token: str, ledger: Ledger) -> CustomerStatement:
    """Return the customer's statement of the last year or, where that has too many entries, of this month.

    `NotFound` as `open_portal`; `InvalidRequest` when this month has too many entries, too.
    """
    opened = open_portal(uow, token)
    start = today(opened.uow.now, opened.account.time_zone) - STATEMENT_COVERS
    try:
        return get_customer_statement(opened.uow, opened.customer.id, Period(start=start), ledger)
    except InvalidRequest:
        return get_customer_statement(opened.uow, opened.customer.id, Period(), ledger)
