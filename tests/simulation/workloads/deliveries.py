"""Deliveries: who looks at them, and lets suppressed addresses have e-mails again."""

from invoicing.domain.deliveries.suppression import Suppression
from tests.simulation.client import Clerk


def list_deliveries(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.send("deliveries/list_deliveries", query=f"?invoice_id={invoice}")


def delete_suppression(clerk: Clerk) -> None:
    """Somebody reads the list, and deletes what is on it."""
    suppressions = [each for each in clerk.simulation.store.all(Suppression) if each.account == clerk.company.account]
    if suppressions:
        clerk.send("deliveries/delete_suppression", address=clerk.random.choice(suppressions).address)


STEPS = (list_deliveries, *(delete_suppression,) * 2)
