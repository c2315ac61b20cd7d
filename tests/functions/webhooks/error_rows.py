"""Errors of webhooks; more of them are in the tests of each operation."""

from tests.functions.business import BODIES
from tests.functions.error_rows import conflict, missing, outdated, wrong

CREATE, UPDATE, REPLAY = (f"webhooks/{verb}_webhook" for verb in ("create", "update", "replay"))
ROTATE, RETRY = "webhooks/rotate_webhook_secret", "webhooks/retry_webhook_delivery"
OF_ONE = ("get_webhook", "update_webhook", "delete_webhook", "send_webhook_test", "list_webhook_deliveries")
OFF = {"webhook_id": "{disabled_webhook_id}"}

ROWS = [
    *(missing("WEBHOOK_NOT_FOUND", f"webhooks/{file}", webhook_id="webhook_no") for file in OF_ONE),
    *(missing("WEBHOOK_NOT_FOUND", f"webhooks/{file}", webhook_id="webhooks") for file in OF_ONE),
    *(missing("WEBHOOK_NOT_FOUND", file, webhook_id="webhook_no") for file in (ROTATE, REPLAY)),
    missing("WEBHOOK_DELIVERY_NOT_FOUND", RETRY, delivery_id="dlv_no"),
    missing("WEBHOOK_DELIVERY_NOT_FOUND", RETRY, delivery_id="state#{webhook_id}"),
    *(outdated(file) for file in (UPDATE, "webhooks/delete_webhook", ROTATE)),
    conflict("WEBHOOK_DISABLED", "webhooks/send_webhook_test", **OFF),
    conflict("WEBHOOK_DISABLED", RETRY, delivery_id="dlv_no", **OFF),
    conflict("WEBHOOK_DISABLED", REPLAY, BODIES[REPLAY], **OFF),
    conflict("TOO_MANY_WEBHOOKS", CREATE, BODIES[CREATE], key="{crowded_key}"),
    *(wrong("url", "URL_NOT_PUBLIC", file, BODIES[CREATE] | {"url": "https://127.1/"}) for file in (CREATE,)),
    wrong("url", "URL_NOT_PUBLIC", UPDATE, {"url": "https://10.0.0.1/"}),
    wrong("events[0]", "EVENT_TYPE_UNKNOWN", UPDATE, {"events": ["invoice.payed"]}),
    wrong("secret", "SECRET_INVALID", CREATE, BODIES[CREATE] | {"secret": "short"}),
    wrong("overlap_seconds", "VALUE_INVALID", ROTATE, {"overlap_seconds": 604_801}),
    wrong("to", "PERIOD_INVALID", REPLAY, {"from": "2025-03-01T00:00:00Z", "to": "2025-04-02T00:00:00Z"}),
]
