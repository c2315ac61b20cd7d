"""Invoices to render texts with, and what texts cost."""

import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing_documents.own_texts.budget import TextFailed
from invoicing_documents.own_texts.rendering import render_text
from invoicing_documents.own_texts.values import Value
from invoicing_documents.own_texts.variables import variables_of
from invoicing_documents.wording import wording_for
from tests.documents.sample_invoices import SELLER, invoice_of, line_of

TODAY = date(2027, 1, 21)
HOSTED_URL = "https://api.example.com/v1/invoicing/i/token"
MOST_SECONDS = 2
MOST_BYTES = 24_000_000


def overdue(**given: Any) -> Invoice:
    """An invoice of 1,836.00 EUR that is 30 days overdue."""
    return invoice_of(**{"currency": "EUR", "status": Status.OVERDUE} | given)


def largest() -> Invoice:
    """An invoice with as many lines as there can be, and texts as long as they can be."""
    return overdue(lines=[line_of(f"{number:03}" + "ß" * 1997) for number in range(500)], notes="n" * 5000)


def seen(invoice: Invoice, locale: str = "en") -> dict[str, Value]:
    """What the texts of an invoice see."""
    return variables_of(invoice, SELLER, wording_for(locale), today=TODAY, hosted_url=HOSTED_URL)


def rendered(source: str, invoice: Invoice | None = None, locale: str = "en", *, html: bool = False) -> str:
    """What a text prints for an invoice, in a language."""
    return render_text(source, seen(invoice or overdue(), locale), wording_for(locale), html=html)


def afforded[T](work: Callable[[], T]) -> T:
    """What some work gives or raises; it is done twice, as measuring memory takes time."""
    began = time.process_time()
    try:
        return work()
    finally:
        assert time.process_time() - began < MOST_SECONDS
        assert peak_of(work) < MOST_BYTES


def peak_of(work: Callable[[], object]) -> int:
    """The memory that some work takes at most, in bytes, whether it succeeds or fails."""
    tracemalloc.start()
    try:
        with suppress(TextFailed):
            work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
