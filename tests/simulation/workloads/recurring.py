"""Recurring invoices: created, changed, paused, skipped, cancelled, and what happens just when a date is due."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from tests.simulation.client import FIRST_CUSTOMER, Clerk
from tests.simulation.workloads.customers import create_customer

DAYS = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
"""The frequencies, and the most days from one date to the next."""

MOST_DATES = 2
"""How many dates a schedule has before and after today; a run would take longer with many."""

LONGEST = timedelta(days=150)
"""How far schedules go into the future: a run must end before events are deleted."""

SOON = timedelta(minutes=2)
"""After what a date is due that somebody waits for."""

WORKER = "reactions/run_due_work"
A_TICK = 30
"""Seconds after a tick in which what is due is done, if nothing goes wrong."""


def create_recurring_invoice(clerk: Clerk) -> None:
    _create(clerk, clerk.random.choice((FIRST_CUSTOMER, clerk.any_known("customer"))) or FIRST_CUSTOMER, _plan(clerk))


def recur_invoice(clerk: Clerk) -> None:
    """Each invoice once: the schedule has the key that is in the invoice."""
    account, recurred = clerk.company.account, clerk.company.known["recurred"]
    invoices = [each for each in clerk.simulation.store.all(Invoice) if each.account == account]
    if ids := [each.id for each in invoices if not (each.revises or each.recurring_id or each.id in recurred)]:
        recurred.append(clerk.random.choice(ids))
        clerk.create("schedule", "recurring/recur_invoice", _plan(clerk), key=clerk.new_key(), invoice_id=recurred[-1])


def update_recurring_invoice(clerk: Clerk) -> None:
    if schedule := clerk.any_known("schedule"):
        _change(clerk, schedule)


def pause_recurring_invoice(clerk: Clerk) -> None:
    _do(clerk, "pause")


def resume_recurring_invoice(clerk: Clerk) -> None:
    _do(clerk, "resume")


def skip_recurring_invoice(clerk: Clerk) -> None:
    _do(clerk, "skip")


def cancel_recurring_invoice(clerk: Clerk) -> None:
    _do(clerk, "cancel")


def list_schedule_invoices(clerk: Clerk) -> None:
    """From now on clerks also pay, void and delete what the schedule has made."""
    if schedule := clerk.any_known("schedule"):
        answer = clerk.send("recurring/list_schedule_invoices", recurring_id=schedule)
        known = clerk.company.known["invoice"]
        if answer and answer.status == 200:
            known += [invoice["id"] for invoice in answer.data if invoice["id"] not in known]


def meet_a_date(clerk: Clerk) -> None:
    """A date is due in a moment, perhaps after others that passed, and something happens just then."""
    create_customer(clerk)
    customer = (clerk.company.known["customer"] or [FIRST_CUSTOMER])[-1]
    minute = (clerk.now.astimezone(clerk.time_zone) + SOON).replace(second=0, microsecond=0)
    days = clerk.random.choice((0, 0, MOST_DATES))
    start = minute.date() - timedelta(days=days)
    plan = _plan(clerk) | {"start_date": start.isoformat(), "send_at": minute.strftime("%H:%M")}
    if days:
        plan |= {"frequency": "daily", "end_date": (minute.date() + timedelta(days=1)).isoformat()}
    if schedule := _create(clerk, customer, plan):
        world, deployment = clerk.simulation.world, clerk.simulation.deployment
        left = max(0.0, (minute - clerk.now).total_seconds())
        world.after(left + clerk.random.random(), deployment.scheduler.tick)
        world.sleep(left + clerk.random.choice((-1, 1)) * min(left, clerk.random.random()))
        if clerk.random.random() < 0.5:
            world.wait_until(partial(deployment.when_invoked, WORKER), A_TICK)
        clerk.random.choice(_HAPPENINGS)(clerk, schedule, customer)
        deployment.scheduler.tick()


def unlock_books(clerk: Clerk) -> None:
    """What failed because of it is made, late."""
    if clerk.company.known["schedule"]:
        clerk.send("account/update_account", {"books_locked_until": None})


def _create(clerk: Clerk, customer: str, plan: dict[str, Any]) -> str | None:
    key = clerk.new_key()
    items = [{"description": "Hosting in {{ month }}", "quantity": 1, "unit_price": 100}]
    body = {"customer_id": customer, "items": items, "purchase_order": key} | plan
    return clerk.create("schedule", "recurring/create_recurring_invoice", body, key=key)


def _plan(clerk: Clerk) -> dict[str, Any]:
    """A few dates around today, most of them due before the clerks have done their work."""
    choice, today = clerk.random.choice, _today(clerk)
    frequency = choice(("daily", *DAYS))
    days = DAYS[frequency]
    start = today + timedelta(days=choice((-MOST_DATES, -1, 0, 0, 0)) * days)
    return {
        "frequency": frequency,
        "start_date": start.isoformat(),
        "end_date": (today + min(timedelta(days=choice((1, MOST_DATES)) * days), LONGEST)).isoformat(),
        "max_occurrences": choice((None, 1, 2, 3)),
        "send_at": _soon(clerk),
        "billing": choice(("in_advance", "in_advance", "in_arrears")) if frequency != "yearly" else "in_advance",
        "on_generate": choice(("draft", "issue", "send", "send")),
        "catch_up": choice(("all", "all", "latest", "none")),
        "catch_up_dates": choice(("today", "occurrence")),
    }


def _soon(clerk: Clerk) -> str:
    """An hour of the day that comes or has passed, or one that comes in a moment."""
    soon = clerk.now.astimezone(clerk.time_zone) + timedelta(minutes=120 * clerk.random.random())
    return clerk.random.choice((soon.strftime("%H:%M"), "00:00", "09:00", "23:30"))


def _today(clerk: Clerk) -> date:
    return clerk.now.astimezone(clerk.time_zone).date()


def _do(clerk: Clerk, action: str) -> None:
    if schedule := clerk.any_known("schedule"):
        _act(clerk, schedule, action)


def _act(clerk: Clerk, schedule: str, action: str) -> None:
    clerk.send(f"recurring/{action}_recurring_invoice", recurring_id=schedule)


def _change(clerk: Clerk, schedule: str) -> None:
    choice, today = clerk.random.choice, _today(clerk)
    start, end = (today + timedelta(days=choice(days)) for days in ((-MOST_DATES, -1, 0, 1), (0, 1, 7)))
    plan = _plan(clerk) | {"start_date": start.isoformat(), "end_date": end.isoformat()}
    frequency = choice(("daily", "weekly", "monthly", "quarterly"))
    day = None if frequency in {"daily", "weekly"} else choice((None, "last", 1))
    end_date = today + min(timedelta(days=MOST_DATES * DAYS[frequency]), LONGEST)
    rule = {"frequency": frequency, "end_date": end_date.isoformat(), "day": day}
    names = choice((("send_at",), ("end_date",), ("on_generate", "max_occurrences"), ("catch_up", "catch_up_dates")))
    restart = {name: plan[name] for name in ("start_date", "end_date", "catch_up")}
    change = choice((rule, restart, {name: plan[name] for name in names}, {name: plan[name] for name in names}))
    clerk.send("recurring/update_recurring_invoice", change, recurring_id=schedule)


def _changes(clerk: Clerk, schedule: str, _: str) -> None:
    _change(clerk, schedule)


def _pauses(clerk: Clerk, schedule: str, _: str) -> None:
    _act(clerk, schedule, "pause")
    clerk.wait(clerk.random.choice((10, 600, 7200)))
    _act(clerk, schedule, "resume")


def _skips(clerk: Clerk, schedule: str, _: str) -> None:
    _act(clerk, schedule, "skip")


def _cancels(clerk: Clerk, schedule: str, _: str) -> None:
    _act(clerk, schedule, "cancel")


def _archives(clerk: Clerk, schedule: str, customer: str) -> None:
    clerk.send("customers/delete_customer", customer_id=customer)
    clerk.wait(clerk.random.choice((10, 7200)))
    clerk.send("customers/restore_customer", customer_id=customer)
    _act(clerk, schedule, "resume")


def _locks(clerk: Clerk, schedule: str, _: str) -> None:
    """Books are locked, so that nothing of today can be issued, and opened again; or the date is passed."""
    clerk.send("account/update_account", {"books_locked_until": _today(clerk).isoformat()})
    clerk.simulation.deployment.scheduler.tick()
    clerk.wait(clerk.random.choice((60, 1200)))
    if clerk.random.random() < 0.3:
        _act(clerk, schedule, "skip")
    clerk.send("account/update_account", {"books_locked_until": None})


_HAPPENINGS = (_changes, *(_pauses,) * 3, _skips, _cancels, *(_archives,) * 2, *(_locks,) * 4)
STEPS = (
    *(create_recurring_invoice,) * 3,
    *(meet_a_date,) * 5,
    recur_invoice,
    *(update_recurring_invoice,) * 2,
    pause_recurring_invoice,
    resume_recurring_invoice,
    skip_recurring_invoice,
    cancel_recurring_invoice,
    *(list_schedule_invoices,) * 2,
)
CLOSING_STEPS = (unlock_books,)
