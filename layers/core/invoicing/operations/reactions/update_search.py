"""Keep the words under which customers, invoices and credit notes are found, while no client waits for it."""

from collections.abc import Iterable
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.lists.search import words_of
from invoicing.domain.lists.search_rows import SearchWords
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_EVENTS = 40
"""The most events of one round: each is of an entity and its words, and one request reads 100 items."""

MOST_WRITES = 100
"""Writes of a transaction; those of one entity are at most 49."""

_KINDS: dict[str, type] = {"credit_note": CreditNote, "customer": Customer, "invoice": Invoice}


def update_search(uow: UnitOfWork, events: Iterable[Event]) -> int:
    """Write the words of the events' entities that have changed; return how many did.

    One read and, if any have changed, one transaction. Run it again until none has: the words are those of the entity
    as it was read, so whoever writes them looks at the entity once more, which may have changed in between.
    """
    named = dict.fromkeys((event.type.partition(".")[0], event.resource_id) for event in events)
    entities: list[Ref[Any]] = [uow.ref(_KINDS[each], identifier) for each, identifier in named if each in _KINDS]
    known: list[Ref[Any]] = [uow.ref(SearchWords, f"{ref.kind.__name__}#{ref.id}") for ref in entities]
    found = uow.store.find_together(*entities, *known)
    changed, writes = 0, 0
    for ref, entity, before in zip(known, found[: len(entities)], found[len(entities) :], strict=True):
        now = _words(ref, entity, before)
        needed = _writes(before, now)
        if needed and writes + needed <= MOST_WRITES:
            _replace(uow, before, now)
            changed, writes = changed + 1, writes + needed
    return changed


def _words(ref: Ref[Any], entity: Any, before: SearchWords | None) -> SearchWords | None:
    """Return the words of an entity as it is; None when it is deleted."""
    if entity is None:
        return None
    version = before.version + 1 if before else 1
    return SearchWords(
        account=ref.account, id=ref.id, version=version, created_at=entity.created_at, words=words_of(entity)
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
