"""Reminders: set up, overridden, muted, sent by hand, and what happens just when one is due."""

from datetime import timedelta
from functools import partial
from typing import Any

from tests.simulation.client import FIRST_CUSTOMER, Clerk
from tests.simulation.workloads.customers import ADDRESSES

SCHEDULES: tuple[list[dict[str, int]], ...] = (
    [{"offset_days": 0}],
    [{"offset_days": -1}, {"offset_days": 0}, {"offset_days": 1}],
    [{"offset_days": 0}, {"every_days": 1, "times": 2}],
    [{"offset_days": 2}, {"every_days": 5, "times": 2}],
)
SOON = 120
"""Seconds after which reminders go out that somebody waits for."""
EMAILED = 90
"""Seconds after a step in which its e-mail is handed over, if nothing goes wrong."""

WORKER = "reactions/deliver_email"
IN_WORK = ["mon", "tue", "wed", "thu", "fri"]
EVERY_DAY = [*IN_WORK, "sat", "sun"]


def replace_reminders(clerk: Clerk) -> None:
    """Reminders go out in the next hours, or at an hour of the day."""
    at = (clerk.now.astimezone(clerk.time_zone) + timedelta(hours=3 * clerk.random.random())).strftime("%H:%M")
    _switch_on(clerk, clerk.random.choice((at, "09:00", "23:30")), clerk.random.choice((EVERY_DAY, EVERY_DAY, IN_WORK)))


def switch_off(clerk: Clerk) -> None:
    clerk.send("reminders/replace_reminders", {"enabled": False})


def override_of_invoice(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.send("reminders/replace_invoice_reminders", _override(clerk), invoice_id=invoice)


def override_of_customer(clerk: Clerk) -> None:
    customer = clerk.random.choice((clerk.any_known("customer"), FIRST_CUSTOMER)) or FIRST_CUSTOMER
    override = clerk.random.choice((_override(clerk), None))
    clerk.send("customers/update_customer", {"reminders": override}, customer_id=customer)


def change_address(clerk: Clerk) -> None:
    """The customer has another address, none, or two."""
    address = clerk.random.choice((f"{clerk.new_key()}@example.com", *ADDRESSES))
    copies = clerk.random.choice(([], ["office@example.com"]))
    clerk.send("customers/update_customer", {"email": address, "cc_emails": copies}, customer_id=FIRST_CUSTOMER)


def remind_customer(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.send("reminders/remind_customer", {}, invoice_id=invoice)


def get_invoice_reminders(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.send("reminders/get_invoice_reminders", invoice_id=invoice)


def meet_a_reminder(clerk: Clerk) -> None:
    """Several invoices are to be reminded of in a moment, and something happens just then to one of them."""
    minute = timedelta(seconds=SOON) + clerk.now.astimezone(clerk.time_zone)
    _switch_on(clerk, minute.strftime("%H:%M"), EVERY_DAY, SCHEDULES[clerk.random.randint(0, 2)])
    invoices = [each for _ in range(clerk.random.randint(1, 2)) if (each := _issue(clerk, minute.date().isoformat()))]
    if invoices:
        world, deployment = clerk.simulation.world, clerk.simulation.deployment
        left = max(0.0, (minute.replace(second=0, microsecond=0) - clerk.now).total_seconds())
        world.after(left + clerk.random.random(), deployment.scheduler.tick)
        world.sleep(left + clerk.random.random())
        if clerk.random.random() < 0.7:
            world.wait_until(partial(deployment.when_invoked, WORKER), EMAILED)
        clerk.random.choice(_HAPPENINGS)(clerk, clerk.random.choice(invoices))


def _switch_on(clerk: Clerk, send_at: str, weekdays: list[str], schedule: Any = None) -> None:
    body = {
        "enabled": True,
        "send_at": send_at,
        "weekdays": weekdays,
        "schedule": schedule or clerk.random.choice(SCHEDULES),
        "mode": clerk.random.choice(("per_invoice", "per_customer")),
    }
    clerk.send("reminders/replace_reminders", body)


def _issue(clerk: Clerk, due_date: str) -> str | None:
    """Issue an invoice that is not mailed: what is mailed is not reminded of on that day."""
    key = clerk.new_key()
    items = [{"description": "Work", "quantity": 1, "unit_price": 100}]
    body = {"customer_id": FIRST_CUSTOMER, "items": items, "due_date": due_date, "purchase_order": key}
    invoice = clerk.create("invoice", "invoices/create_invoice", body, key=key)
    if invoice:
        clerk.send("invoices/send_invoice", {"send_email": False}, invoice_id=invoice)
    return invoice


def _override(clerk: Clerk) -> dict[str, Any]:
    today = clerk.now.astimezone(clerk.time_zone).date()
    until = clerk.random.choice((None, today, today + timedelta(days=clerk.random.randint(-1, 3))))
    return {
        "enabled": clerk.random.choice((None, None, True, False)),
        "mute_until": until and until.isoformat(),
        "schedule": clerk.random.choice((None, None, *SCHEDULES)),
    }


def _pay(clerk: Clerk, invoice: str) -> None:
    for amount in clerk.random.choice(((100,), (10, 20, 30, 40))):
        clerk.send("payments/record_invoice_payment", {"amount": amount}, invoice_id=invoice)


def _void(clerk: Clerk, invoice: str) -> None:
    clerk.send("invoices/void_invoice", {"reason": "Mistake"}, invoice_id=invoice)


def _mute(clerk: Clerk, invoice: str) -> None:
    today = clerk.now.astimezone(clerk.time_zone).date().isoformat()
    clerk.send("reminders/replace_invoice_reminders", {"mute_until": today}, invoice_id=invoice)


def _resend(clerk: Clerk, invoice: str) -> None:
    clerk.send("invoices/send_invoice", {}, invoice_id=invoice)


def _remind(clerk: Clerk, invoice: str) -> None:
    clerk.send("reminders/remind_customer", {}, invoice_id=invoice)


def _change_address(clerk: Clerk, _: str) -> None:
    change_address(clerk)


_HAPPENINGS = (_pay, _pay, _pay, _void, _mute, _resend, _remind, _change_address)
STEPS = (
    replace_reminders,
    *(meet_a_reminder,) * 3,
    switch_off,
    override_of_invoice,
    override_of_customer,
    change_address,
    remind_customer,
    get_invoice_reminders,
)
