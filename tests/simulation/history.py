"""What was stored when: the states of entities that decide over time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.reminders.account_reminders import AccountReminders
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.unit_of_work.change_set import ChangeSet

BEGIN, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
KINDS = {
    AccountReminders,
    Customer,
    Delivery,
    Invoice,
    InvoiceReminders,
    RecurringInvoice,
    ReminderMail,
    Suppression,
    Webhook,
}


class State(NamedTuple):
    """An entity from an instant on; None where it was not stored, or was removed."""

    since: datetime
    entity: Any


class History:
    """The states of entities of `KINDS`, each with the instant of the transaction that stored it."""

    def __init__(self) -> None:
        self._states: defaultdict[tuple[type, str, str], list[State]] = defaultdict(lambda: [State(BEGIN, None)])

    def add(self, at: datetime, changes: ChangeSet) -> None:
        """Take down the transaction that took effect at an instant."""
        removed = [remove.entity for remove in changes.removes]
        for entity in [*(save.entity for save in changes.saves), *removed]:
            if type(entity) in KINDS:
                key = (type(entity), entity.account, entity.id)
                self._states[key].append(State(at, None if entity in removed else entity))

    def all(self, kind: type) -> Iterable[Sequence[State]]:
        """The states of each entity of a kind, in order, beginning with None."""
        return [states for key, states in self._states.items() if key[0] is kind]

    def of(self, kind: type, account: str, identifier: str) -> list[State]:
        """The states of an entity, in order, beginning with None."""
        return self._states[kind, account, identifier]

    def between(self, kind: type, account: str, identifier: str, first: datetime, last: datetime) -> list[Any]:
        """The states that an entity had from one instant to another."""
        states = [*self.of(kind, account, identifier), State(END, None)]
        return [state.entity for state, after in pairwise(states) if state.since <= last and after.since >= first]

    def at(self, kind: type, account: str, identifier: str, instant: datetime) -> Any:
        """The state of an entity right after an instant."""
        return self.between(kind, account, identifier, instant, instant)[-1]
