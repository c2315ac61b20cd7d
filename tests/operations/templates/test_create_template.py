"""Creating templates: at most so many, also at the same moment."""

import pytest

from invoicing.domain.errors import Conflict
from invoicing.domain.templates.template import MOST_TEMPLATES
from invoicing.operations.templates.list_templates import list_templates
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.templates.using_templates import new_template


def test_there_are_at_most_so_many_even_at_the_same_moment(office: Office, store: FakeStore) -> None:
    for _ in range(MOST_TEMPLATES - 1):
        new_template(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: new_template(other, footer="Other"))
    with pytest.raises(Conflict) as refused:
        new_template(office)
    assert refused.value.code == "TOO_MANY_TEMPLATES"
    found = list_templates(office.uow())
    assert len(found) == MOST_TEMPLATES
    assert found[-1].template.design.footer == "Other"
