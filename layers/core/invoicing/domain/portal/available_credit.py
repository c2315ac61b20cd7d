"""What is left of the credit that credit notes gave."""

from collections.abc import Iterable, Mapping

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.ledger.statement import Balance


def available_of(notes: Iterable[CreditNote], balances: Iterable[Balance]) -> Mapping[str, int]:
    """Return what is available of each note, newest first, in minor units by its id; nothing where it is used up.

    A customer has one credit in a currency, and what is used of it is the oldest: so what is left is of the latest
    notes, and never more than the customer has.
    """
    left = {balance.currency: balance.credit for balance in balances}
    available: dict[str, int] = {}
    for note in notes:
        if note.voided_at is None and (part := min(note.credited_to_customer, left.get(note.currency, 0))) > 0:
            available[note.id] = part
            left[note.currency] -= part
    return available
