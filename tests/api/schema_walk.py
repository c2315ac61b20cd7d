"""Walks the JSON schema of a request body: every value in it, where it is, and a body that has all of them."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from invoicing.api.inputs.base import RequestBody
from invoicing.domain.exports.export import SKR03

Schema = dict[str, Any]
Path = tuple[str | int, ...]

EMAIL_AT_LIMIT = "a" * 64 + "@" + ("b" * 60 + ".") * 3 + "b" * 6
TEXTS: dict[str, Callable[[int], str]] = {
    "accent_color": "#00aa77".ljust,
    "base": lambda length: "USD"[:length].ljust(length, "X"),
    "bic": "DEUTDEFF".ljust,
    "country": lambda length: "AT".ljust(length, "X"),
    "country_of_origin": lambda length: "AT".ljust(length, "X"),
    "currency": lambda length: "USD"[:length].ljust(length, "X"),
    "email": lambda length: EMAIL_AT_LIMIT[-min(length, 254) :].rjust(length, "a"),
    "gtin": "04006381333931".ljust,
    "iban": "AT611904300234573201".ljust,
    "id": lambda length: "cust_".ljust(length, "x"),
    "invoice_number": lambda length: "N" * length,
    "idempotency_key": lambda length: "k" * length,
    "locale": lambda length: "kok-Deva-419-u-nu-mathsans".ljust(length, "x"),
    "payment_url": lambda length: "https://a.example/{number}".ljust(length, "x"),
    "scheme": "0002".ljust,
    "secret": "s".__mul__,
    "subject_code": lambda length: "AAI".ljust(length, "X"),
    "tax_exemption_code": lambda length: "VATEX-EU-".ljust(length, "1"),
    "time_zone": lambda length: "America/Argentina/ComodRivadavia".ljust(length if length > 64 else 0, "x"),
    "upi_id": lambda length: "a@bank".rjust(length, "a"),
    "url": lambda length: "https://a.example/".ljust(length, "x"),
    "website": lambda length: "https://a.example/".ljust(length, "x"),
    "unit_code": "HUR".ljust,
}
"""Texts of a length, by the field's name; all other fields take any text."""
SMALL = {
    "accent_color": "#0a7",
    "base": "USD",
    "bic": "DEUTDEFF",
    "country": "AT",
    "country_of_origin": "AT",
    "currency": "USD",
    "gtin": "73513537",
    "iban": "AT611904300234573201",
    "id": "cust_1",
    "locale": "en",
    "locales": "en",
    "payment_url": "https://a.example/{number}",
    "scheme": "0002",
    "secret": "s" * 16,
    "send_at": "09:00",
    "subject_code": "AAI",
    "tax_exemption_code": "VATEX-EU-O",
    "time_zone": "UTC",
    "upi_id": "a.b@bank",
    "url": "https://a.example/",
    "website": "https://a.example",
    "unit_code": "HUR",
} | dict.fromkeys(("email", "cc_emails", "to", "cc", "bcc"), "a@b.example")
MOMENTS = {
    "date": "2026-01-31",
    "date-time": "2099-12-31T00:00:00Z",
    "duration": "P1M",
}
ALTERNATIVES = (("amount", "percentage"), ("tax_rate", "taxes"), ("to", "by"), ("data", "file"), ("locale", "locales"))
"""Members of which an object has one only."""
TEXTS |= {name: lambda length: "4" * length for name in SKR03}
SMALL |= dict.fromkeys(SKR03, "1400")
TEXTS |= dict.fromkeys(("cc_emails", "to", "cc", "bcc"), TEXTS["email"]) | {"locales": TEXTS["locale"]}


@dataclass(frozen=True)
class Place:
    """A value in a body; ``of_key`` for the names of an object instead of their values."""

    path: Path
    schema: Schema
    of_key: bool = False

    @property
    def name(self) -> str:
        """Its field in the API's words: ``items[0].quantity``."""
        return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path).lstrip(".")

    def text(self, length: int) -> str:
        """A text of this length that the field takes if it is not too long; beyond the BMP if it may."""
        field = next((part for part in reversed(self.path) if isinstance(part, str)), "")
        return TEXTS.get(field, "😀".__mul__)(length)


