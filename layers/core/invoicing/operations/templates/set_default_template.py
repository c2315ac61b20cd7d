"""Make a template the default."""

from dataclasses import replace

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.operations.templates._own_templates import OwnTemplate, own_template, save_account, shown
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def set_default_template(uow: UnitOfWork, template_id: str, *, if_version: int | None = None) -> OwnTemplate:
    """Let documents that name no template use this one; where they do, nothing is written.

    `NotFound` ``TEMPLATE_NOT_FOUND``; `PreconditionFailed`.
    """
    account, template = own_template(uow, template_id)
    require_version(account, if_version)
    if account.default_template != template_id:
        account = save_account(uow, replace(account, default_template=template_id))
    return shown(account, template)
