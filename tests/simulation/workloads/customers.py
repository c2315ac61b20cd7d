"""Customers: created, changed, deleted, restored."""

from tests.simulation.client import FIRST_CUSTOMER, OWN_ADDRESS, Clerk

ADDRESSES = ("ada@example.com", "Ada@Example.com", OWN_ADDRESS, "success@simulator.amazonses.com", None)


def create_customer(clerk: Clerk) -> None:
    key = clerk.new_key()
    body = {"name": key, "email": clerk.random.choice(ADDRESSES)}
    clerk.create("customer", "customers/create_customer", body, key=key)


def update_customer(clerk: Clerk) -> None:
    if customer := clerk.any_known("customer"):
        clerk.send("customers/update_customer", {"email": f"{clerk.new_key()}@example.com"}, customer_id=customer)


def delete_customer(clerk: Clerk) -> None:
    customer = clerk.any_known("customer")
    if customer and customer != FIRST_CUSTOMER:
        clerk.send("customers/delete_customer", customer_id=customer)


def restore_customer(clerk: Clerk) -> None:
    if customer := clerk.any_known("customer"):
        clerk.send("customers/restore_customer", customer_id=customer)


STEPS = (create_customer, update_customer, delete_customer, restore_customer)
