"""Settings of notices in request bodies."""

from typing import Annotated

from pydantic import Field

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Email
from invoicing.api.inputs.instants import LocalTime


class NotificationsInput(RequestBody):
    """Whether, where and when the account is told of what failed; null is the default."""

    enabled: Annotated[bool, Field(strict=True)] | None = None
    email: Email | None = None
    send_at: LocalTime | None = None
