"""Errors of reminders."""

from tests.functions.error_rows import conflict, missing, outdated, wrong

PUT, OWN, REMIND = (
    f"reminders/{name}" for name in ("replace_reminders", "replace_invoice_reminders", "remind_customer")
)
PREVIEW = "reminders/preview_reminder"
CUSTOMER = "customers/update_customer"

ROWS = [
    *(
        missing("INVOICE_NOT_FOUND", f"reminders/{name}", invoice_id="no")
        for name in ("get_invoice_reminders", "replace_invoice_reminders", "remind_customer")
    ),
    outdated(PUT),
    *(conflict("INVALID_INVOICE_STATE", REMIND, invoice_id=each) for each in ("{draft_id}", "{void_id}")),
    missing("INVOICE_NOT_FOUND", PREVIEW),
    wrong("step", "STEP_UNKNOWN", PREVIEW, {"invoice_id": "{sent_id}", "step": 3}),
    wrong("send_at", "TIME_INVALID", PUT, {"send_at": "9:00"}),
    wrong("weekdays", "TOO_FEW", PUT, {"weekdays": []}),
    wrong("weekdays", "SCHEDULE_INVALID", PUT, {"weekdays": ["mon", "mon"]}),
    wrong("schedule[0]", "SCHEDULE_INVALID", PUT, {"schedule": [{}]}),
    wrong("schedule[0]", "SCHEDULE_INVALID", OWN, {"schedule": [{"offset_days": 1, "times": 2}]}),
    wrong("schedule[0].times", "FIELD_REQUIRED", PUT, {"schedule": [{"every_days": 1}]}),
    wrong("schedule[0].offset_days", "VALUE_INVALID", PUT, {"schedule": [{"offset_days": 366}]}),
    wrong(
        "schedule", "TOO_MANY", PUT, {"schedule": [{"every_days": days, "times": 26} for days in (5, 7, 11, 13, 17)]}
    ),
    wrong(
        "schedule[0].subject",
        "TEMPLATE_INVALID",
        PUT,
        {"schedule": [{"offset_days": 1, "subject": "{{ invoice.nubmer }}"}]},
    ),
    wrong("reminders.schedule[0]", "SCHEDULE_INVALID", CUSTOMER, {"reminders": {"schedule": [{}]}}),
    wrong(
        "reminders.schedule[0].message",
        "TEMPLATE_INVALID",
        CUSTOMER,
        {"reminders": {"schedule": [{"offset_days": 1, "message": "{% if %}"}]}},
    ),
    wrong("reminders.mute_until", "DATE_INVALID", CUSTOMER, {"reminders": {"mute_until": "tomorrow"}}),
]
