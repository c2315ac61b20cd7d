"""The demo account of the local stack: its key in .local/env, and the customer of the quick start."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from tools.account import create_account
from tools.stack import Stack

CUSTOMER = {
    "id": "cust_123",
    "name": "Example Customer",
    "email": "customer@example.com",
    "address": {"line1": "1 Main Street", "city": "Springfield", "postal_code": "12345", "country": "US"},
}


def prepare_demo(stack: Stack, env: Path) -> str:
    """Make what is missing, and return the key."""
    key = _kept_key(env)
    if key is None or _status(stack, key, "GET", "/customers/cust_123") != 200:
        made = create_account(stack.functions, stack.resources["CreateAccountFunction"], {"name": "Demo Ltd"})
        key = made["api_key"]
        status = _status(stack, key, "POST", "/customers", CUSTOMER)
        if status != 201:
            raise RuntimeError(f"the demo customer was answered with {status}")
    env.touch(mode=0o600)
    env.write_text(f"INVOICING_URL={stack.url}\nINVOICING_API_KEY={key}\n")
    return key


def _kept_key(env: Path) -> str | None:
    lines = env.read_text().splitlines() if env.exists() else []
    return dict(line.split("=", 1) for line in lines).get("INVOICING_API_KEY")


def _status(stack: Stack, key: str, method: str, path: str, body: object = None) -> int:
    request = urllib.request.Request(
        stack.url + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
