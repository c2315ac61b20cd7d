"""Lists of imports."""

from functools import partial

from invoicing.operations.imports.list_imports import list_imports
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from tests.operations.imports.importing import Importing


def test_they_are_filtered_by_status(importing: Importing) -> None:
    good, bad = importing.run("name\nAda\n"), importing.run("nam\nAda\n")
    for status, ended in (("completed", good), ("failed", bad)):
        newest_first = (Sort("created_at", descending=True),)
        query = ListQuery(conditions=(Condition("status", "eq", (status,)),), sorts=newest_first, per_page=10)
        page = importing.office.run_use_case(partial(list_imports, query=query))
        assert [each.id for each in page.items] == [ended.id]
