"""Numbers: each once, and none missing."""

from collections import Counter, defaultdict
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from tests.simulation.simulation import Simulation


def no_number_is_assigned_twice(simulation: Simulation) -> None:
    numbers = Counter((document.account, document.number) for document in _documents(simulation) if document.number)
    assert all(count == 1 for count in numbers.values()), numbers


def no_number_is_missing(simulation: Simulation) -> None:
    """The documents of a series have its values from 1 to the latest."""
    documents = {document.id for document in _documents(simulation)}
    values = defaultdict(list)
    for reservation in simulation.store.all(NumberReservation):
        assert reservation.taken_by in documents, reservation
        values[reservation.account, reservation.series, reservation.period].append(reservation.value or 0)
    for place, taken in values.items():
        assert sorted(taken) == list(range(1, len(taken) + 1)), (place, sorted(taken))
    for counter in simulation.store.all(NumberSeries):
        for period, value in counter.next_values.items():
            assert value == len(values[counter.account, counter.id, period]) + 1, (counter, values)


def the_audit_finds_no_fault(simulation: Simulation) -> None:
    """What the audit calls out of order is so: a change of the time zone can make today yesterday."""
    assert len(simulation.audits) == len(simulation.clerks)
    for audited in simulation.audits:
        assert all(not found["gaps"] and not found["duplicates"] for found in audited["series"]), audited


def _documents(simulation: Simulation) -> list[Any]:
    return [*simulation.store.all(Invoice), *simulation.store.all(CreditNote)]


ALWAYS = (no_number_is_assigned_twice, no_number_is_missing)
AT_REST = (the_audit_finds_no_fault,)
