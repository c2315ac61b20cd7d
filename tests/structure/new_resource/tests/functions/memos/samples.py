"""The memo that the sample events name."""

from invoicing.operations.memos.create_memo import create_memo
from tests.sample_business import Run


def keep(run: Run) -> None:
    run(lambda uow: create_memo(uow, "Call back"), first=224, memo="memo_0195512345007a3b8c1d2e3f4051627f")
