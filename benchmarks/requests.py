"""Requests and stored things that the benchmarks share."""

import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ACCOUNT = "acc_0198c0ffee007000800000000000abcd#test"
SECRET = "sk_test_" + "a1B2c3D4" * 4


def _deployed_environment() -> dict[str, str]:
    if sys.flags.no_site:
        return dict(os.environ)  # of `warm_create`: the process that started it has set all
    from tests.template import read_template  # noqa: PLC0415 - needs development packages

    return {
        **read_template().environment,
        "DYNAMODB_TRANSPORT": os.environ.get("DYNAMODB_TRANSPORT", "signed"),
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AWS_SESSION_TOKEN": "token" * 150,
    }


ENVIRONMENT = _deployed_environment()
"""What a deployed function finds in its environment.

Run a benchmark with ``DYNAMODB_TRANSPORT=botocore`` to measure botocore's client in place of the transport.
"""

BROWSER = {
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "user-agent": "Mozilla/5.0",
    "accept-language": "en-GB,en;q=0.9",
}
"""Headers of a person's browser, which make an opened page count as viewed."""


def http_event(
    method: str,
    path: str,
    body: Any = None,
    *,
    parameters: dict[str, str] | None = None,
    secret: str | None = SECRET,
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    """What API Gateway hands to a function (HTTP API, payload format 2.0); ``body`` may be JSON text already."""
    authorization = {} if secret is None else {"authorization": f"Bearer {secret}"}
    text = body if isinstance(body, str) or body is None else json.dumps(body)
    return {
        "version": "2.0",
        "routeKey": f"{method} /v1/invoicing{path}",
        "rawPath": f"/v1/invoicing{path}",
        "rawQueryString": "",
        "headers": {
            "accept": "*/*",
            "content-length": str(len(text or "")),
            "content-type": "application/json",
            "host": "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
            "user-agent": "curl/8.5.0",
            "x-amzn-trace-id": "Root=1-69218b5c-5f4e2a6b0b1c2d3e4f5a6b7c",
            "x-forwarded-for": "203.0.113.7",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
            **authorization,
            **(headers or {}),
        },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
            "domainPrefix": "a1b2c3d4e5",
            "http": {
                "method": method,
                "path": f"/v1/invoicing{path}",
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "curl/8.5.0",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": f"{method} /v1/invoicing{path}",
            "stage": "$default",
            "time": "22/Nov/2026:10:09:32 +0000",
            "timeEpoch": 1795342172000,
        },
        "pathParameters": parameters or {},
        "body": text,
        "isBase64Encoded": False,
    }


def invoice_body(lines: int, **more: Any) -> dict[str, Any]:
    """The body of a ``POST /invoices`` with so many lines, of three tax rates."""
    items = [
        {
            "description": f"Consulting services, work package {number}",
            "quantity": 1 + number % 40 / 4,
            "unit_price": 150 + number % 97 / 100,
            "tax_rate": (0.08, 0.19, 0.07)[number % 3],
        }
        for number in range(lines)
    ]
    return {"customer_id": "cust_123", "items": items, "due_date": "2026-12-31", "notes": "Thank you."} | more


def handler_of(path: str) -> Callable[[dict[str, Any], Any], Any]:
    """The handler in a file of ``functions``."""
    name = Path(path).stem
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "functions" / path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(path)
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    handler: Callable[[dict[str, Any], Any], Any] = sys.modules[name].handler
    return handler


def stored_account() -> dict[str, Any]:
    """The item of the account's profile."""
    from invoicing.storage.kinds.accounts import AccountRecord  # noqa: PLC0415
    from tests.builders import an_account  # noqa: PLC0415

    return AccountRecord.of(an_account(account=ACCOUNT))


def stored_customer(*, has_invoices: bool) -> dict[str, Any]:
    """The item of the customer ``cust_123``."""
    from invoicing.domain.parties.details import Address  # noqa: PLC0415
    from invoicing.storage.kinds.customers import CustomerRecord  # noqa: PLC0415
    from tests.builders import a_customer  # noqa: PLC0415

    address = Address(line1="4120 Freidrich Lane", city="Austin", state="TX", postal_code="78744", country="US")
    return CustomerRecord.of(a_customer(account=ACCOUNT, address=address, has_invoices=has_invoices))


def stored_key() -> dict[str, Any]:
    """The item of an API key, as it is after its request was counted."""
    return {
        "pk": {"S": "f" * 64},
        "key_id": {"S": "key_0198c0ffee007000800000000000abcd"},
        "account": {"S": ACCOUNT},
        "mode": {"S": "test"},
        "scopes": {"S": "*"},
        "last_four": {"S": "C3D4"},
        "created_at": {"S": "2026-01-01T00:00:00+00:00"},
        "requests_per_hour": {"N": "10000000"},
        "hour": {"N": str(1795341600 // 3600)},
        "requests_used": {"N": "17"},
    }


def message_about(*events: dict[str, Any]) -> dict[str, Any]:
    """A queue's batch of what the bus made of some events."""
    from tests.messages import message_of  # noqa: PLC0415

    return {"Records": [message_of(event, f"m-{number}") for number, event in enumerate(events, 1)]}
