"""List the templates."""

from invoicing.domain.parties.account import Account
from invoicing.domain.templates.template import Template
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.templates._own_templates import OwnTemplate, shown
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_templates(uow: UnitOfWork) -> list[OwnTemplate]:
    """Return the current version of each template, the oldest first; one request, two where there are any."""
    account = uow.get(Account, PROFILE)
    if account.templates:
        uow.prefetch(*((Template, ref.key) for ref in account.templates))
    return [shown(account, uow.get(Template, ref.key)) for ref in account.templates]
