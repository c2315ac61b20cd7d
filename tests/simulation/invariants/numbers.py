"""Numbers: each once, and none missing."""

from collections import Counter, defaultdict
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from tests.simulation.simulation import Simulation


def no_number_is_assigned_twice(simulation: Simulation) -> None:
    numbers = Counter(document.number for document in _documents(simulation) if document.number)
    assert all(count == 1 for count in numbers.values()), numbers


def no_number_is_missing(simulation: Simulation) -> None:
    """The documents of a series have its values from 1 to the latest."""
    documents = {document.id for document in _documents(simulation)}
    values = defaultdict(list)
    for reservation in simulation.store.all(NumberReservation):
        assert reservation.taken_by in documents, reservation
        values[reservation.series, reservation.period].append(reservation.value or 0)
    for (series, period), taken in values.items():
        assert sorted(taken) == list(range(1, len(taken) + 1)), (series, period, sorted(taken))
    for counter in simulation.store.all(NumberSeries):
        for period, value in counter.next_values.items():
            assert value == len(values[counter.id, period]) + 1, (counter, values)


def _documents(simulation: Simulation) -> list[Any]:
    return [*simulation.store.all(Invoice), *simulation.store.all(CreditNote)]


ALWAYS = (no_number_is_assigned_twice, no_number_is_missing)
