"""The templates of an account, which names the current version of each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invoicing.dataclass import dataclass
from invoicing.domain.errors import not_found
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.logo import Logo
from invoicing.domain.templates.template import Template, TemplateRef
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from invoicing.operations.account._logo import LogoMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplate:
    """The current version of a template; ``version`` is the account's, which says what is current and the default."""

    template: Template
    is_default: bool
    version: int


def shown(account: Account, template: Template) -> OwnTemplate:
    """Return a template as the account has it."""
    is_default = account.default_template == template.ref.id
    return OwnTemplate(template=template, is_default=is_default, version=account.version)


def own_ref(account: Account, template_id: str) -> TemplateRef:
    """Return the current version of a template; `NotFound` ``TEMPLATE_NOT_FOUND``."""
    ref = account.find_template(template_id)
    if ref is None:
        raise not_found("Template", template_id)
    return ref


def own_template(uow: UnitOfWork, template_id: str) -> tuple[Account, Template]:
    """Return the account and a template; two requests. `NotFound` ``TEMPLATE_NOT_FOUND``."""
    account = uow.get(Account, PROFILE)
    return account, uow.get(Template, own_ref(account, template_id).key)


def design_values(
    uow: UnitOfWork, values: Mapping[str, Any], before: Logo | None, logos: "LogoMaker | None"
) -> Mapping[str, Any]:
    """Return fields of a design, of which ``logo`` is the id of a file, with the logo that ``logos`` makes of it.

    `ValidationFailed` as `logo_from_file`.
    """
    if logos is None or values.get("logo") is None:
        return values
    from invoicing.operations.account._logo import with_logo  # noqa: PLC0415

    return with_logo(uow, values, before, logos)


def save_account(uow: UnitOfWork, account: Account) -> Account:
    """Store an account whose templates have changed."""
    changed = replace(account, version=account.version + 1)
    uow.changes.save(changed)
    return changed
