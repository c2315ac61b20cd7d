"""The portal as a page: in every language, whatever names are, without scripts, and what links lead to."""

import re
from dataclasses import replace

import pytest

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.portal.available_credit import available_of
from invoicing_documents.page import (
    content_security_policy,
    render_expired_page,
    render_portal_mailed_page,
    render_portal_not_found_page,
)
from invoicing_documents.wording import languages, wording_for
from tests.builders import a_customer, an_account
from tests.documents.sample_portals import (
    PORTAL_URL,
    a_portal,
    an_invoice_of,
    notes,
    page_of,
    payments,
    rendered,
)

INJECTION = '"><script>alert(1)</script><img src=https://evil.example>'


def links(html: str) -> list[str]:
    return re.findall(r'(?:href|action|src)="([^"]*)"', html)


def test_each_document_says_what_it_is() -> None:
    html = re.sub(r"\s+", " ", rendered())
    for number, state in (
        (6, ""),
        (5, "Overdue"),
        (4, "Partially paid"),
        (3, "Paid"),
        (2, "No payment is due."),
        (1, "Cancelled"),
    ):
        assert re.search(
            rf"INV-2026-00{number}</bdi></a></td> <td[^>]*><bdi>[^<]*</bdi></td> <td[^>]*>{state}</td>", html
        )
    assert "$50.00 available" in html
    assert html.count("CN-2026-00") == 2


def test_payments_say_how_they_were_paid_and_lead_to_their_receipts() -> None:
    html = re.sub(r"\s+", " ", rendered())
    first, second, reversed_ = payments()
    assert f'href="{PORTAL_URL}/receipts/pay_3/pdf"><bdi>{first.receipt_number}</bdi></a>' in html
    assert ">Bank transfer</td>" in html
    assert ">Credit card · Refund: $25.00</td>" in html
    assert f"<bdi>{second.receipt_number}</bdi></a>" in html
    assert "receipts/pay_1/" not in html
    assert f"<bdi>{reversed_.receipt_number}</bdi></td>" in html
    assert 'class="cancelled" data-label="Payment method">Bank transfer · Payment reversed</td>' in html


def test_a_column_says_what_is_in_it() -> None:
    heads = re.findall(r'<th scope="col">([^<]+)</th>', rendered())
    lists = [heads[start : start + 4] for start in range(0, len(heads), 4)]
    assert lists == [
        ["Number", "Due date", "Status", "Amount due"],
        ["Number", "Issue date", "Status", "Total"],
        ["Number", "Date", "Status", "Total"],
        ["Number", "Payment date", "Payment method", "Amount"],
    ]


def test_links_lead_below_the_portal_only() -> None:
    html = rendered(a_portal(invoices=page_of(an_invoice_of(1), next_cursor="n&x", previous_cursor="p/=")))
    found = links(html)
    assert all(link.startswith((f"{PORTAL_URL}/", f"{PORTAL_URL}?", "mailto:billing%40acme.example")) for link in found)
    assert {f"{PORTAL_URL}?invoices=n%26x", f"{PORTAL_URL}?invoices=p/%3D"} <= set(found)
    assert "/i/" not in html


def test_what_was_written_off_in_part_is_not_called_paid() -> None:
    total = an_invoice_of(1).total
    settled = an_invoice_of(1, status=Status.PAID, amount_paid=total - 1, amount_written_off=1)
    html = rendered(a_portal(invoices=page_of(settled), open_invoices=()))
    assert ">No payment is due.</td>" in html
    assert ">Paid</td>" not in html


def test_a_page_of_nothing_that_is_shown_still_leads_to_the_others() -> None:
    """As one of drafts that were all voided."""
    html = rendered(a_portal(invoices=page_of(next_cursor="n"), credit_notes=page_of(), payments=page_of()))
    assert f"{PORTAL_URL}?invoices=n" in links(html)
    assert html.count("<table") == 1, "that of open invoices"
    assert "There are no documents yet." not in html


def test_later_pages_show_lists_only() -> None:
    html = rendered(is_first=False)
    assert "Amount outstanding" not in html
    assert "Open invoices" not in html
    assert f'href="{PORTAL_URL}"' in html


def test_names_stay_data() -> None:
    portal = a_portal(
        customer=a_customer(name=INJECTION),
        account=an_account(name=INJECTION),
        invoices=page_of(replace(an_invoice_of(1), number=INJECTION)),
    )
    html = rendered(portal)
    assert "<script" not in html
    assert "<img" not in html
    assert not any("evil" in link for link in links(html))


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_of_its_own(language: str) -> None:
    wording = wording_for(language)
    html = rendered(a_portal(customer=a_customer(locale=language)))
    assert f'<html lang="{wording.language}" dir="{wording.direction}">' in html
    pages = [
        html,
        render_expired_page(language, "/i/token/portal-link"),
        render_portal_not_found_page(language),
        render_portal_mailed_page(language),
    ]
    for key, page in zip(
        ("all_documents", "link_expired_text", "link_ended_text", "portal_mailed_text"), pages, strict=True
    ):
        assert wording[key] in page.replace("&#39;", "'")
        assert language == "en" or wording_for("en")[key] not in page


def test_credit_is_available_of_the_latest_notes_and_never_more_than_there_is() -> None:
    first, voided = notes()
    older = replace(first, id="cn_0", credited_to_customer=3000)
    balance = a_portal().balances[1]
    for credit, expected in (
        (0, {}),
        (2000, {"cn_2": 2000}),
        (6000, {"cn_2": 5000, "cn_0": 1000}),
        (9999, {"cn_2": 5000, "cn_0": 3000}),
    ):
        assert available_of((first, voided, older), [replace(balance, credit=credit)]) == expected
    assert available_of((first,), []) == {}


def test_forms_go_to_the_service_itself_and_nothing_else_is_allowed() -> None:
    policy = content_security_policy()
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "script-src" not in policy
