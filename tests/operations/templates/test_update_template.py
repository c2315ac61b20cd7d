"""Changing a template: versions are written once, whoever else writes at the same moment."""

from contextlib import suppress

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.templates.template import Template, TemplateRef
from invoicing.operations.templates.delete_template import delete_template
from invoicing.operations.templates.get_template import get_template
from invoicing.operations.unit_of_work.change_set import WriteConflict
from tests.builders import ACCOUNT
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.templates.using_templates import change, make_default, new_template


def footers(store: FakeStore) -> dict[str, str | None]:
    return {each.id.rpartition("#")[2]: each.design.footer for each in store.all(Template)}


def test_two_changes_at_once_make_two_versions_and_neither_is_lost(office: Office, store: FakeStore) -> None:
    template = new_template(office, footer="A")
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: change(other, template, header="Other"))
    mine = change(office, template, footer="B").template
    assert (mine.ref, mine.design.header, mine.design.footer) == (TemplateRef(template, 3), "Other", "B")
    assert footers(store) == {"1": "A", "2": "A", "3": "B"}


def test_a_version_that_is_there_is_never_written_over(office: Office, store: FakeStore) -> None:
    template = new_template(office, footer="A")
    kept = change(office, template, footer="B").template
    changes = office.uow().changes
    changes.save(kept)
    with pytest.raises(WriteConflict):
        store.commit(changes)
    assert store.all(Template)[-1] == kept


def test_a_change_that_dies_leaves_the_version_before(office: Office, store: FakeStore) -> None:
    template = new_template(office, footer="A")

    def die() -> None:
        raise Crash

    store.before_next_commit(die)
    with suppress(Crash):
        change(office, template, footer="B")
    assert footers(store) == {"1": "A"}
    assert change(office, template, footer="C").template.ref.version == 2


def test_one_that_is_deleted_at_the_same_moment_is_not_changed(office: Office, store: FakeStore) -> None:
    template, other = new_template(office, footer="A"), Office(store, ids=office.ids)
    store.before_next_commit(lambda: other.run_use_case(lambda uow: delete_template(uow, template)))
    with pytest.raises(NotFound):
        change(office, template, footer="B")
    assert footers(store) == {"1": "A"}, "what is deleted keeps its versions"
    with pytest.raises(NotFound):
        get_template(office.uow(), template)


def test_without_a_change_nothing_is_written(office: Office, store: FakeStore) -> None:
    template = new_template(office, footer="A")
    own = make_default(office, template)
    assert change(office, template, footer="A") == own
    assert make_default(office, template) == own
    assert {each.account for each in store.all(Template)} == {ACCOUNT}
