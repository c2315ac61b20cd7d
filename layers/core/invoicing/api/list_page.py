"""How a page of a list is answered: its items, where it stands among the others, and links to them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from invoicing import exact_json
from invoicing.api.envelope import Result
from invoicing.api.query import EXPANDED, ListSpec, ParsedQuery, read_query
from invoicing.api.request import BASE_PATH, Request
from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.lists.query import MOST_CANDIDATES, ListPage

MOST_BYTES = 5_000_000
"""Size of a page; Lambda answers with at most 6 MB."""


def list_result[A](
    request: Request, asked: ParsedQuery, listed: ListPage[A], output: Callable[[A], Mapping[str, Any]]
) -> Result:
    """One page as the contract writes it; `InvalidRequest` ``QUERY_TOO_BROAD`` when it is too large to be sent."""
    data = [_chosen(output(each), asked.fields) for each in listed.items]
    if sum(len(exact_json.dumps(each)) for each in data) > MOST_BYTES:
        message = "The page is larger than 5 MB; request a smaller per_page, or fields without items."
        raise InvalidRequest("QUERY_TOO_BROAD", message, (Detail("per_page", message, "QUERY_TOO_BROAD"),))
    pagination = {
        "page": listed.page,
        "per_page": asked.query.per_page,
        "total": listed.total,
        "total_pages": _pages(listed.total, asked.query.per_page),
        "has_next": listed.has_next,
        "has_previous": listed.has_previous,
    }
    return Result(data=data, links=_links(request, asked, listed), pagination=pagination)


def whole_list_result[A](
    request: Request, of: ListSpec, items: Sequence[A], output: Callable[[A], Mapping[str, Any]]
) -> Result:
    """One page of a list that was read whole; `InvalidRequest` as `read_query`."""
    asked = read_query(request.query_string, of)
    skipped = asked.query.skipped
    end = skipped + asked.query.per_page
    listed = ListPage(
        items=tuple(items[skipped:end]),
        page=asked.query.page,
        total=len(items),
        has_next=end < len(items),
        has_previous=skipped > 0,
    )
    return list_result(request, asked, listed, output)


def _chosen(item: Mapping[str, Any], fields: frozenset[str] | None) -> Mapping[str, Any]:
    if fields is None:
        return item
    return {name: value for name, value in item.items() if name in fields or name == EXPANDED}


def _pages(total: int | None, per_page: int) -> int | None:
    return None if total is None else -(-total // per_page)


def _last_page(total: int | None, per_page: int) -> int | None:
    """The number of the last page, None where it is unknown or lies too deep to be asked for by number."""
    pages = _pages(total, per_page)
    if pages is None or (pages - 1) * per_page > MOST_CANDIDATES:
        return None
    return max(1, pages)


def _links(request: Request, asked: ParsedQuery, listed: ListPage[Any]) -> dict[str, str | None]:
    path = request.path.removeprefix(BASE_PATH)
    kept = [(name, value) for name, value in asked.parameters if name not in {"page", "offset", "cursor"}]
    query = asked.query

    def link(parameters: Sequence[tuple[str, str]]) -> str:
        text = urlencode(parameters, safe=",:", errors="surrogateescape")
        return f"{path}?{text}" if text else path

    def numbered(page: int, skipped: int) -> str:
        by_number = ("page", str(page)) if query.offset is None else ("offset", str(skipped))
        return link([*kept, by_number])

    def beside(cursor: str | None, step: int) -> str:
        if cursor:
            return link([*kept, ("cursor", cursor)])
        return numbered(listed.page + step, max(0, query.skipped + step * query.per_page))

    last = _last_page(listed.total, query.per_page)
    return {
        "self": link(asked.parameters),
        "first": numbered(1, 0),
        "last": None if last is None else numbered(last, (last - 1) * query.per_page),
        "next": beside(listed.next_cursor, 1) if listed.has_next else None,
        "prev": beside(listed.previous_cursor, -1) if listed.has_previous else None,
    }
