"""Scheduled sends: made, replaced, cancelled; what ends them otherwise is in the steps of invoices and payments."""

from datetime import timedelta

from tests.simulation.client import Clerk


def schedule_send(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        key = clerk.new_key()
        at = clerk.now + timedelta(minutes=1 + clerk.random.choice((5, 180, 3000)) * clerk.random.random())
        at = at.replace(microsecond=0)
        if clerk.random.random() < 0.5:
            at = at.astimezone(clerk.time_zone).replace(tzinfo=None, second=0, microsecond=0)
        clerk.simulation.sends[key] = at
        send_at = at.isoformat() if at.tzinfo else at.isoformat(timespec="minutes")
        body = {"send_at": send_at, "email_subject": key, "send_email": clerk.random.random() < 0.8}
        clerk.send("invoices/send_invoice", body, key=key, invoice_id=invoice)


def cancel_scheduled_send(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.send("invoices/cancel_scheduled_send", invoice_id=invoice)


STEPS = (*(schedule_send,) * 4, cancel_scheduled_send)
