"""Page, portal and e-mail keep nobody out: axe-core finds nothing that is serious, light or dark, wide or narrow."""

import json
from pathlib import Path

import pytest

from invoicing_documents.page import render_expired_page, render_invoice_page
from tests.builders import a_customer
from tests.documents.browser import axe, needs_chromium_and_npm, seen
from tests.documents.sample_figures import everything
from tests.documents.sample_invoices import invoice_of
from tests.documents.sample_portals import a_portal, in_every_state, rendered, settled
from tests.documents.sample_statements import payment_of
from tests.documents.test_invoice_email import compose as invoice_email
from tests.documents.test_invoice_email import parse
from tests.documents.test_receipt_email import compose as receipt_email

PHONE, DESKTOP = 390, 1024
SCHEMES = {"dark": 0, "light": 1}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_WHOLE_PAGES = {"landmark-one-main", "page-has-heading-one", "region"}
"""Rules that e-mails do not follow, which are parts of the page of a mail program; none is serious."""

LOOK = """
addEventListener("load", async () => {
  const found = [];
  let passed = 0;
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument, script = page.createElement("script");
    script.textContent = AXE;
    page.head.append(script);
    const options = { runOnly: TAGS, resultTypes: ["violations"], elementRef: false };
    const result = await frame.contentWindow.axe.run(page, options);
    passed += result.passes.length;
    for (const each of result.violations)
      for (const node of each.nodes.slice(0, 3))
        found.push([each.impact, each.id, page.title, frame.clientWidth, node.html]);
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.innerHTML = "<pre></pre>";
  document.querySelector("pre").textContent = JSON.stringify({ passed, dark, found });
});
"""


def pages() -> list[str]:
    """Invoices in every state, the portal and e-mails, from left to right and from right to left."""
    open_, overdue, _, paid, _, cancelled = in_every_state()
    invoices = (open_, overdue, paid, cancelled, settled(), everything(), invoice_of(locale="he"))
    return [
        *(render_invoice_page(each, pdf_url="/x", portal_link_url="/x", documents_url="/x") for each in invoices),
        rendered(),
        rendered(a_portal(customer=a_customer(locale="ar"))),
        render_expired_page("de", "/x"),
        parse(invoice_email()).html,
        parse(receipt_email(payment_of(locale="he"))).html,
    ]


@pytest.mark.slow
@needs_chromium_and_npm
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_keeps_people_out(scheme: str, tmp_path: Path) -> None:
    script = LOOK.replace("AXE", json.dumps(axe()).replace("</", "<\\/")).replace("TAGS", json.dumps(TAGS))
    flags = (f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}", "--virtual-time-budget=600000")
    found = seen(pages(), (PHONE, DESKTOP), script, tmp_path, *flags)
    assert found["dark"] == (scheme == "dark")
    assert found["passed"] > 100
    assert [each for each in found["found"] if each[1] not in OF_WHOLE_PAGES] == []
