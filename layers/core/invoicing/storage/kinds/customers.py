"""Customers, and the indexes of their lists."""

from datetime import datetime
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.parties.customer import Archiving, Customer
from invoicing.operations.lists.sort_texts import CREATED, search_text
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.party_codec import buyer_parts, given_values, late_fee_from
from invoicing.storage.dynamodb.record import Listing, ResourceRecord
from invoicing.storage.dynamodb.reminder_codec import reminder_override_from
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def customer_texts(customer: Customer) -> Texts:
    """Return the fields of a customer that lists filter or sort by."""
    return {
        "id": customer.id,
        "name": search_text(customer.name),
        "email": search_text(customer.email) if customer.email else None,
        "archived": "true" if customer.archived_at else "false",
        CREATED: instant_text(customer.created_at),
    }


CUSTOMER_LISTING = Listing(
    indexes=(
        Index(name="by_created", partition="listed", within="archived", range="created", field=CREATED),
        Index(
            name="by_email",
            partition="listed",
            within="archived",
            range="email",
            field="email",
            sparse=True,
            field_rank=0,
        ),
        Index(name="by_name", partition="listed", within="archived", range="name", field="name"),
    ),
    texts=customer_texts,
    counter="customers",
    counted_by=frozenset({"archived"}),
)


def customer_from(values: dict[str, Any]) -> Customer:
    """Read the customer of an unpacked item."""
    times = item_codec.instants(values, "created_at", "updated_at", "archived_at", "restored_at", "erased_at")
    reminders = reminder_override_from(values.get("reminders"))
    archivings = tuple(Archiving(version, datetime.fromisoformat(at)) for version, at in values.get("archivings", ()))
    mark = ImportMark(*values["import_mark"]) if values.get("import_mark") else None
    own = {
        "import_mark": mark,
        "late_fee": late_fee_from(values.get("late_fee")),
        "reminders": reminders,
        "archivings": archivings,
    }
    return Customer(**buyer_parts(values) | times | own)


def customer_values(customer: Customer) -> dict[str, Any]:
    """Return what is packed; most of a customer is rarely given."""
    values = given_values(customer)
    if customer.archivings:
        values["archivings"] = [list(each) for each in customer.archivings]
    if customer.import_mark:
        values["import_mark"] = list(customer.import_mark)
    return values


@stores(Customer)
class CustomerRecord(ResourceRecord):
    """A customer."""

    read = customer_from
    write = customer_values
    listing = CUSTOMER_LISTING
    indexed = staticmethod(CUSTOMER_LISTING.index_values)

    class Meta:
        table_name = TableName("customers")

    listed, created, name, email = (UnicodeAttribute(null=True) for _ in range(4))
