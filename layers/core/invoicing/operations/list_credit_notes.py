"""List credit notes."""

from invoicing.domain.credit_note import CreditNote
from invoicing.operations.listing import Listed, ListQuery
from invoicing.operations.work import Work


def list_credit_notes(work: Work, query: ListQuery) -> Listed[CreditNote]:
    """One page; `InvalidRequest` as `Store.page_of` says."""
    return work.store.page_of(CreditNote, work.account, query)
