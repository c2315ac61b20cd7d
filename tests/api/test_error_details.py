"""What ``details`` of an error has."""

from invoicing.api.errors import error_object
from invoicing.domain.errors import Detail, ValidationFailed


def test_only_a_place_in_a_text_has_line_and_reason() -> None:
    wrong = Detail("message", "Line 2: there is no total.", "TEMPLATE_INVALID", line=2, reason="there is no total")
    other = Detail("name", "name is required.", "FIELD_REQUIRED")
    assert error_object(ValidationFailed(wrong, other), "")["details"] == [
        {
            "field": "message",
            "message": "Line 2: there is no total.",
            "code": "TEMPLATE_INVALID",
            "value": None,
            "line": 2,
            "reason": "there is no total",
        },
        {"field": "name", "message": "name is required.", "code": "FIELD_REQUIRED", "value": None},
    ]
