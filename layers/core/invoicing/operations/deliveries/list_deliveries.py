"""List deliveries."""

from collections.abc import Iterator
from dataclasses import replace

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.events.event import Event
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_PER_PAGE = 100
_RESOURCES = {"invoice_id": "invoice", "payment_id": "payment"}
"""The filters on a resource that e-mails are about, with its name in events."""


def list_deliveries(uow: UnitOfWork, query: ListQuery) -> ListPage[Delivery]:
    """Return one page; `InvalidRequest` as `Store.page_of` and `Store.page_among`.

    Filters on resources read the events of each, which name its deliveries: a further index would cost every e-mail a
    write. For an unknown resource the list is empty.
    """
    of_resources = [item for item in query.conditions if item.field in _RESOURCES]
    if not of_resources:
        return uow.page_of(Delivery, query)
    named = [list(_named_by(uow, _RESOURCES[item.field], item.value)) for item in of_resources]
    ids = [each for each in dict.fromkeys(named[0]) if all(each in others for others in named[1:])]
    others = tuple(item for item in query.conditions if item not in of_resources)
    return uow.store.page_among(Delivery, uow.account, ids, replace(query, conditions=others))


def _named_by(uow: UnitOfWork, name: str, resource_id: str) -> Iterator[str]:
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
