"""What clients send about test clocks."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.instants import Instant
from invoicing.domain.test_clocks.period import Period, period_of
from invoicing.domain.test_clocks.test_clock import EARLIEST, LATEST


def _shown(instant: datetime) -> datetime:
    """Return the instant to the millisecond, as responses show it."""
    if not EARLIEST <= instant < LATEST:
        wording = f"from {EARLIEST.year} to {LATEST.year - 1}"
        raise PydanticCustomError("INSTANT_INVALID", "must be an instant {wording}", {"wording": wording})
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


ClockTime = Annotated[Instant, AfterValidator(_shown)]


class SetTestClockInput(RequestBody):
    """Body of ``PUT /test-clock``."""

    now: Annotated[ClockTime, Field(description="The instant at which time stands still, from 2000 to 2099.")]


def _period(value: Any) -> Period:
    try:
        return period_of(value)
    except (TypeError, ValueError):
        wording = "must be an ISO 8601 duration of whole numbers, such as P1M or P1DT12H"
        raise PydanticCustomError("DURATION_INVALID", wording) from None


IsoPeriod = Annotated[Period, PlainValidator(_period), WithJsonSchema({"type": "string", "format": "duration"})]


class AdvanceTestClockInput(RequestBody):
    """Body of ``POST /test-clock/advance``: one of both."""

    to: Annotated[ClockTime | None, Field(description="The instant to advance to; what is due then is done.")] = None
    by: Annotated[
        IsoPeriod | None,
        Field(
            description="How far to advance, instead of `to`: a duration such as `P1M`. Months, weeks and days are "
            "added to the local time of the account, hours and less to the instant.",
            examples=["P1M"],
        ),
    ] = None

    @property
    def target(self) -> datetime | Period:
        """The instant to advance to, or how far; `ValueError` for a body that is not valid."""
        target = self.to or self.by
        if target is None:
            raise ValueError("neither to nor by")
        return target

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.to is None) is (self.by is None):
            raise PydanticCustomError("VALUE_INVALID", "must have either to or by")
        return self
