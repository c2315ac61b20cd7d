"""Reading of entities that others refer to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.lists.query import MOST_CANDIDATES
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_RELATED = MOST_CANDIDATES
"""The most entities read for one request."""

MOST_TOGETHER = 100
"""Entities of one request."""


def find_related(uow: UnitOfWork, refs: Iterable[Ref[Any]]) -> Mapping[Ref[Any], Any]:
    """Return the entities that exist, each read once, 100 in a request, strongly consistent.

    `InvalidRequest` ``QUERY_TOO_BROAD`` for more than `MOST_RELATED`.
    """
    wanted = tuple(dict.fromkeys(refs))
    if len(wanted) > MOST_RELATED:
        message = f"expand would read more than {MOST_RELATED:,} resources; ask for fewer items, or expand less."
        raise InvalidRequest("QUERY_TOO_BROAD", message, (Detail("expand", message, "QUERY_TOO_BROAD"),))
    found: dict[Ref[Any], Any] = {}
    for some in batched(wanted, MOST_TOGETHER, strict=False):
        found |= zip(some, uow.store.find_together(*some), strict=True)
    return {ref: entity for ref, entity in found.items() if entity is not None}


def find_named[A](
    uow: UnitOfWork,
    resources: Iterable[A],
    names: Sequence[str],
    refs_of: Callable[[A, str], Sequence[Ref[Any]]],
    also: Sequence[Ref[Any]] = (),
) -> tuple[list[Mapping[str, list[Any]]], Mapping[Ref[Any], Any]]:
    """Return what each resource refers to by these names, as far as it exists, and all that was found.

    That includes what ``also`` refers to. Errors as `find_related`.
    """
    referred = [{name: refs_of(each, name) for name in names} for each in resources]
    found = find_related(uow, [*also, *(ref for each in referred for refs in each.values() for ref in refs)])

    def existing(refs: Sequence[Ref[Any]]) -> list[Any]:
        return [found[ref] for ref in refs if ref in found]

    return [{name: existing(refs) for name, refs in each.items()} for each in referred], found
