"""Templates: each version is an item of its own, written once."""

from typing import Any

from invoicing.domain.templates.template import Design, Template, TemplateRef
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.party_codec import logo_from
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def template_from(values: dict[str, Any]) -> Template:
    """Read the version of an unpacked item."""
    design = values["design"]
    shown = {"columns": tuple(design["columns"]), "logo": logo_from(design.get("logo"))}
    parts = {
        "ref": TemplateRef(**values["ref"]),
        "design": Design(**design | shown),
    }
    return Template(**values | item_codec.instants(values, "created_at", "updated_at") | parts)


@stores(Template)
class TemplateRecord(DocumentRecord):
    """A version of a template."""

    read = template_from

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"template#{identifier}"
