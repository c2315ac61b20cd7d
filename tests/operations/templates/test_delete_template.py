"""Deleting a template: never the default, however close the two requests are."""

import pytest

from invoicing.domain.errors import Conflict, NotFound
from invoicing.operations.templates.delete_template import delete_template
from invoicing.operations.templates.list_templates import list_templates
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.templates.using_templates import make_default, new_template


def delete(office: Office, template_id: str) -> None:
    office.run_use_case(lambda uow: delete_template(uow, template_id))


def test_one_that_becomes_the_default_at_the_same_moment_stays(office: Office, store: FakeStore) -> None:
    template, other = new_template(office), Office(store, ids=office.ids)
    store.before_next_commit(lambda: make_default(other, template))
    with pytest.raises(Conflict) as refused:
        delete(office, template)
    assert refused.value.code == "TEMPLATE_IN_USE"
    (own,) = list_templates(office.uow())
    assert own.is_default


def test_one_that_is_deleted_at_the_same_moment_does_not_become_the_default(office: Office, store: FakeStore) -> None:
    template, other = new_template(office), Office(store, ids=office.ids)
    store.before_next_commit(lambda: delete(other, template))
    with pytest.raises(NotFound):
        make_default(office, template)
    assert list_templates(office.uow()) == []
