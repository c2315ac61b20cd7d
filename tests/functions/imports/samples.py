"""The import that the sample events name; it runs."""

from invoicing.domain.imports.data_import import Import
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.sample_business import Run

IMPORT_ID = "import_0195512345007a3b8c1d2e3f40516281"


def keep(run: Run) -> None:
    def begin(uow: UnitOfWork) -> None:
        uow.changes.save(
            Import(
                account=uow.account,
                id=IMPORT_ID,
                type="customers",
                format="csv",
                size=120,
                created_at=uow.now,
                updated_at=uow.now,
            )
        )

    run(begin)
