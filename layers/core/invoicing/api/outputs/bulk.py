"""Results of bulk operations in responses; `invoicing.api.bulk` makes them."""

from typing import Any, NotRequired, TypedDict


class ResultErrorOutput(TypedDict):
    """The ``error`` of an item that failed, as that of a single request; some errors have more members."""

    type: str
    code: str
    message: str
    details: list[dict[str, Any]]
    request_id: str
    timestamp: str


class ResultWarningOutput(TypedDict):
    """One field of an item that is doubtful, by its path from the body's root."""

    field: str
    code: str
    message: str


class ResultOutput(TypedDict):
    """What came of the item at ``index``: ``status`` is that of a single request, ``error`` there if it failed."""

    index: int
    status: int
    error: NotRequired[ResultErrorOutput]
    warnings: NotRequired[list[ResultWarningOutput]]
