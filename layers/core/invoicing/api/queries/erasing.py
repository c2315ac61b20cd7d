"""What may be asked of the deletion of a customer."""

from collections.abc import Mapping

from invoicing.api.parameters import read_parameters
from invoicing.api.query import YES_OR_NO, ValueType

ERASING: Mapping[str, ValueType] = {"erase": YES_OR_NO}
"""The query parameters of the deletion of a customer."""


def is_erasure(query_string: str) -> bool:
    """Whether the customer is to be erased; `InvalidRequest` as `read_parameters`."""
    return read_parameters(query_string, ERASING).get("erase") == "true"
