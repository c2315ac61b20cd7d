"""List counters: at rest they are the truth."""

from collections import Counter, defaultdict

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.lists.list_counter import CUSTOMER, ListCounter
from invoicing.domain.parties.customer import Customer
from tests.simulation.simulation import Simulation


def counters_are_the_truth(simulation: Simulation) -> None:
    truth: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for invoice in simulation.store.all(Invoice):
        truth[invoice.account, "invoices"].update(("", f"status={invoice.status}", f"currency={invoice.currency}"))
        if invoice.status is Status.DRAFT:
            truth[invoice.account, "invoices"][f"drafts={invoice.currency}"] += 1
            truth[invoice.account, "invoices"][f"draft_total={invoice.currency}"] += invoice.total
        truth[invoice.account, f"{CUSTOMER}{invoice.buyer.id}"].update(("", f"status={invoice.status}"))
    for customer in simulation.store.all(Customer):
        truth[customer.account, "customers"].update((f"archived={'true' if customer.archived_at else 'false'}",))
    counters = {(counter.account, counter.id): counter for counter in simulation.store.all(ListCounter)}
    for name in sorted(truth.keys() | counters.keys()):
        expected, counter = truth[name], counters.get(name)
        counted = Counter(counter.counts) if counter else Counter()
        if counter and name[1].startswith(CUSTOMER) and not counter.entered:
            # While not all of a customer's invoices are entered, the counts by status are not asked for.
            expected, counted = Counter({"": expected[""]}), Counter({"": counted[""]})
        assert counted == expected, f"{name}: {counted} is counted, {expected} is true"


AT_REST = (counters_are_the_truth,)
