"""What bodies of bulk operations have in common."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import matching, text_schema

MOST_ITEMS = 100

_VISIBLE = re.compile("[!-~]*")

IdempotencyKey = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=255),
    AfterValidator(matching(_VISIBLE, "VALUE_INVALID", "must have visible ASCII characters only")),
    text_schema(pattern=f"^{_VISIBLE.pattern}$", minLength=1, maxLength=255),
]


class BulkItem(RequestBody):
    """What an item has besides the body of the single request."""

    idempotency_key: IdempotencyKey | None = None
