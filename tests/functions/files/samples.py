"""The file that the sample events name."""

from invoicing.domain.files.file import Purpose, declared_file
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.sample_business import Run

FILE_ID = "file_0195512345007a3b8c1d2e3f40516280"


def keep(run: Run) -> None:
    def declare(uow: UnitOfWork) -> None:
        file = declared_file(
            uow.account,
            FILE_ID,
            purpose=Purpose.ATTACHMENT,
            filename="timesheet.pdf",
            content_type="application/pdf",
            size=120_000,
            now=uow.now,
        )
        uow.changes.save(file)

    run(declare)
