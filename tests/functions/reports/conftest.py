"""Businesses whose reports are read."""

from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.reports.reading import ask, issue, opened, pay, post


@pytest.fixture
def quarter(aws: Aws, key: str, customer: Any) -> str:
    """Two invoices of 119.00 and 1,000.00, a part paid by each of two methods, a refund, and a draft."""
    assert customer
    first, second = issue(key, 100, 0.19, "2026-01-15"), issue(key, 1000, 0, "2026-02-20")
    pay(key, first, 119, "2026-02-01")
    part = pay(key, second, 300, "2026-03-01", payment_method="bank_transfer")
    body = {"amount": 50, "refund_date": "2026-03-05"}
    ask(key, "payments/refund_payment", "POST", f"/payments/{part}/refund", body, payment_id=part)
    post(aws)
    return key


@pytest.fixture
def usd(aws: Aws) -> str:
    """The key of an account in dollars."""
    return opened(currency="USD")


@pytest.fixture
def eur(aws: Aws) -> str:
    """The key of an account in euros."""
    return opened(currency="EUR")
