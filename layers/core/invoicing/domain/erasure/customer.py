"""Erasure of the customer itself, and from when on it may be (GDPR, article 17)."""

from datetime import date, datetime

from invoicing.domain.errors import Conflict
from invoicing.domain.parties.customer import Buyer, Customer

ERASED_NAME = "Erased customer"
"""The name of an erased customer, in every language."""

_KEPT = (
    "account", "id", "version", "sequence", "currency", "locale", "payment_terms", "series_id",
    "template_id", "apply_credit", "reminders", "late_fee", "has_invoices", "archived_at", "restored_at", "archivings",
    "created_at",
)  # fmt: skip
"""What is left of a customer: settings, which say nothing of a person, and the record's own times."""


def erasable_from(newest: date, years: int) -> date:
    """Return the first day after retention: it runs from the end of the year of the newest entry (§ 147 (4) AO)."""
    return date(min(newest.year + years + 1, date.max.year), 1, 1)


def require_erasable(customer: Customer, newest: date | None, years: int, today: date) -> None:
    """Raise `Conflict` unless a customer may be erased, whose newest ledger entry is of a day, None without any.

    ``CUSTOMER_NOT_ARCHIVED``, ``RETENTION_NOT_ENDED`` with the day from which it may be.
    """
    if customer.archived_at is None:
        message = "The customer has invoices or payments and is not archived. Delete it without erase first."
        raise Conflict("CUSTOMER_NOT_ARCHIVED", message)
    if newest is None:
        return
    day = erasable_from(newest, years)
    if today < day:
        message = (
            f"The newest entry of the customer's ledger is of {newest.isoformat()}, and documents are kept for {years} "
            f"years from the end of its year. The customer can be erased from {day.isoformat()} on."
        )
        raise Conflict("RETENTION_NOT_ENDED", message, erasable_from=day.isoformat())


def require_not_erased(customer: Customer, action: str) -> None:
    """Raise `Conflict` ``CUSTOMER_ERASED`` for a customer that is nobody any more."""
    if customer.erased_at is not None:
        raise Conflict("CUSTOMER_ERASED", f"Cannot {action} an erased customer.")


def erased_customer(customer: Customer, now: datetime) -> Customer:
    """Return the customer without anything that says who it is."""
    kept = {name: getattr(customer, name) for name in _KEPT}
    return Customer(**kept | {"version": customer.version + 1}, name=ERASED_NAME, updated_at=now, erased_at=now)


def erased_buyer(buyer: Buyer) -> Buyer:
    """Return the copy of a customer without anything that says who it is."""
    kept = {name: getattr(buyer, name) for name in ("id", "version", "apply_credit", "template_id")}
    return Buyer(name=ERASED_NAME, **kept)


def addresses_of(party: Customer | Buyer) -> tuple[str, ...]:
    """Return the e-mail addresses of a customer or of its copy."""
    contact = party.contact.email if party.contact else None
    return tuple(each for each in (party.email, contact, *party.cc_emails) if each)
