"""Links of hosted pages; found before the account is known, so under the token alone."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.invoices.page_link import PageLink
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(PageLink)
class PageLinkRecord(Record):
    """The invoice of a page's token."""

    class Meta:
        table_name = TableName("invoices")

    account = UnicodeAttribute()
    invoice_id = UnicodeAttribute()

    @staticmethod
    def key(_: str, identifier: str, /) -> tuple[str, str]:
        return f"page#{identifier}", "link"

    @classmethod
    def values(cls, entity: PageLink) -> dict[str, Any]:
        pk, sk = cls.key("", entity.id)
        return {"pk": pk, "sk": sk, "version": 1, "account": entity.account, "invoice_id": entity.invoice_id}

    def entity(self) -> PageLink:
        return PageLink(id=self.pk.removeprefix("page#"), account=self.account, invoice_id=self.invoice_id)
