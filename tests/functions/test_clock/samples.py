"""The test clock that the sample events name; its keys do not know of it, so that all other samples have real time."""

from datetime import UTC, datetime

from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.sample_business import Run


def keep(run: Run) -> None:
    def save(uow: UnitOfWork) -> None:
        uow.changes.save(TestClock(account=uow.account, version=1, now=datetime(2028, 3, 1, tzinfo=UTC)))

    run(save)
