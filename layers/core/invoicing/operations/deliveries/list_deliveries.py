"""List deliveries."""

from collections.abc import Iterator
from dataclasses import replace

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.events.event import Event
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_PER_PAGE = 100


def list_deliveries(uow: UnitOfWork, query: ListQuery) -> ListPage[Delivery]:
    """Return one page; `InvalidRequest` as `Store.page_of` and `Store.page_among`.

    A filter on ``invoice_id`` reads the events of the invoice, which name its deliveries: a further index would cost
    every e-mail a write. For an unknown invoice the list is empty.
    """
    of_invoice = next((item for item in query.conditions if item.field == "invoice_id"), None)
    if of_invoice is None:
        return uow.page_of(Delivery, query)
    ids = list(dict.fromkeys(_named_by(uow, of_invoice.value)))
    others = tuple(item for item in query.conditions if item is not of_invoice)
    return uow.store.page_among(Delivery, uow.account, ids, replace(query, conditions=others))


def _named_by(uow: UnitOfWork, invoice_id: str) -> Iterator[str]:
    cursor: str | None = None
    while True:
        conditions = (Condition("resource_id", "eq", (invoice_id,)),)
        page = uow.page_of(Event, ListQuery(conditions=conditions, per_page=_PER_PAGE, cursor=cursor))
        for event in page.items:
            yield from event.data.get("delivery_ids", ())
            if "delivery_id" in event.data:
                yield event.data["delivery_id"]
        cursor = page.next_cursor
        if cursor is None:
            return
