"""List the portal links of a customer."""

from dataclasses import replace

from invoicing.domain.parties.customer import Customer
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_portal_links(uow: UnitOfWork, customer_id: str, query: ListQuery) -> ListPage[PortalLink]:
    """Return one page of links; `NotFound` ``CUSTOMER_NOT_FOUND``, `InvalidRequest` as `Store.page_of`."""
    customer = uow.get(Customer, customer_id)
    of_customer = Condition("customer_id", "eq", (customer.id,))
    return uow.page_of(PortalLink, replace(query, conditions=(of_customer, *query.conditions)))
