"""What is frozen may not be assigned to: the type checker says so, as nothing at run time does."""

from mypy import api

SOURCE = """
from invoicing.dataclass import dataclass

@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    amount: int

price = Price(amount=1)
price.amount = 2
"""


def test_an_assignment_is_an_error_of_types() -> None:
    found, _, status = api.run(["-c", SOURCE])
    assert status == 1
    assert 'Property "amount" defined in "Price" is read-only' in found
    assert "Found 1 error" in found
