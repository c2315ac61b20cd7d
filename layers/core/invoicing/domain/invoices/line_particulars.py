"""Particulars of a line: what the client says about it that no amount is computed from.

The terms are those of EN 16931: BT-130 to BT-133 and BG-31, Item information.
"""

from dataclasses import fields
from typing import NamedTuple

from invoicing.dataclass import dataclass


class Classification(NamedTuple):
    """A code of an item in a classification (BT-158): its scheme of UNTDID 7143, such as HS, and its version."""

    scheme: str
    code: str
    version: str | None = None


class Attribute(NamedTuple):
    """A property of an item (BT-160) and its value (BT-161), such as the colour blue."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineParticulars:
    """What a line says beside its figures; a line without any has None instead.

    - ``details``: the item described at length (BT-154)
    - ``note``: about the line (BT-127)
    - ``unit_code``: of UN/ECE Recommendation 20 or 21 (BT-130), as the client gave it; `unit_code_of` derives others
    - ``gtin``: Global Trade Item Number of 8, 12, 13 or 14 digits (BT-157, scheme 0160)
    - ``buyer_item_id``: what the buyer calls the item (BT-156)
    - ``classifications``: BT-158
    - ``country_of_origin``: ISO 3166-1 alpha-2 (BT-159)
    - ``attributes``: BG-32
    - ``order_line``: the line of the purchase order (BT-132)
    - ``accounting_reference``: where the buyer books the line (BT-133)
    """

    details: str | None = None
    note: str | None = None
    unit_code: str | None = None
    gtin: str | None = None
    buyer_item_id: str | None = None
    classifications: tuple[Classification, ...] = ()
    country_of_origin: str | None = None
    attributes: tuple[Attribute, ...] = ()
    order_line: str | None = None
    accounting_reference: str | None = None


NO_LINE_PARTICULARS = LineParticulars()
LINE_PARTICULARS = tuple(field.name for field in fields(LineParticulars))
