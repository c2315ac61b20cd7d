"""What operators say of an account."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Country, Currency, Email, Locale, Name, Word
from invoicing.domain.access import Mode
from invoicing.operations.create_account import NewAccount


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise PydanticCustomError("TIME_ZONE_INVALID", "Give an IANA time zone such as Europe/Vienna.")
    return value


class CreateAccountInput(RequestBody):
    """Event of ``CreateAccountFunction``."""

    name: Name
    email: Email | None = None
    currency: Currency = "USD"
    time_zone: Annotated[str, StringConstraints(strict=True), AfterValidator(_time_zone)] = "UTC"
    locale: Locale = "en"
    country: Country | None = None
    payment_terms: Word = "Net 30"
    mode: Mode = "test"

    def account(self) -> NewAccount:
        """What the use case takes."""
        return NewAccount(**self.model_dump())
