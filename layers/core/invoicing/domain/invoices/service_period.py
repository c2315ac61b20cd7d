"""The period in which what is invoiced was or is supplied (EN 16931: BG-14 of an invoice, BG-26 of a line)."""

from datetime import date

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ServicePeriod:
    """From ``start`` to ``end``, both included; ``end`` is not before ``start``."""

    start: date
    end: date