@cache
def schema_of(model: type[RequestBody]) -> Schema:
    """The schema of a body, with references filled in."""
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})

    def resolved(node: Any) -> Any:
        if isinstance(node, list):
            return [resolved(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return resolved(definitions[node["$ref"].rpartition("/")[2]])
        return {name: resolved(value) for name, value in node.items()}

    found: Schema = resolved(schema)
    return found


def places(schema: Schema, path: Path = ()) -> Iterator[Place]:
    """Every value that a body may have."""
    for option in _options(schema):
        yield Place(path, option)
        for name, inner in option.get("properties", {}).items():
            yield from places(inner, (*path, name))
        if "items" in option:
            yield from places(option["items"], (*path, 0))
        if values := _values(option):
            yield from places(values, (*path, _key(path)))
            yield Place(path, option.get("propertyNames", {}), of_key=True)


def full_body(schema: Schema, path: Path = ()) -> Any:
    """A body with every field, each as small as it may be, alternatives included."""
    option = _options(schema)[-1]
    if "const" in option:
        return option["const"]
    if "enum" in option:
        return option["enum"][0]
    match option["type"]:
        case "object":
            inner = option.get("properties") or {_key(path): _values(option)}
            return {name: full_body(schema, (*path, name)) for name, schema in inner.items()}
        case "array":
            return [full_body(option["items"], (*path, 0))]
        case "string":
            return _text(option, path)
        case kind:
            return {"number": 1, "integer": 1, "boolean": False}[kind]


def with_value(body: Any, path: Path, value: Any) -> Any:
    """The body with another value at a place, and one of all alternatives: those on the way to it."""
    return one_form(placed(body, path, value), path)


def placed(body: Any, path: Path, value: Any) -> Any:
    """The body with another value at a place, all alternatives included.

    ``terms`` and its newer name cannot both be given unless they agree.
    """
    changed = deepcopy(body)
    if not path:
        return value
    for other in {"terms": ["payment_terms"], "payment_terms": ["terms"]}.get(str(path[-1]), []):
        changed.pop(other, None)
    inner = changed
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return changed


def one_form(body: Any, path: Path = ()) -> Any:
    """The body with one of all alternatives: those on a path, else the first."""
    place, rest = (path[0], path[1:]) if path else (None, ())
    if isinstance(body, list):
        return [one_form(item, rest if index == place else ()) for index, item in enumerate(body)]
    if not isinstance(body, dict):
        return body
    left_out = {
        name
        for names in ALTERNATIVES
        if set(names) <= body.keys()
        for name in names
        if name != (place if place in names else names[0])
    }
    return {
        name: one_form(value, rest if name == place else ()) for name, value in body.items() if name not in left_out
    }


def many_keys(count: int, value: Any) -> dict[str, Any]:
    """An object of so many names."""
    return {f"key {number}": value for number in range(count)}


def _key(path: Path) -> str:
    return {"rates": "USD", "payment_instructions_by_locale": "en"}.get(str(path[-1]), "key")


def _values(option: Schema) -> Schema | None:
    """The schema of the values of an object with names of its own."""
    of_any_name, of_pattern = option.get("additionalProperties"), option.get("patternProperties", {})
    return next(iter(of_pattern.values()), of_any_name) or None


def _options(schema: Schema) -> list[Schema]:
    if "anyOf" in schema:
        return [option for each in schema["anyOf"] for option in _options(each)]
    options = [schema] if schema.get("type") != "null" else []
    # A number may be a string of digits, which is no other value.
    return [
        option | {"type": option["type"][0]} if isinstance(option.get("type"), list) else option for option in options
    ]


def _text(option: Schema, path: Path) -> str:
    if option.get("format") in MOMENTS:
        return MOMENTS[option["format"]]
    return SMALL.get(next(part for part in reversed(path) if isinstance(part, str)), "x")
