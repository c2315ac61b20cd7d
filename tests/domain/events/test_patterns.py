import pytest

from invoicing.domain.events.patterns import matches, patterns
from invoicing.domain.events.registry import event_types


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*", {"invoice.paid", "invoice.partially_paid", "credit_note.sent", "customer.created"}),
        ("invoice.*", {"invoice.paid", "invoice.partially_paid"}),
        ("invoice.paid", {"invoice.paid"}),
        ("credit_note.*", {"credit_note.sent"}),
        ("credit.*", set()),
        ("invoice", set()),
        ("invoice.partially*", set()),
        ("", set()),
    ],
)
def test_a_pattern_is_a_type_all_of_a_resource_or_all(pattern: str, expected: set[str]) -> None:
    names = {"invoice.paid", "invoice.partially_paid", "credit_note.sent", "customer.created"}
    assert {name for name in names if matches([pattern], name)} == expected


def test_one_of_several_is_enough() -> None:
    assert matches(["customer.*", "invoice.paid"], "invoice.paid")
    assert not matches([], "invoice.paid")


def test_every_pattern_matches_some_type() -> None:
    assert patterns() >= {"*", "invoice.*", "customer.*", *event_types()}
    assert all(any(matches([pattern], name) for name in event_types()) for pattern in patterns())
    assert not patterns() & {"invoice", "invoices.*", "invoice.payed", "**", ""}
