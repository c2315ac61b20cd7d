"""An office that carries out use cases, as the HTTP side does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord
from invoicing.operations.unit_of_work.ports import Store
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from tests.builders import ACCOUNT, ACTOR, NOW, Ids


@dataclass
class Office:
    """Carries out use cases for one account, at an instant that tests set."""

    store: Store
    account: str = ACCOUNT
    now: datetime = NOW
    ids: Ids = field(default_factory=Ids)

    def uow(self, changes: ChangeSet | None = None) -> UnitOfWork:
        """One attempt."""
        return UnitOfWork(
            account=self.account,
            actor=ACTOR,
            real_now=self.now,
            store=self.store,
            new_id=self.ids.new_id,
            new_secret=self.ids.new_secret,
            changes=ChangeSet() if changes is None else changes,
        )

    def run_use_case[R](
        self,
        use_case: Callable[[UnitOfWork], R],
        record: Callable[[R], IdempotencyRecord | None] = lambda _: None,
    ) -> R:
        """As the HTTP side does it: again after a write conflict."""
        return run_use_case(self.uow, use_case, record)
