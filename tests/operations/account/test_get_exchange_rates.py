"""Reading exchange rates."""

from decimal import Decimal

from invoicing.operations.account.get_exchange_rates import get_exchange_rates
from invoicing.operations.account.replace_exchange_rates import replace_exchange_rates
from tests.builders import an_account
from tests.fakes import FakeStore
from tests.office import Office


def test_without_any_there_is_the_base_alone(office: Office) -> None:
    rates = get_exchange_rates(office.uow())
    assert (rates.base, rates.rates, rates.version) == ("USD", {}, 0)


def test_when_the_accounts_currency_changes_the_old_rates_are_gone(office: Office, store: FakeStore) -> None:
    office.run_use_case(lambda uow: replace_exchange_rates(uow, {"EUR": Decimal("0.92")}))
    store.keep(an_account(version=2, currency="CHF"))
    rates = get_exchange_rates(office.uow())
    assert (rates.base, rates.rates, rates.version) == ("CHF", {}, 1)
    changed = office.run_use_case(lambda uow: replace_exchange_rates(uow, {"EUR": Decimal("1.05")}))
    assert (changed.base, changed.version) == ("CHF", 2)
