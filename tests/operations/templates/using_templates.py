"""What the tests of templates do with one."""

from typing import Any

from invoicing.operations.templates._own_templates import OwnTemplate
from invoicing.operations.templates.create_template import create_template
from invoicing.operations.templates.set_default_template import set_default_template
from invoicing.operations.templates.update_template import update_template
from tests.office import Office


def new_template(office: Office, **fields: Any) -> str:
    """The id of a new template."""
    return office.run_use_case(lambda uow: create_template(uow, "Letterhead", fields)).template.ref.id


def change(office: Office, template_id: str, **fields: Any) -> OwnTemplate:
    return office.run_use_case(lambda uow: update_template(uow, template_id, fields))


def make_default(office: Office, template_id: str) -> OwnTemplate:
    return office.run_use_case(lambda uow: set_default_template(uow, template_id))
