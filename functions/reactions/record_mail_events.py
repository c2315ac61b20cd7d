"""Mail-events queue: record what SES reports of e-mails."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor
from invoicing.operations.reactions.record_mail_events import MailReport, record_mail_events
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.wiring import mail_reports, wiring

ACTOR = Actor("system", "record_mail_events")


@mail_reports
def handler(account: str, reports: list[MailReport]) -> Mapping[str, Any]:
    """Record one report."""
    (report,) = reports

    def start(changes: ChangeSet) -> UnitOfWork:
        return wiring().unit_of_work(account, ACTOR, changes)

    return {"outcome": run_use_case(start, lambda uow: record_mail_events(uow, report))}
