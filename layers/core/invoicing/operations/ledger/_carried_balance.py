"""The carried balance of a customer, as it is stored."""

from invoicing.domain.ledger.carried_balance import CarriedBalance
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def carried_balance(uow: UnitOfWork, customer_id: str) -> CarriedBalance:
    """Return what is carried forward, nothing when there never was any; one request, unless it was prefetched."""
    return uow.find(CarriedBalance, customer_id) or CarriedBalance(account=uow.account, id=customer_id)
