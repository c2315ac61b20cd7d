"""The hosted page in a real browser: amounts and groups of an IBAN stay whole, and nothing is wider than the screen."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import Tax
from invoicing.domain.parties.details import BankAccount
from invoicing_documents.page import render_expired_page, render_invoice_page
from tests.builders import a_customer, a_line
from tests.documents.browser import needs_chromium, seen
from tests.documents.sample_figures import DEPOSIT, IRPF, PACKAGING, REBATE, SHIPPING, everything
from tests.documents.sample_invoices import BUYER, SELLER, invoice_of, line_of
from tests.documents.sample_portals import a_portal, in_every_state, page_of, payments, rendered, settled

WIDTHS = (320, 390, 1024)
LONG_NAME = "Umsatzsteuer auf Lieferungen und sonstige Leistungen im Inland nach Paragraf zwoelf Absatz eins, voll"
UNBROKEN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
MEASURE = """
const torn = [], wide = [];
const lines = (node, start, end) => {
  const range = node.ownerDocument.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return new Set([...range.getClientRects()].map((part) => Math.round(part.bottom))).size;
};
const words = (element, pattern) => {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (const found of node.data.matchAll(pattern))
      if (lines(node, found.index, found.index + found[0].length) !== 1) torn.push(found[0]);
};
let amounts = 0;
addEventListener("load", () => {
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument, root = page.documentElement;
    for (const element of page.querySelectorAll(".amount")) { amounts += 1; words(element, /.*\\S.*/g); }
    for (const element of page.querySelectorAll(".totals dt, .bank dd")) words(element, /[\\d.,\\u00a0\\u202f]{2,}/g);
    for (const element of page.querySelectorAll(".bank dd")) words(element, /(?<!\\S)[A-Z0-9]{1,4}(?!\\S)/g);
    for (const element of page.querySelectorAll("h1, dt")) words(element, /(?<!\\S)\\S{1,19}(?!\\S)/g);
    if (root.scrollWidth > root.clientWidth) wide.push([root.clientWidth, root.scrollWidth]);
  }
  document.body.innerHTML = `<pre>${JSON.stringify({ amounts, torn, wide })}</pre>`;
});
"""


def extreme(currency: str, locale: str) -> Invoice:
    """Names as long as they may be and amounts far above those of invoices that are written."""
    lines = (
        line_of("Consulting services", "10", "150", unit="h", tax_name=LONG_NAME),
        line_of(
            UNBROKEN,
            "123456.123456",
            "99999.123456",
            "0.19",
            unit="a rather long unit",
            tax_name="X" * 100,
            discount=Discount(type="fixed", value=Decimal(123456)),
        ),
    )
    seller = replace(
        SELLER,
        name=f"International Consulting and Engineering {UNBROKEN}"[:250],
        bank_account=BankAccount(iban="MT84MALT011000012345MTLCAST001S", bic="COBADEFFXXX", holder=UNBROKEN),
    )
    return invoice_of(
        lines,
        currency=currency,
        locale=locale,
        seller=seller,
        buyer=replace(BUYER, name=UNBROKEN[:250]),
        purchase_order="7" * 100,
        discount=Discount(type="percentage", value=Decimal(5)),
        status=Status.PARTIALLY_PAID,
        amount_paid=10**9,
    )


def with_long_names() -> Invoice:
    """Every kind of figure, with names as long as they may be and large amounts."""
    line = a_line(
        "1000", "9000000",
        taxes=tuple(Tax(name=f"{number}{UNBROKEN[:99]}", rate=Decimal("0.099751")) for number in range(5)),
        allowances=(replace(REBATE, description=UNBROKEN[:250]),),
        charges=(replace(PACKAGING, description=LONG_NAME, amount=Decimal("999999.99")),),
    )  # fmt: skip
    return everything(
        line,
        charges=(replace(SHIPPING, description=UNBROKEN[:250], amount=Decimal("88888888.88")),),
        withholdings=(replace(IRPF, name=UNBROKEN[:100]),),
        prepayments=(replace(DEPOSIT, reference="X" * 100, amount=Decimal(700)),),
    )


def portals() -> list[str]:
    """Portals with long names, numbers and large amounts, also from right to left."""
    long = [replace(each, number="7" * 60, total=10**14) for each in in_every_state()]
    balances = tuple(replace(each, amount_due=10**14, credit=10**13) for each in a_portal().balances)
    paid = page_of(*(replace(each, amount=10**14) for each in payments()))
    lists = {
        "payments": paid,
        "invoices": page_of(*long, next_cursor="n", previous_cursor="p"),
        "open_invoices": tuple(long[:3]),
    }
    extremes = a_portal(customer=a_customer(name=UNBROKEN[:250], locale="de"), balances=balances, **lists)
    return [rendered(), rendered(a_portal(customer=a_customer(locale="he"))), rendered(extremes)]


@needs_chromium
def test_amounts_stay_whole_and_nothing_is_wider_than_the_screen(tmp_path: Path) -> None:
    invoices = [
        invoice_of(),
        settled(),
        *(extreme(currency, locale) for currency, locale in (("EUR", "de"), ("CLF", "pl"), ("ISK", "en"))),
        invoice_of((line_of("Ship", "1000", "900000000000", "0.1", tax_name=LONG_NAME),), currency="ISK"),
        everything(),
        with_long_names(),
    ]
    pages = [render_invoice_page(one, pdf_url="https://x.example/pdf", portal_link_url="/x") for one in invoices]
    found = seen([*pages, *portals(), render_expired_page("de", "/x")], WIDTHS, MEASURE, tmp_path)
    assert found.pop("amounts")
    assert found == {"torn": [], "wide": []}
