"""The template that the sample events name."""

from invoicing.operations.templates.create_template import create_template
from tests.sample_business import Run

TEMPLATE_ID = "tmpl_0195512345007a3b8c1d2e3f40516290"


def keep(run: Run) -> None:
    run(lambda uow: create_template(uow, "Letterhead", {}), tmpl=TEMPLATE_ID)
