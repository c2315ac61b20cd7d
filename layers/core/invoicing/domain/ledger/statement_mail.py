"""Statements that are sent by e-mail: of which period each is."""

from datetime import date, datetime

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMail:
    """A statement that a customer is sent, of a period with both days; its deliveries name it, and it them.

    It is made when it is sent, and dated ``day``, the civil date of the account on which it was requested.
    ``currency`` None is all currencies.
    """

    account: str
    id: str
    version: int = 1
    customer_id: str
    start: date
    end: date
    currency: str | None = None
    day: date
    delivery_ids: tuple[str, ...] = ()
    created_at: datetime
