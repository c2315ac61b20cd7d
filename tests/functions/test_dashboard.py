"""The dashboard in a real browser, on the real handlers: what an account sees there, and what it can do."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.aws import Aws
from tests.devtools import Page, browser
from tests.documents.browser import axe, needs_chromium, needs_chromium_and_npm
from tests.documents.test_accessibility import DESKTOP, PHONE, TAGS
from tests.functions.local_api import LocalApi, local_api
from tests.functions.reports.reading import ask, issue, pay, post
from tests.http import a_key, load_handler
from tests.mail_service import mail_message
from tests.messages import message_of, messages_of
from tests.prepared import prepared

pytestmark = pytest.mark.slow

NAME = "<img src=x onerror=alert(1)> & Söhne"
TODAY = datetime.now(UTC).date()
AXE_RUN = f"axe.run(document, {{ runOnly: {json.dumps(TAGS)}, resultTypes: ['violations'], elementRef: false }})"
MAIN = "document.querySelector('main').innerText"
HEADING = "document.querySelector('h1').textContent"


def a_month_ago() -> date:
    return TODAY.replace(day=1) - timedelta(days=1)


@pytest.fixture
@prepared
def business(aws: Aws, key: str) -> str:
    """An invoice that is overdue and bounced, one in another currency that is paid, a draft; return the first's id."""
    customer = {"id": "cust_123", "name": NAME, "email": "ada@example.com"}
    ask(key, "customers/create_customer", "POST", "/customers", customer)
    late = issue(key, 1000, 0.19, a_month_ago().isoformat(), notes="<b>bold</b>")
    paid = issue(key, 100, 0, TODAY.isoformat(), currency="EUR", exchange_rate=0.5)
    pay(key, paid, 100, TODAY.isoformat())
    pay(key, late, 190, TODAY.isoformat())
    other = {"id": "cust_456", "name": "Grace", "email": "grace@example.com"}
    ask(key, "customers/create_customer", "POST", "/customers", other)
    line = {"description": "Workshop", "quantity": 1, "unit_price": 10498.95}
    ask(key, "invoices/create_invoice", "POST", "/invoices", {"customer_id": "cust_456", "items": [line]})
    first = next(item for item in aws.items("events") if item["type"]["S"] == "invoice.sent")
    load_handler("reactions/deliver_email")({"Records": [message_of(first)]}, None)
    delivery = next(item for item in aws.items("deliveries") if "dlv_" in item["sk"]["S"])
    own = {"delivery_id": delivery["sk"]["S"], "account": delivery["pk"]["S"]}
    load_handler("reactions/record_mail_events")({"Records": [mail_message("bounce", **own)]}, None)
    for reaction in ("update_search", "update_totals"):
        load_handler(f"reactions/{reaction}")({"Records": messages_of(aws)}, None)
    post(aws)
    return late


@pytest.fixture
def api(business: str) -> Iterator[LocalApi]:
    assert business
    with local_api() as api:
        yield api


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with browser(tmp_path) as page:
        page.screen(DESKTOP, 900, "light")
        yield page


def enter(page: Page, api: LocalApi, key: str) -> None:
    """Type the key."""
    page.open(f"{api.url}/dashboard")
    page.wait("document.activeElement.name === 'key'")
    page.type(key)
    page.press("Enter")
    settled(page)


def settled(page: Page) -> str:
    """What is shown when everything has come."""
    shown = str(page.wait(f"!document.querySelector('[aria-busy]') && document.querySelector('section') && {MAIN}"))
    assert not [each for each in ("NaN", "undefined", "null", "[object") if each in shown], shown
    return shown


def go(page: Page, place: str) -> None:
    """Show another view, and wait until everything has come."""
    changed = "addEventListener('hashchange', () => done(), { once: true })"
    page.run(f"new Promise((done) => {{ {changed}; location.hash = {json.dumps('#' + place)}; }})")
    settled(page)


def said(page: Page, words: str) -> None:
    """Wait for a message."""
    page.wait(f"document.querySelector('#notice').textContent.includes({json.dumps(words)})")
    settled(page)


