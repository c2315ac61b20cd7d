"""Codec of lots of credit, which credit and its payments have, apart from that of tax parts, which invoices have."""

from collections.abc import Sequence
from typing import Any

from invoicing.domain.money.credit_lots import Lot, Lots
from invoicing.storage.dynamodb.tax_part_codec import tax_parts_from


def lots_from(values: Sequence[dict[str, Any]]) -> Lots:
    """Read lots of credit."""
    return tuple(Lot(**lot | {"taxes": tax_parts_from(lot["taxes"])}) for lot in values)
