"""Errors of templates; those of each text that does not work are in test_create_template.py."""

from tests.functions.business import BODIES
from tests.functions.conftest import NEW_INVOICE
from tests.functions.error_rows import conflict, missing, outdated, wrong

CREATE, UPDATE = "templates/create_template", "templates/update_template"
VERBS = ("get", "update", "delete", "set_default")

ROWS = [
    *(missing("TEMPLATE_NOT_FOUND", f"templates/{verb}_template", template_id="tmpl_no") for verb in VERBS),
    *(outdated(f"templates/{verb}_template") for verb in ("update", "delete", "set_default")),
    conflict("TOO_MANY_TEMPLATES", CREATE, BODIES[CREATE], key="{crowded_key}"),
    conflict("TEMPLATE_IN_USE", "templates/delete_template", template_id="{default_template_id}"),
    *(
        wrong("footer", code, file, BODIES[file] | {"footer": text})
        for file in (CREATE, UPDATE)
        for code, text in (
            ("TEMPLATE_INVALID", "{{ invoice.totl }}"),
            ("TEMPLATE_TOO_EXPENSIVE", "{{ " + "(" * 40 + "1" + ")" * 40 + " }}" + "x" * 4000),
        )
    ),
    wrong("labels.invoise", "VALUE_INVALID", CREATE, BODIES[CREATE] | {"labels": {"invoise": "Rechnung"}}),
    wrong("accent_color", "VALUE_INVALID", CREATE, BODIES[CREATE] | {"accent_color": "red"}),
    *(
        wrong("template_id", "TEMPLATE_NOT_FOUND", file, body | {"template_id": "tmpl_no"})
        for file, body in (
            ("invoices/create_invoice", NEW_INVOICE),
            ("invoices/calculate_invoice", NEW_INVOICE),
            ("invoices/update_invoice", {}),
            ("recurring/create_recurring_invoice", BODIES["recurring/create_recurring_invoice"]),
            ("recurring/update_recurring_invoice", {}),
            ("customers/create_customer", BODIES["customers/create_customer"]),
            ("customers/update_customer", {}),
        )
    ),
]
