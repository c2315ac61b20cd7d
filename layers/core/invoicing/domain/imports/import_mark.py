"""What an import leaves on what it wrote, apart from imports so that customers and invoices load no more."""

from typing import NamedTuple


class ImportMark(NamedTuple):
    """What a customer or invoice has of the import that made or changed it.

    ``outcome`` is what its row counted as: a row that is read again, because a slice died, counts as that. ``content``
    is the hash of the rows of an invoice.
    """

    import_id: str
    outcome: str
    content: str = ""
