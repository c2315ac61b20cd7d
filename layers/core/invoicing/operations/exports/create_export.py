"""Begin an export."""

from dataclasses import field
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.exports.export import (
    MOST_AT_ONCE,
    OF_LEDGER,
    SETTLED_AFTER,
    Books,
    Export,
    ExportFormat,
    ExportRun,
    ExportType,
    run_ids,
)
from invoicing.domain.exports.writing import Writing
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExport:
    """The input of an export; the fiscal year of bookings begins with the calendar's unless they say otherwise."""

    type: ExportType
    format: ExportFormat
    start_date: date
    end_date: date
    writing: Writing = Writing()
    fiscal_year_start: date | None = None
    consultant_number: int = 1001
    client_number: int = 1
    accounts: dict[str, str] = field(default_factory=dict)


def create_export(uow: UnitOfWork, new: NewExport, *, api_url: str) -> Export:
    """Let the export begin once all that was recorded before it can be read; a few at a time.

    `ValidationFailed` ``DATE_INVALID``; `Conflict` ``EXPORTS_RUNNING``.
    """
    if new.end_date < new.start_date:
        message = f"end_date must be {new.start_date} or later, since start_date is."
        raise ValidationFailed(Detail("end_date", message, "DATE_INVALID", new.end_date.isoformat()))
    uow.prefetch((Account, PROFILE), *((ExportRun, each) for each in run_ids()))
    account = uow.get(Account, PROFILE)
    export = Export(
        account=uow.account,
        id=uow.new_id("export"),
        type=new.type,
        format=new.format,
        start_date=new.start_date,
        end_date=new.end_date,
        writing=new.writing,
        books=_books(new, account.currency) if new.format in OF_LEDGER else None,
        time_zone=account.time_zone,
        api_url=api_url,
        as_of=uow.now,
        asked_at=uow.real_now,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.changes.save(export)
    run_id = _free_place(uow)
    run = ExportRun(account=uow.account, id=run_id, export_id=export.id, due_at=uow.real_now + SETTLED_AFTER)
    uow.changes.save(run)
    return export


def _books(new: NewExport, currency: str) -> Books:
    begins = new.fiscal_year_start or date(new.start_date.year, 1, 1)
    if begins.day != 1:
        message = "datev.fiscal_year_start must be the first day of a month."
        raise ValidationFailed(Detail("datev.fiscal_year_start", message, "DATE_INVALID", begins.isoformat()))
    if new.format == "datev" and not begins <= new.start_date < _year_after(begins):
        message = (
            f"datev.fiscal_year_start must be the first day of the fiscal year that has start_date, {new.start_date}: "
            "on it, or less than a year before."
        )
        raise ValidationFailed(Detail("datev.fiscal_year_start", message, "DATE_INVALID", begins.isoformat()))
    if new.format == "datev" and new.end_date >= _year_after(begins):
        message = "end_date must lie in the fiscal year of start_date: a DATEV file has the bookings of one year."
        raise ValidationFailed(Detail("end_date", message, "DATE_INVALID", new.end_date.isoformat()))
    return Books(
        currency=currency,
        fiscal_year_start=begins,
        consultant_number=new.consultant_number,
        client_number=new.client_number,
        accounts=new.accounts,
    )


def _year_after(first: date) -> date:
    return date.max if first.year == date.max.year else first.replace(year=first.year + 1)


def _free_place(uow: UnitOfWork) -> str:
    running = [found for each in run_ids() if (found := uow.find(ExportRun, each))]
    free = next((each for each in run_ids() if each not in {run.id for run in running}), None)
    if free is None:
        message = f"An account has at most {MOST_AT_ONCE} exports under way; wait for one of them, or stop it."
        raise Conflict("EXPORTS_RUNNING", message, existing_resource=f"/exports/{running[0].export_id}")
    return free
