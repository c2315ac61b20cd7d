"""Listing templates."""

from invoicing.operations.templates.list_templates import list_templates
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.templates.using_templates import change, new_template


def test_however_many_there_are_they_cost_two_requests(office: Office, store: FakeStore) -> None:
    templates = [new_template(office) for _ in range(7)]
    changed = change(office, templates[3], footer="B").template
    before = store.reads
    found = [own.template for own in list_templates(office.uow())]
    assert ([each.ref.id for each in found], store.reads - before) == (templates, 2)
    assert found[3] == changed
