"""Templates that are changed, chosen, deleted and used at once, under real threads on Amazon's DynamoDB Local."""

import pytest

from invoicing.domain.errors import Conflict, NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.templates.template import MOST_TEMPLATES, Template, TemplateRef
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.templates._own_templates import OwnTemplate
from invoicing.operations.templates.create_template import create_template
from invoicing.operations.templates.delete_template import delete_template
from invoicing.operations.templates.list_templates import list_templates
from invoicing.operations.templates.set_default_template import set_default_template
from invoicing.operations.templates.update_template import update_template
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from tests.builders import PAGE_URL, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


def new_template(site: Site) -> str:
    return run_use_case(site.uow, lambda uow: create_template(uow, "Letterhead", {})).template.ref.id


def change(site: Site, template: str, index: int) -> OwnTemplate:
    return run_use_case(site.uow, lambda uow: update_template(uow, template, {"footer": str(index)}))


def issue(site: Site, template: str) -> Invoice:
    new = a_new_invoice(template_id=template)
    return run_use_case(site.uow, lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


def footer(site: Site, ref: TemplateRef) -> str | None:
    version = site.store.find(Ref(Template, site.account, ref.key))
    assert version is not None
    return version.design.footer


def test_changes_and_invoices_at_once_each_have_one_version_that_stays(site: Site) -> None:
    template = new_template(site)
    outcomes = at_once(12, lambda index: issue(site, template) if index % 3 == 0 else change(site, template, index))
    changed = {each.template.ref: each.template.design.footer for each in outcomes if isinstance(each, OwnTemplate)}
    issued = [each for each in outcomes if isinstance(each, Invoice)]
    assert (len(changed), len(issued)) == (8, 4)
    assert {ref.version for ref in changed} == set(range(2, 10)), "no version is written twice, and none is missing"
    assert {ref: footer(site, ref) for ref in changed} == changed
    (own,) = list_templates(site.uow(ChangeSet()))
    assert own.template.ref.version == 9
    assert all(each.template in {TemplateRef(template, 1), *changed} for each in issued)


def test_of_many_that_are_made_at_once_none_is_too_many(site: Site) -> None:
    for _ in range(MOST_TEMPLATES - 3):
        new_template(site)
    outcomes = at_once(6, lambda _: new_template(site))
    assert sum(isinstance(each, Conflict) for each in outcomes) == 3
    assert len(list_templates(site.uow(ChangeSet()))) == MOST_TEMPLATES


def test_one_that_is_chosen_and_deleted_at_once_is_the_default_or_gone(site: Site) -> None:
    template = new_template(site)

    def act(index: int) -> object:
        if index % 2:
            return run_use_case(site.uow, lambda uow: delete_template(uow, template))
        return run_use_case(site.uow, lambda uow: set_default_template(uow, template))

    outcomes = at_once(6, act)
    found = list_templates(site.uow(ChangeSet()))
    assert [own.is_default for own in found] in ([True], [])
    refused = Conflict if found else NotFound
    assert sum(isinstance(each, refused) for each in outcomes) >= 3
