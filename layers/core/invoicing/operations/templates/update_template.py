"""Change a template, which makes its next version."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.merging import merged
from invoicing.domain.templates.colors import accent_warnings
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.templates._own_templates import (
    OwnTemplate,
    design_values,
    own_template,
    save_account,
    shown,
)
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from invoicing.operations.account._logo import LogoMaker


def update_template(
    uow: UnitOfWork,
    template_id: str,
    values: Mapping[str, Any],
    *,
    if_version: int | None = None,
    logos: "LogoMaker | None" = None,
) -> OwnTemplate:
    """Change the name or fields of the `Design`, of which labels may be a `Merge`; without a change nothing is written.

    Documents that are issued keep the version that they have. `NotFound` ``TEMPLATE_NOT_FOUND``; `PreconditionFailed`;
    `ValidationFailed` as `logo_from_file`.
    """
    account, before = own_template(uow, template_id)
    require_version(account, if_version)
    given = merged(before.design, design_values(uow, values, before.design.logo, logos))
    name = given.pop("name", before.name)
    design = replace(before.design, **given)
    if "accent_color" in values:
        uow.warnings.extend(accent_warnings(design.accent_color))
    if (name, design) == (before.name, before.design):
        return shown(account, before)
    ref = TemplateRef(template_id, before.ref.version + 1)
    template = replace(before, id=ref.key, ref=ref, name=name, design=design, updated_at=uow.now)
    uow.changes.save(template)
    return shown(save_account(uow, account.with_template(ref, design.logo)), template)
