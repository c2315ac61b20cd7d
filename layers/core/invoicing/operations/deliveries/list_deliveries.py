"""List deliveries."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.events.event import Event
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_PER_PAGE = 100


def list_deliveries(uow: UnitOfWork, query: ListQuery) -> ListPage[Delivery]:
    """Return one page; `InvalidRequest` as `Store.page_of` and `Store.page_among`.

    Filters on an invoice or payment read its events, which name its deliveries, and that on a statement what was sent:
    a further index would cost every e-mail a write. For what is unknown the list is empty.
    """
    named = [item for item in query.conditions if item.field in _NAMING]
    if not named:
        return uow.page_of(Delivery, query)
    first, *others = (list(_NAMING[item.field](uow, item.value)) for item in named)
    ids = [each for each in dict.fromkeys(first) if all(each in other for other in others)]
    conditions = tuple(item for item in query.conditions if item not in named)
    return uow.store.page_among(Delivery, uow.account, ids, replace(query, conditions=conditions))


def _of_statement(uow: UnitOfWork, statement_id: str) -> Iterable[str]:
    mail = uow.find(StatementMail, statement_id)
    return mail.delivery_ids if mail else ()


def deliveries_of(name: str, uow: UnitOfWork, resource_id: str) -> Iterator[str]:
    """Yield the ids of the deliveries that events of a resource name."""
    cursor: str | None = None
    while True:
        conditions = (Condition("resource_id", "eq", (resource_id,)),)
        page = uow.page_of(Event, ListQuery(conditions=conditions, per_page=_PER_PAGE, cursor=cursor))
        for event in page.items:
            if event.data["object"] != name:
                continue
            yield from event.data.get("delivery_ids", ())
            if "delivery_id" in event.data:
                yield event.data["delivery_id"]
        cursor = page.next_cursor
        if cursor is None:
            return


_NAMING: Mapping[str, Callable[[UnitOfWork, str], Iterable[str]]] = {
    "invoice_id": partial(deliveries_of, "invoice"),
    "payment_id": partial(deliveries_of, "payment"),
    "statement_id": _of_statement,
}
"""The filters on what e-mails are about: how each finds the ids of its deliveries."""
