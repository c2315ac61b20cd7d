"""Read a template."""

from invoicing.operations.templates._own_templates import OwnTemplate, own_template, shown
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_template(uow: UnitOfWork, template_id: str) -> OwnTemplate:
    """Return the current version of the template; `NotFound` ``TEMPLATE_NOT_FOUND``."""
    return shown(*own_template(uow, template_id))
