"""Checks the own texts of schedules of reminders; Jinja2 is loaded only where there are any."""

from collections.abc import Sequence

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.reminders.settings import ScheduleEntry, texts_in


def require_texts(schedule: Sequence[ScheduleEntry], field: str = "schedule") -> None:
    """Raise `ValidationFailed` with the first problem of each text that does not work; ``field`` is the schedule's."""
    texts = list(texts_in(schedule, field))
    if not texts:
        return
    from invoicing_documents.own_texts.checking import check  # noqa: PLC0415

    problems = [problem.detail for path, source in texts if (problem := check(source, path))]
    if problems:
        raise ValidationFailed(*problems)
