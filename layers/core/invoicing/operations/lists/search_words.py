"""Words under which entities are found: written where they have changed."""

from collections.abc import Iterable
from typing import Any

from invoicing.domain.lists.metadata import tags_of
from invoicing.domain.lists.search import customer_of, words_of
from invoicing.domain.lists.search_rows import SearchWords
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_ENTITIES = 40
"""The most entities whose words are looked at together: each has its words, and one request reads 100 items."""

MOST_WRITES = 100
"""Writes of a transaction; those of one entity are at most 55."""


def update_words(uow: UnitOfWork, refs: Iterable[Ref[Any]]) -> int:
    """Write the words, and the tags of searchable metadata, of entities where they have changed; return how many have.

    One read, another one for the customers of schedules and, if any have changed, one transaction. Run it again until
    none has: the words are those of the entity as it was read, so whoever writes them looks at the entity once more,
    which may have changed in between.
    """
    entities = tuple(dict.fromkeys(refs))
    known: list[Ref[Any]] = [uow.ref(SearchWords, f"{ref.kind.__name__}#{ref.id}") for ref in entities]
    account, *found = uow.store.find_together(uow.ref(Account, PROFILE), *entities, *known)
    customers = _customers(uow, found[: len(entities)])
    keys = account.searchable_metadata if account else ()
    changed, writes = 0, 0
    for ref, entity, before in zip(known, found[: len(entities)], found[len(entities) :], strict=True):
        now = _words(ref, entity, before, customers, keys)
        needed = _writes(before, now)
        if needed and writes + needed <= MOST_WRITES:
            _replace(uow, before, now)
            changed, writes = changed + 1, writes + needed
    return changed


def _customers(uow: UnitOfWork, entities: Iterable[Any]) -> dict[str, Customer]:
    """Return the customers whose words others have too, by id."""
    named = dict.fromkeys(each for entity in entities if entity is not None and (each := customer_of(entity)))
    if not named:
        return {}
    found = uow.store.find_together(*(uow.ref(Customer, each) for each in named))
    return {customer.id: customer for customer in found if customer is not None}


def _words(
    ref: Ref[Any], entity: Any, before: SearchWords | None, customers: dict[str, Customer], keys: Iterable[str]
) -> SearchWords | None:
    """Return the words of an entity as it is; None when it is deleted."""
    if entity is None:
        return None
    version = before.version + 1 if before else 1
    return SearchWords(
        account=ref.account,
        id=ref.id,
        version=version,
        created_at=entity.created_at,
        words=words_of(entity, customers.get(customer_of(entity) or "")),
        tags=tags_of(entity, keys),
    )


def _writes(before: SearchWords | None, now: SearchWords | None) -> int:
    """Return how many writes lead from some words to others, 0 where they are the same."""
    if before is None and now is None:
        return 0
    if before and now and before.rows == now.rows:
        return 0
    return 1 + len(_rows(before) ^ _rows(now))


def _rows(words: SearchWords | None) -> set[str]:
    return set(words.rows) if words else set()


def _replace(uow: UnitOfWork, before: SearchWords | None, now: SearchWords | None) -> None:
    """Write the words, and the rows that are new or gone."""
    if now:
        uow.changes.save(now)
        for row in sorted(_rows(now) - _rows(before)):
            uow.changes.save(now.rows[row])
    if before:
        for row in sorted(_rows(before) - _rows(now)):
            uow.changes.remove(before.rows[row])
    if before and not now:
        uow.changes.remove(before)
