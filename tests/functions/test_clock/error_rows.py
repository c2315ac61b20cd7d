"""Errors of test clocks."""

from tests.functions.error_rows import conflict, missing, row, wrong

SET = "test_clock/set_test_clock"
ADVANCE = "test_clock/advance_test_clock"
MONTH = {"by": "P1M"}
LATER = {"now": "2028-03-01T00:00:00Z"}

ROWS = [
    *(missing("TEST_CLOCK_NOT_FOUND", f"test_clock/{verb}_test_clock") for verb in ("get", "delete")),
    missing("TEST_CLOCK_NOT_FOUND", ADVANCE),
    *(
        row(403, "permission_error", "TEST_MODE_REQUIRED", f"test_clock/{verb}_test_clock", body, key="{live_key}")
        for verb, body in (("get", None), ("set", LATER), ("delete", None), ("advance", MONTH))
    ),
    conflict("TEST_CLOCK_BEFORE_DATA", SET, {"now": "2001-01-01T00:00:00Z"}),
    conflict("TEST_CLOCK_WORK_DUE", SET, {"now": "2028-05-01T00:00:00Z"}, key="{clock_key}"),
    *(
        conflict("TEST_CLOCK_ADVANCING", file, body, key="{advancing_key}")
        for file, body in (
            (SET, LATER),
            (ADVANCE, MONTH),
            ("test_clock/delete_test_clock", None),
            ("customers/create_customer", {}),
        )
    ),
    wrong("to", "ADVANCE_INVALID", ADVANCE, {"to": "2028-03-01T00:00:00Z"}, key="{clock_key}"),
    wrong("by", "DURATION_INVALID", ADVANCE, {"by": "1 month"}),
    wrong("", "VALUE_INVALID", ADVANCE, {}),
    wrong("now", "INSTANT_INVALID", SET, {"now": "2028-02-30T00:00:00Z"}),
]
