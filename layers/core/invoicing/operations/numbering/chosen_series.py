"""The number series that an invoice, a credit note or a customer names."""

from dataclasses import replace

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import DocumentType
from invoicing.domain.parties.account import Account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_OF = {"invoice": "invoices", "credit_note": "credit notes"}


def require_series(account: Account, series_id: str | None, document_type: DocumentType = "invoice") -> None:
    """Raise `ValidationFailed` ``SERIES_INVALID`` unless the account has this series for such documents, or None."""
    if series_id is None:
        return
    series = account.find_series(series_id)
    if series is None or series.document_type != document_type:
        message = f"series_id must name a number series of {_OF[document_type]}; list them with GET /number-series."
        raise ValidationFailed(Detail("series_id", message, "SERIES_INVALID", series_id))


def keep_series(uow: UnitOfWork, account: Account, series_id: str | None) -> None:
    """Keep a series that is named from being deleted, from the first time on; one request, unless it was prefetched.

    When it is deleted at the same moment, one of the two meets a write conflict.
    """
    if series_id is None:
        return
    counter = uow.find(NumberSeries, series_id) or NumberSeries(account=uow.account, id=series_id)
    if not counter.used:
        uow.changes.require(uow.ref(Account, account.id), account.version)
        uow.changes.save(replace(counter, version=counter.version + 1, used=True))
