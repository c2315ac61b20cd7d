"""Reader of searches: the candidates that the rows of some words have in common."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.lists.metadata import tag_of
from invoicing.domain.lists.search import customer_of, is_found, search_for, words_of
from invoicing.domain.lists.search_rows import SearchRow, found_in, rows_from, tagged
from invoicing.domain.parties.customer import Customer
from invoicing.operations.lists.query import MOST_CANDIDATES, Condition, metadata_key
from invoicing.operations.lists.sort_texts import CREATED, HIGHEST
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.index import Texts
from invoicing.storage.kinds import record_of
from invoicing.storage.lists.refusals import too_much

MOST_WORDS_READ = 3
"""The most words whose rows are read, the longest first: others are looked for in the entities."""

FEW = 100
"""Candidates that one request reads: fewer need no further word."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be found, by its id: its texts that rows know; ``words`` are those it must have.

    ``exact``: the rows show that each has all of them.
    """

    texts: dict[str, Texts]
    words: tuple[str, ...]
    exact: bool


def candidates(database: Database, account: str, kind: str, text: str) -> Candidates:
    """Return the candidates of a search; `InvalidRequest` ``QUERY_TOO_BROAD`` where there are too many.

    One Query for the longest word; more while there are many candidates. Where all words have too many, what begins
    with the wholes may be few.
    """
    search = search_for(text)
    if search is None:
        return Candidates({}, (), exact=True)
    if found := _having(database, account, kind, search.words):
        return found
    has_signs = search.wholes != search.words
    if has_signs and (found := _having(database, account, kind, search.wholes)) and found.texts:
        return found
    raise too_much("search", f"More than {MOST_CANDIDATES:,} items have these words; add a word, or letters to them.")


def _having(database: Database, account: str, kind: str, words: tuple[str, ...]) -> Candidates | None:
    found: dict[str, Texts] | None = None
    shown = 0
    for word in sorted(words, key=len, reverse=True)[:MOST_WORDS_READ]:
        if found is not None and len(found) <= FEW:
            break
        rows = _rows(database, account, kind, word)
        if rows is not None:
            found = rows if found is None else {each: found[each] for each in found if each in rows}
            shown += 1
    return None if found is None else Candidates(found, words, exact=shown == len(words))


def having_tag(database: Database, account: str, kind: str, condition: Condition) -> dict[str, Texts] | None:
    """Return what has a value of searchable metadata; None when there are more than candidates may be."""
    tag = tag_of(metadata_key(condition.field) or "", condition.value)
    return _rows(database, account, tagged(kind), tag)


def _rows(database: Database, account: str, kind: str, word: str) -> dict[str, Texts] | None:
    """Return what has a word that begins so; None when there are more rows than candidates may be."""
    begin = rows_from(kind, word)
    answer: dict[str, Any] = database.dispatch(
        "Query",
        {
            "TableName": record_of(SearchRow).Meta.table_name,
            "KeyConditionExpression": "pk = :account AND sk BETWEEN :low AND :high",
            "ExpressionAttributeValues": {
                ":account": {"S": account},
                ":low": {"S": begin},
                ":high": {"S": begin + HIGHEST},
            },
            "ProjectionExpression": "sk",
            "Limit": MOST_CANDIDATES + 1,
        },
    )
    if len(answer["Items"]) > MOST_CANDIDATES or "LastEvaluatedKey" in answer:
        return None
    found = (found_in(item["sk"]["S"]) for item in answer["Items"])
    return {identifier: {"id": identifier, CREATED: created} for created, identifier in found}


def having_words(database: Database, account: str, words: Sequence[str], entities: Sequence[Any]) -> tuple[Any, ...]:
    """Return those of some entities that have the words; one request for each 100 customers of schedules."""
    customers = _customers(database, account, entities)
    return tuple(each for each in entities if is_found(words, words_of(each, customers.get(customer_of(each) or ""))))


def _customers(database: Database, account: str, entities: Sequence[Any]) -> dict[str, Customer]:
    """Return the customers whose words entities have too, by id."""
    record = record_of(Customer)
    found: dict[str, Customer] = {}
    for some in batched(dict.fromkeys(filter(None, map(customer_of, entities))), FEW, strict=False):
        pairs = (record.key(account, identifier) for identifier in some)
        keys = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in pairs]
        read = database.read_all({record.Meta.table_name: {"Keys": keys, "ConsistentRead": True}})
        found |= {customer.id: customer for _, item in read if (customer := record.entity_of(item))}
    return found
