"""Create a template."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from invoicing.domain.errors import Conflict
from invoicing.domain.merging import merged
from invoicing.domain.parties.account import Account
from invoicing.domain.templates.colors import accent_warnings
from invoicing.domain.templates.template import MOST_TEMPLATES, Design, Template, TemplateRef
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.templates._own_templates import OwnTemplate, design_values, save_account, shown
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from invoicing.operations.account._logo import LogoMaker


def create_template(
    uow: UnitOfWork, name: str, values: Mapping[str, Any], logos: "LogoMaker | None" = None
) -> OwnTemplate:
    """Create the template in its version 1; ``values`` are fields of its `Design`, as for `design_values`.

    The account's version holds its templates together, also those created at the same moment. `Conflict`
    ``TOO_MANY_TEMPLATES``; `ValidationFailed` as `logo_from_file`.
    """
    account = uow.get(Account, PROFILE)
    if len(account.templates) >= MOST_TEMPLATES:
        raise Conflict("TOO_MANY_TEMPLATES", f"An account has at most {MOST_TEMPLATES} templates.")
    ref = TemplateRef(uow.new_id("tmpl"), 1)
    design = Design(**merged(Design(), design_values(uow, values, None, logos)))
    template = Template(
        account=uow.account,
        id=ref.key,
        ref=ref,
        name=name,
        design=design,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.changes.save(template)
    account = save_account(uow, account.with_template(ref, design.logo))
    uow.warnings.extend(accent_warnings(design.accent_color))
    return shown(account, template)
