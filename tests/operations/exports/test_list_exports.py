"""The list of exports."""

from invoicing.operations.exports.list_exports import list_exports
from invoicing.operations.lists.query import Condition, ListQuery
from tests.operations.exports.exporting import Exporting


def test_exports_are_listed_newest_first(exporting: Exporting) -> None:
    made = [exporting.run(of).id for of in ("invoices", "payments")]
    page = list_exports(exporting.office.uow(), ListQuery())
    assert [each.id for each in page.items] == made[::-1]
    payments = ListQuery(conditions=(Condition("type", "eq", ("payments",)),))
    assert [each.id for each in list_exports(exporting.office.uow(), payments).items] == made[1:]
