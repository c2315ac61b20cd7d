"""API keys: made, rotated and revoked while others use them."""

from tests.simulation.client import Clerk


def create_api_key(clerk: Clerk) -> None:
    key = clerk.new_key()
    _keep(clerk, "account/create_api_key", {"name": key, "scopes": ["*"]}, key)


def rotate_api_key(clerk: Clerk) -> None:
    if api_key := clerk.any_known("api key"):
        grace = {"grace_period_seconds": clerk.random.choice((0, 60))}
        _keep(clerk, "account/rotate_api_key", grace, clerk.new_key(), key_id=api_key)


def revoke_api_key(clerk: Clerk) -> None:
    if api_key := clerk.any_known("api key"):
        clerk.send("account/revoke_api_key", key_id=api_key)


def use_another_key(clerk: Clerk) -> None:
    clerk.api_key = clerk.any_known("secret") or clerk.api_key


def _keep(clerk: Clerk, file: str, body: object, key: str, **parameters: str) -> None:
    answer = clerk.send(file, body, key=key, **parameters)
    if answer and answer.status == 201:
        clerk.company.known["api key"].append(answer.data["id"])
        clerk.company.known["secret"].append(answer.data["key"])


STEPS = (create_api_key, rotate_api_key, revoke_api_key, use_another_key, use_another_key)
