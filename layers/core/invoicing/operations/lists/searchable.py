"""Lists filtered by metadata: which of their filters rows serve."""

from dataclasses import replace

from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import ListQuery, metadata_key
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def with_searchable(uow: UnitOfWork, query: ListQuery) -> ListQuery:
    """Return the query with the filters that rows serve, those of keys that everything has its rows of.

    One request if the query has such a filter, which reads the account.
    """
    asked = {item.field: key for item in query.conditions if (key := metadata_key(item.field)) is not None}
    if not asked:
        return query
    from invoicing.domain.lists.metadata_change import METADATA_CHANGE, MetadataChange  # noqa: PLC0415

    uow.prefetch((Account, PROFILE), (MetadataChange, METADATA_CHANGE))
    change = uow.find(MetadataChange, METADATA_CHANGE)
    ready = set(uow.get(Account, PROFILE).searchable_metadata) - set(change.keys if change else ())
    return replace(query, tagged=frozenset(field for field, key in asked.items() if key in ready))
