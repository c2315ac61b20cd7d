"""What may be asked of an invoice's PDF."""

from collections.abc import Mapping

from invoicing.api.parameters import read_parameters
from invoicing.api.query import YES_OR_NO, ValueType

INVOICE_PDF: Mapping[str, ValueType] = {"marks": YES_OR_NO}
"""The query parameters of an invoice's PDF."""


def is_marked_copy(query_string: str) -> bool:
    """Whether a copy with a mark is asked for; `InvalidRequest` as `read_parameters`."""
    return read_parameters(query_string, INVOICE_PDF).get("marks") == "true"
