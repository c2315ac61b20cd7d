"""Bodies of requests about webhooks."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import whole_number_check, whole_number_schema
from invoicing.api.inputs.instants import Instant
from invoicing.domain.webhooks.address import LONGEST_URL
from invoicing.domain.webhooks.signature import LONGEST, fault_of
from invoicing.domain.webhooks.webhook import LONGEST_ROTATION, MOST_PATTERNS, ROTATION

LONGEST_PATTERN = 100


def _secret(value: str) -> str:
    if fault := fault_of(value):
        raise PydanticCustomError("SECRET_INVALID", "{fault}", {"fault": fault})
    return value


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Url = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_URL)]
Secret = Annotated[str, StringConstraints(strict=True, max_length=LONGEST), AfterValidator(_secret)]
_Pattern = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_PATTERN)]
Patterns = Annotated[list[_Pattern], Field(min_length=1, max_length=MOST_PATTERNS), AfterValidator(_once)]
_MOST_SECONDS = int(LONGEST_ROTATION.total_seconds())
Overlap = Annotated[int, PlainValidator(whole_number_check(0, _MOST_SECONDS)), whole_number_schema(0, _MOST_SECONDS)]
"""Seconds for which the secret before signs as well."""


class CreateWebhookInput(RequestBody):
    """Body of ``POST /webhooks``."""

    url: Url
    events: Patterns
    secret: Secret | None = None


class UpdateWebhookInput(RequestBody):
    """Body of ``PATCH /webhooks/{webhook_id}``: a missing field stays."""

    # Factories instead of defaults: these fields can be changed, and none removed.
    url: Url = Field(default_factory=str)
    events: Patterns = Field(default_factory=list)
    status: Literal["active", "disabled"] = Field(default_factory=lambda: "active")

    def values(self) -> dict[str, Any]:
        """Return the fields that were sent."""
        values = self.model_dump(exclude_unset=True)
        return values | {"events": tuple(self.events)} if "events" in values else values


class RotateWebhookSecretInput(RequestBody):
    """Body of ``POST /webhooks/{webhook_id}/rotate-secret``."""

    secret: Secret | None = None
    overlap_seconds: Overlap = int(ROTATION.total_seconds())

    @property
    def overlap(self) -> timedelta:
        """How long the secret of now signs as well."""
        return timedelta(seconds=self.overlap_seconds)


class ReplayWebhookInput(RequestBody):
    """Body of ``POST /webhooks/{webhook_id}/replay``: events from ``from`` on and before ``to``."""

    begins: Instant = Field(alias="from")
    ends: Instant = Field(alias="to")

    @property
    def period(self) -> tuple[datetime, datetime]:
        """The begin and the end."""
        return self.begins, self.ends
