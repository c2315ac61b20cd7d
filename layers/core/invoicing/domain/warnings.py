"""Warnings: what a request says is accepted, and doubtful (docs/reference/conventions.md#warnings)."""

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class InputWarning:
    """A doubtful field: ``field`` is a path such as ``due_date``."""

    field: str
    code: str
    message: str
