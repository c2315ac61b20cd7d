"""What bodies of bulk operations have in common."""

from typing import Annotated

from pydantic import Field, StringConstraints

from invoicing.api.inputs.base import RequestBody

MOST_ITEMS = 100

IdempotencyKey = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=255, pattern=r"^[!-~]*$"),
    Field(description="The key of this item alone, like the header `Idempotency-Key` of a single request."),
]


class BulkItem(RequestBody):
    """What an item has besides the body of the single request."""

    idempotency_key: IdempotencyKey | None = None
