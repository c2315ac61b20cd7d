"""What belongs to others: an id of another company is not there."""

from tests.simulation.client import Clerk


def look_elsewhere(clerk: Clerk) -> None:
    others = [company for company in clerk.simulation.companies if company is not clerk.company]
    known = [invoice for company in others for invoice in company.known["invoice"]]
    if known:
        file = clerk.random.choice(("invoices/get_invoice", "invoices/void_invoice", "invoices/send_invoice"))
        answer = clerk.send(file, None if "get" in file else {}, invoice_id=clerk.random.choice(known))
        if answer and answer.status < 400:
            clerk.simulation.errors.append(f"{clerk.name} got what is not theirs")


STEPS = (look_elsewhere,)
