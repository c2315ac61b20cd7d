"""Delete a template."""

from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.templates._own_templates import own_ref, save_account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_template(uow: UnitOfWork, template_id: str, *, if_version: int | None = None) -> None:
    """Delete the template; its versions stay for the documents that were issued with them.

    Drafts and schedules that name it then look as the default does. `NotFound` ``TEMPLATE_NOT_FOUND``;
    `PreconditionFailed`; `Conflict` ``TEMPLATE_IN_USE`` for the default.
    """
    account = uow.get(Account, PROFILE)
    ref = own_ref(account, template_id)
    require_version(account, if_version)
    if account.default_template == template_id:
        message = "This template is the default. Make another template the default first."
        raise Conflict("TEMPLATE_IN_USE", message)
    save_account(uow, account.without_template(ref))
