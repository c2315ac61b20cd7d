"""Reading a template."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.templates.get_template import get_template
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.templates.using_templates import change, new_template


def test_it_is_the_current_version(office: Office) -> None:
    template = new_template(office, footer="A")
    changed = change(office, template, footer="B")
    assert get_template(office.uow(), template) == changed
    assert changed.template.design.footer == "B"


def test_an_unknown_one_costs_one_request(office: Office, store: FakeStore) -> None:
    new_template(office)
    before = store.reads
    with pytest.raises(NotFound) as refused:
        get_template(office.uow(), "tmpl_9")
    assert (refused.value.code, store.reads - before) == ("TEMPLATE_NOT_FOUND", 1)