def stored(key: str, invoice: str) -> Any:
    return ask(key, "invoices/get_invoice", "GET", f"/invoices/{invoice}", None, invoice_id=invoice)


@needs_chromium
def test_it_shows_what_is_owed_and_what_needs_a_look(page: Page, api: LocalApi, key: str) -> None:
    page.open(f"{api.url}/dashboard")
    page.wait("document.activeElement.name === 'key'")
    page.type("secret")
    page.press("Enter")
    page.wait("document.querySelector('[role=alert]').textContent.includes('sk_test_')")
    page.type("sk_test_" + "0" * 32)
    page.press("Enter")
    page.wait("document.querySelector('[role=alert]')?.textContent.includes('key') && !sessionStorage.length")
    page.type(key)
    page.press("Enter")
    shown = settled(page)
    tiles = page.run("[...document.querySelectorAll('.tile')].map((tile) => tile.innerText.replaceAll('\\u00a0', ' '))")
    assert tiles == [
        "Outstanding\nEUR 0.00\nUSD 1,000.00\nAll, converted: USD 1,000.00",
        "Overdue\nEUR 0.00\nUSD 1,000.00\nAll, converted: USD 1,000.00",
        "Paid this month\nEUR 100.00\nUSD 190.00\nAll, converted: USD 390.00",
        "Drafts\n1\nUSD 10,498.95",
    ]
    assert "Bounced Invalid address" in shown
    assert "Invoice partially paid" in shown
    charts = page.run("[...document.querySelectorAll('.chart')].map((each) => [...each.querySelectorAll('tr')].length)")
    assert charts[:2] == [1 + 5, 1 + 12]
    assert (page.run("document.title"), page.run("document.querySelector('.mode').textContent")) == (
        "[Test] Overview – Dashboard",
        "Test mode",
    )
    page.choose("Forget key")
    page.wait("document.querySelector('h1').textContent === 'Open your dashboard'")
    assert (page.run("sessionStorage.length"), page.run("localStorage.length")) == (0, 0)
    assert "1,000" not in page.run("document.documentElement.outerHTML.split('<script>')[0]")
    assert all(key not in path for _, path, _ in api.asked)
    assert page.problems() == []
    refused = "(() => { try { document.createElement('p').innerHTML = 'x'; } catch { return true; } })()"
    assert page.run(refused) is True


@needs_chromium
def test_an_invoice_is_found_and_paid_and_errors_are_shown(page: Page, api: LocalApi, key: str, business: str) -> None:
    enter(page, api, key)
    page.reach("Search invoices and customers")
    page.type("söhne")
    page.press("Enter")
    page.wait(f"{HEADING} === 'Search: söhne'")
    assert NAME in settled(page)
    number = stored(key, business)["invoice_number"]
    page.choose(number)
    page.wait(f"{HEADING} === {json.dumps(number)}")
    story = settled(page)
    for each in (NAME, "<b>bold</b>", "Invoice email bounced", "Consulting", "USD\u00a01,190.00", "Invalid address"):
        assert each in story, each
    page.choose("Record a payment")
    page.reach("Amount in USD")
    page.type("5000")
    page.press("Enter")
    page.wait("document.querySelector('dialog [role=alert]').textContent.includes('1000')")
    page.reach("Amount in USD")
    page.type("250.10")
    page.press("Enter")
    said(page, "The payment was recorded.")
    assert "USD\u00a0749.90" in page.run(MAIN)
    assert float(stored(key, business)["amount_due"]) == 749.9
    too_much, right = api.posted()
    assert too_much[0] == right[0] == f"/invoices/{business}/payments"
    assert len({too_much[1], right[1], ""}) == 3
    page.choose("Record a payment")
    pay(key, business, 49.9, TODAY.isoformat())
    page.reach("Amount in USD")
    page.press("Enter")
    said(page, "the invoice has changed meanwhile")
    assert "USD\u00a0700.00" in page.run(MAIN)
    page.choose("Remind")
    page.wait("document.querySelector('dialog')")
    page.choose("Remind")
    page.wait("document.querySelector('dialog [role=alert]').textContent.includes('suppressed')")
    page.press("Escape")
    page.wait("!document.querySelector('dialog')")
    assert page.problems() == []


