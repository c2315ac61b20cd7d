"""Service periods in request bodies."""

from typing import Annotated, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody, converted
from invoicing.api.inputs.fields import CivilDate
from invoicing.domain.invoices.service_period import ServicePeriod


class ServicePeriodInput(RequestBody):
    """The first and the last day of a period; both count."""

    start: CivilDate
    end: CivilDate

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("SERVICE_PERIOD_INVALID", "must not end before it starts")
        return self

    def period(self) -> ServicePeriod:
        """Convert to the domain's value."""
        return ServicePeriod(self.start, self.end)


Period = Annotated[ServicePeriod, converted(ServicePeriodInput, ServicePeriodInput.period)]
"""A service period as the domain has it."""
