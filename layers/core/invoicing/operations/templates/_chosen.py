"""The template that an invoice, a schedule or a customer names."""

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def require_template(account: Account, template_id: str | None) -> None:
    """Raise `ValidationFailed` ``TEMPLATE_NOT_FOUND`` unless the account has this template, or None."""
    if template_id is not None and account.find_template(template_id) is None:
        message = "template_id must name a template; list them with GET /templates."
        raise ValidationFailed(Detail("template_id", message, "TEMPLATE_NOT_FOUND", template_id))


def name_template(uow: UnitOfWork, template_id: str | None) -> None:
    """Let a customer name a template, for one request; nothing for None. Errors as `require_template`."""
    if template_id is not None:
        require_template(uow.get(Account, PROFILE), template_id)


def warn_of_template(uow: UnitOfWork, account: Account, template_id: str | None, of_customer: str | None) -> None:
    """Warn where the template of a document, or else of its customer, was deleted, and say how it looks instead."""
    if template_id is not None:
        if account.find_template(template_id) is None:
            instead = "its customer's template" if account.find_template(of_customer) else "the default"
            message = f"The template was deleted: the document looks as {instead} does."
            uow.warn("template_id", "TEMPLATE_DELETED", message)
    elif of_customer is not None and account.find_template(of_customer) is None:
        message = "The customer's template was deleted: the document looks as the default does."
        uow.warn("customer.template_id", "TEMPLATE_DELETED", message)
