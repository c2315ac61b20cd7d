"""The number series that the sample events name."""

from invoicing.api.inputs.number_series import CreateNumberSeriesInput
from invoicing.operations.account.create_number_series import create_number_series
from tests.sample_business import Run


def keep(run: Run) -> None:
    given = {"name": "Branch", "document_type": "invoice", "pattern": "B-{year}-{seq}"}
    values = CreateNumberSeriesInput.parse(given).values()
    run(lambda uow: create_number_series(uow, values), first=225, series="series_0195512345007a3b8c1d2e3f40516280")
