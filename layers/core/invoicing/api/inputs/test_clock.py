"""What clients send about test clocks."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.instants import Instant
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
