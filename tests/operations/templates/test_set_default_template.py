"""The default template: one, whoever else chooses at the same moment."""

from invoicing.operations.templates.list_templates import list_templates
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.templates.using_templates import make_default, new_template


def test_of_two_at_the_same_moment_the_later_is_the_default(office: Office, store: FakeStore) -> None:
    first, second = (new_template(office) for _ in range(2))
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: make_default(other, first))
    make_default(office, second)
    assert [own.template.ref.id for own in list_templates(office.uow()) if own.is_default] == [second]
