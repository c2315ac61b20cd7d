"""List counters: at rest they are the truth."""

from collections import Counter

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.lists.list_counter import ListCounter
from invoicing.domain.parties.customer import Customer
from tests.simulation.simulation import Simulation


def counters_are_the_truth(simulation: Simulation) -> None:
    truth: dict[str, Counter[str]] = {"invoices": Counter(), "customers": Counter()}
    for invoice in simulation.store.all(Invoice):
        truth["invoices"].update(("", f"status={invoice.status}", f"currency={invoice.currency}"))
        truth.setdefault(f"invoices#customer_id={invoice.buyer.id}", Counter())[""] += 1
    for customer in simulation.store.all(Customer):
        truth["customers"].update((f"archived={'true' if customer.archived_at else 'false'}",))
    counted = {counter.id: Counter(counter.counts) for counter in simulation.store.all(ListCounter)}
    for name in truth | counted:
        found, expected = counted.get(name, Counter()), truth.get(name, Counter())
        assert found == expected, f"{name}: {found} is counted, {expected} is true"


AT_REST = (counters_are_the_truth,)
