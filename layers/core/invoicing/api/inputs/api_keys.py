"""What clients send about API keys."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Name, whole_number_check, whole_number_schema
from invoicing.api.inputs.instants import Instant
from invoicing.domain.access.caller import SCOPES
from invoicing.operations.account.create_api_key import NewApiKey

USUAL_GRACE = timedelta(hours=1)
"""Time to rotate again for whoever lost the response, and with it the new secret."""

LONGEST_GRACE = timedelta(days=7)


def _scope(value: str) -> str:
    if value not in SCOPES:
        raise PydanticCustomError("SCOPE_INVALID", "must be one of {scopes}", {"scopes": ", ".join(sorted(SCOPES))})
    return value


Scope = Annotated[str, StringConstraints(strict=True), AfterValidator(_scope), WithJsonSchema({"enum": sorted(SCOPES)})]


class CreateApiKeyInput(RequestBody):
    """Body of ``POST /account/api-keys``."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(SCOPES))]
    expires_at: Annotated[
        Instant | None,
        Field(description="Not later than that of the key you use, which is the default; a key may have none."),
    ] = None

    def key(self) -> NewApiKey:
        """What the use case takes."""
        return NewApiKey(name=self.name, scopes=tuple(dict.fromkeys(self.scopes)), expires_at=self.expires_at)


class RotateApiKeyInput(RequestBody):
    """Body of ``POST /account/api-keys/{key_id}/rotate``: how long the old key is still accepted."""

    grace_period_seconds: Annotated[
        int,
        PlainValidator(whole_number_check(0, LONGEST_GRACE // timedelta(seconds=1))),
        whole_number_schema(0, LONGEST_GRACE // timedelta(seconds=1)),
        Field(description="How long the old key is still accepted: one hour unless given, at most seven days."),
    ] = USUAL_GRACE // timedelta(seconds=1)

    def grace_period(self) -> timedelta:
        """What the use case takes."""
        return timedelta(seconds=self.grace_period_seconds)
