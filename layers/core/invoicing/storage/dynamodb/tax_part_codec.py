"""Codec of tax parts, apart from that of lines, which ledger entries and credit do not have."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from invoicing.domain.money.tax_parts import TaxPart, TaxParts


def tax_parts_from(values: Sequence[dict[str, Any]]) -> TaxParts:
    """Read parts of tax."""
    return tuple(TaxPart(**part | {"rate": Decimal(part["rate"])}) for part in values)
