"""Where invoices come from, and what takes their place, in responses."""

from typing import TypedDict

from invoicing.domain.invoices.invoice import Invoice


class RevisionsOutput(TypedDict):
    """The invoices that an invoice takes the place of, and that took its place; why it was cancelled.

    An ``imported`` one was issued by another system.
    """

    imported: bool
    revises: str | None
    revised_by: str | None
    void_reason: str | None


def revisions_output(invoice: Invoice) -> RevisionsOutput:
    """Return where an invoice came from, and what became of it."""
    return RevisionsOutput(
        imported=invoice.import_mark is not None,
        revises=invoice.revises,
        revised_by=invoice.revised_by,
        void_reason=invoice.void_reason,
    )