@needs_chromium
def test_the_same_form_after_a_lost_answer_takes_effect_once(
    page: Page, api: LocalApi, key: str, business: str
) -> None:
    enter(page, api, key)
    go(page, f"/invoice/{business}")
    page.choose("Record a payment")
    page.reach("Amount in USD")
    page.type("10")
    api.loses_next_answer = True
    page.press("Enter")
    page.wait("document.querySelector('dialog [role=alert]').textContent.includes('cannot be reached')")
    page.reach("Amount in USD")
    page.press("Enter")
    said(page, "The payment was recorded.")
    first, again = api.posted()
    assert first == again
    assert float(stored(key, business)["amount_due"]) == 990


@needs_chromium
def test_a_live_key_without_a_scope_shows_the_rest(page: Page, api: LocalApi) -> None:
    body = {"name": "Looks", "scopes": ["account:read", "invoices:read", "events:read", "deliveries:read"]}
    live = ask(a_key("live"), "account/create_api_key", "POST", "/account/api-keys", body)["key"]
    enter(page, api, live)
    alerts = page.run("[...document.querySelectorAll('section')].map((each) => !!each.querySelector('[role=alert]'))")
    assert alerts == [True, True, False, True, False]
    assert "This key lacks the scope reports:read." in page.run(MAIN)
    assert page.run("document.querySelector('.mode').textContent") == "Live"
    assert page.run("document.title") == "Overview – Dashboard"


@needs_chromium
def test_a_draft_is_issued_reminded_of_and_voided(page: Page, api: LocalApi, key: str) -> None:
    enter(page, api, key)
    page.choose("1")
    page.wait(f"{HEADING} === 'Invoices: draft'")
    settled(page)
    page.choose("Draft")
    page.wait(f"{HEADING} === 'Draft'")
    settled(page)
    page.choose("Issue and send")
    page.reach("To")
    page.type("bob@example.com")
    page.press("Enter")
    said(page, "The invoice was sent.")
    page.choose("Remind")
    page.wait("document.querySelector('dialog')")
    page.choose("Remind")
    said(page, "The reminder was sent.")
    page.choose("Void")
    page.reach("Reason")
    page.type("Typed wrong")
    page.press("Enter")
    said(page, "The invoice was voided.")
    assert "Cancelled" in page.run(MAIN)
    assert not page.run("[...document.querySelectorAll('main button')].some((each) => each.textContent === 'Void')")
    assert [path.rpartition("/")[2] for path, _ in api.posted()] == ["send", "reminders", "void"]
    assert all(idempotency_key for _, idempotency_key in api.posted())
    assert page.problems() == []


@needs_chromium_and_npm
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(
    scheme: Literal["light", "dark"], page: Page, api: LocalApi, key: str, business: str
) -> None:
    page.open(f"{api.url}/dashboard")
    page.ask("Page.setBypassCSP", enabled=True)
    enter(page, api, key)
    page.run(axe())
    found = []
    for width in (PHONE, DESKTOP):
        page.screen(width, 900, scheme)
        for place in ("/", f"/invoice/{business}", "/customer/cust_123", "/search?q=ada", "/invoices"):
            go(page, place)
            found += _violations(page, place, width)
        go(page, f"/invoice/{business}")
        page.choose("Record a payment")
        found += _violations(page, "dialog", width)
        page.press("Escape")
    page.choose("Forget key")
    found += _violations(page, "sign in", DESKTOP)
    assert found == []


def _violations(page: Page, place: str, width: int) -> list[Any]:
    wide = page.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    result = page.run(AXE_RUN)
    assert len(result["passes"]) > 10
    found = [(place, width, each["id"], each["nodes"][0]["html"]) for each in result["violations"]]
    return found + ([(place, width, "wide", wide)] if wide > 0 else [])
