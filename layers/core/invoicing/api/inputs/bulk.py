"""What bodies of bulk operations have in common."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import form_check, text_schema

MOST_ITEMS = 100

_KEY = re.compile("[!-~]*")
IdempotencyKey = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=255),
    AfterValidator(form_check(_KEY, "VALUE_INVALID", "must have visible ASCII characters only, and no space")),
    text_schema(
        description="The key of this item alone, like the header `Idempotency-Key` of a single request.",
        minLength=1,
        maxLength=255,
        pattern=f"^{_KEY.pattern}$",
    ),
]


class BulkItem(RequestBody):
    """What an item has besides the body of the single request."""

    idempotency_key: IdempotencyKey | None = None
