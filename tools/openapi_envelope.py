"""The envelope of answers: data, meta and links."""

from typing import Any, get_origin

from invoicing.api.app import Declared
from invoicing.api.query import EXPANDED
from tools.openapi_links import links_of
from tools.openapi_schemas import Object, Schemas


def envelope_of(kind: Any, declared: Declared[Any], schemas: Schemas) -> Object:
    """The envelope around a type that an operation answers with, among the components under its own name.

    That of an invoice is ``InvoiceResponse``, that of a list of them ``InvoiceList``, of one that is followed by cursor
    ``EventLog``, and where `expand` is understood ``ExpandableInvoiceResponse``; `ValueError` when two differ and would
    have one name.
    """
    is_list = get_origin(kind) is list
    base = _name(schemas.of[kind]["items"] if is_list else schemas.of[kind])
    suffix = _kind(declared, is_list=is_list)
    name = f"{'Expandable' if 'expands' in declared else ''}{base}{suffix}"
    envelope = {
        "description": f"A response with {f'a page of `{base}` items' if is_list else f'`{base}`'}.",
        "type": "object",
        "required": ["data", "meta", "links"],
        "properties": {
            "data": {"description": f"The {'items of the page' if is_list else 'resource or result'}."}
            | _data(kind, declared, schemas),
            "meta": _meta(kind, declared, schemas),
            "links": {"$ref": f"#/components/schemas/{links_of(base, suffix)}"},
        },
    }
    if schemas.components.setdefault(name, envelope) != envelope:
        raise ValueError(f"two envelopes would be {name}: name one of their types otherwise")
    return {"$ref": f"#/components/schemas/{name}"}


def _kind(declared: Declared[Any], *, is_list: bool) -> str:
    return ("Log" if declared.get("by_cursor") else "List") if is_list else "Response"


def _name(schema: Object) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _data(kind: Any, declared: Declared[Any], schemas: Schemas) -> Object:
    """A type, with the member of what is expanded."""
    schema = schemas.of[kind]
    if not (expands := declared.get("expands")):
        return schema
    member = {"type": "object", "properties": {EXPANDED: schemas.of[expands.expander.Expanded]}}
    if get_origin(kind) is list:
        return schema | {"items": {"allOf": [schema["items"], member]}}
    return {"allOf": [schema, member]}


def _meta(kind: Any, declared: Declared[Any], schemas: Schemas) -> Object:
    name = "Meta"
    if get_origin(kind) is list:
        name = "CursorMeta" if declared.get("by_cursor") else "ListMeta"
    usual, more = {"$ref": f"#/components/schemas/{name}"}, declared.get("more_meta")
    if not more:
        return usual
    members = {member: schemas.of[kind] for member, kind in more.items()}
    return {"allOf": [usual, {"type": "object", "required": list(members), "properties": members}]}
