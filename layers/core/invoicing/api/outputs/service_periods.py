"""Service periods in responses."""

from typing import TypedDict

from invoicing.domain.invoices.service_period import ServicePeriod


class ServicePeriodOutput(TypedDict):
    """The first and the last day of a period; both count."""

    start: str
    end: str


def service_period_output(period: ServicePeriod | None) -> ServicePeriodOutput | None:
    """Return a service period, None where there is none."""
    return None if period is None else ServicePeriodOutput(start=period.start.isoformat(), end=period.end.isoformat())
