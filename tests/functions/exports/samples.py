"""The export that the sample events name; it runs."""

from datetime import date

from invoicing.domain.exports.export import Export
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.sample_business import Run

EXPORT_ID = "export_0195512345007a3b8c1d2e3f40516281"


def keep(run: Run) -> None:
    def begin(uow: UnitOfWork) -> None:
        uow.changes.save(
            Export(
                account=uow.account,
                id=EXPORT_ID,
                type="invoices",
                format="csv",
                start_date=date(2025, 1, 1),
                end_date=date(2025, 1, 31),
                time_zone="UTC",
                as_of=uow.now,
                asked_at=uow.real_now,
                created_at=uow.now,
                updated_at=uow.now,
            )
        )

    run(begin)
