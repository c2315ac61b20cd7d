"""Making, changing and deleting drafts: what those use cases have in common."""

from invoicing.domain.errors import Conflict, Detail, NotFound
from invoicing.domain.invoice import Invoice
from invoicing.domain.numbering import NumberReservation
from invoicing.domain.party import Account
from invoicing.operations.work import Work


def reserve_number(work: Work, number: str, invoice_id: str) -> None:
    """Take a client's own number for its invoice; `Conflict` ``DUPLICATE_INVOICE_NUMBER`` when another one has it."""
    reservation = NumberReservation(account=work.account, id=number, taken_by=invoice_id)
    work.changes.save(reservation, otherwise=_number_taken)


def release_number(work: Work, draft: Invoice) -> None:
    """Give back the client's own number of a draft, if it has one: nobody has seen it used."""
    if draft.number is not None:
        work.changes.remove(NumberReservation(account=work.account, id=draft.number, taken_by=draft.id))


def must_exist(account: Account | None) -> Account:
    """The account of a key; `NotFound` ``ACCOUNT_NOT_FOUND``."""
    if account is None:
        raise NotFound("ACCOUNT_NOT_FOUND", "The account of this key is gone.")
    return account


def _number_taken(existing: NumberReservation) -> Conflict:
    documents = "invoices" if existing.series == "invoice" else "credit-notes"
    return Conflict(
        "DUPLICATE_INVOICE_NUMBER",
        f"The invoice number {existing.id} is taken.",
        (Detail("invoice_number", "This number is taken.", "INVOICE_NUMBER_EXISTS", existing.id),),
        existing_resource=f"/{documents}/{existing.taken_by}",
    )
