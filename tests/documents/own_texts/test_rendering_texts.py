"""What texts print: money, dates and numbers of the document's language, nothing for what is empty, data as it is."""

from dataclasses import replace
from datetime import date

import pytest

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.parties.account import Seller
from invoicing_documents.own_texts.rendering import render_text
from invoicing_documents.own_texts.variables import variables_of
from invoicing_documents.wording import wording_for
from tests.builders import an_account
from tests.documents.own_texts.sample_texts import HOSTED_URL, TODAY, overdue, rendered
from tests.documents.sample_invoices import BUYER, SELLER, line_of

HOSTILE_NAME = "{{ 7*7 }}<b>&{% raw %}"
NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("locale", "currency", "text"),
    [
        ("de-DE", "EUR", f"1.836,00{NBSP}€"),
        ("de-AT", "EUR", f"€{NBSP}1.836,00"),
        ("en", "EUR", "€1,836.00"),
        ("en", "USD", "$1,836.00"),
        ("fr", "EUR", f"1{NNBSP}836,00{NBSP}€"),
        ("sv", "SEK", f"1{NBSP}836,00{NBSP}kr"),
        ("nl", "EUR", f"€{NBSP}1.836,00"),
        ("pl", "PLN", f"1{NBSP}836,00{NBSP}zł"),
        ("ja", "JPY", "￥1,836"),
        ("en", "KWD", f"KWD{NBSP}1,836.000"),
        ("tr", "TRY", "₺1.836,00"),
    ],
)
def test_amounts_print_in_the_language_of_the_document(locale: str, currency: str, text: str) -> None:
    assert rendered("{{ invoice.total }}", overdue(currency=currency), locale) == text


@pytest.mark.parametrize(
    ("locale", "medium", "long", "number"),
    [
        ("de", "22.12.2026", "22. Dezember 2026", "1.234,5"),
        ("en", f"Dec{NBSP}22,{NBSP}2026", "December 22, 2026", "1,234.5"),
        ("fr", f"22{NBSP}déc.{NBSP}2026", "22 décembre 2026", f"1{NNBSP}234,5"),
        ("pl", f"22{NBSP}gru{NBSP}2026", "22 grudnia 2026", f"1{NBSP}234,5"),
    ],
)
def test_dates_and_numbers_print_in_the_language_of_the_document(
    locale: str, medium: str, long: str, number: str
) -> None:
    source = "{{ invoice.due_date }}|{{ invoice.due_date|date('long') }}|{{ 1234.50 }}"
    assert rendered(source, locale=locale) == f"{medium}|{long}|{number}"


def test_items_are_the_lines() -> None:
    source = "{% for i in invoice.items %}{{ i.description }}: {{ i.quantity }} × {{ i.unit_price }}\n{% endfor %}"
    lines = [line_of("Käse", "2.5", "0.0045"), line_of("Brot", "1000", "3")]
    assert rendered(source, overdue(lines=lines), "de") == (f"Käse: 2,5 × 0,0045{NBSP}€\nBrot: 1.000 × 3,00{NBSP}€\n")


def test_an_object_prints_its_name_or_number_and_a_list_its_objects() -> None:
    source = "{{ invoice }}|{{ invoice.customer }}|{{ customer }}|{{ account }}|{{ invoice.items }}"
    assert rendered(source) == (
        "INV-2026-001|Initech Ltd.|Initech Ltd.|Acme Studio GmbH|Consulting services, Software licence, one year"
    )
    assert rendered("{{ invoice }}", overdue(number=None)) == ""
    assert (
        rendered("{{ invoice ~ '!' }}{{ [invoice]|join }}{{ invoice|upper }}") == "INV-2026-001!" + "INV-2026-001" * 2
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ invoice.purchase_order }}",
        "{{ invoice.purchase_order|upper }}",
        "{{ '' ~ invoice.purchase_order }}",
        "{{ [invoice.purchase_order]|join }}",
        "{{ invoice.paid_date }}{{ invoice.paid_date|date('long') }}",
        "{{ invoice.purchase_order.anything }}{{ invoice.purchase_order['x'] }}{{ invoice.purchase_order[0] }}",
        "{{ invoice.items[7] }}{{ invoice.items[7].total }}{{ invoice.items[7].total|number }}",
        "{% for a in invoice.purchase_order %}x{% endfor %}",
        "{% if invoice.paid_date > invoice.due_date or invoice.paid_date < invoice.due_date %}x{% endif %}",
        "{{ 'x' if invoice.purchase_order }}",
        "{{ none }}",
    ],
)
def test_what_is_empty_prints_nothing(source: str) -> None:
    assert rendered(source) == ""
    assert rendered("PO {{ invoice.purchase_order }}") == "PO "
    assert rendered("PO {{ invoice.purchase_order|default('–') }}") == "PO –"


@pytest.mark.parametrize("name", [HOSTILE_NAME, "{{ invoice.__class__ }}", "{#", "{%", "%}}}", "<script>'\"&amp;"])
def test_values_of_customers_are_data(name: str) -> None:
    invoice = overdue(buyer=replace(BUYER, name=name), notes=name)
    for source in ("{{ customer.name }}", "{{ invoice.customer }}", "{% set x = invoice.notes %}{{ x ~ '' }}"):
        assert rendered(source, invoice) == name
    assert rendered("{{ customer }}", overdue(buyer=replace(BUYER, name=HOSTILE_NAME)), html=True) == (
        "{{ 7*7 }}&lt;b&gt;&amp;{% raw %}"
    )


def test_html_escapes_values_and_keeps_the_text() -> None:
    invoice = overdue(buyer=replace(BUYER, name='<b>"O\'Neill" & Söhne</b>'))
    source = "<p title=\"{{ customer }}\">{{ '<i>' }} & {{ customer|upper }}</p>"
    assert rendered(source, invoice, html=True) == (
        '<p title="&lt;b&gt;&quot;O&#x27;Neill&quot; &amp; Söhne&lt;/b&gt;">&lt;i&gt; & '
        "&lt;B&gt;&quot;O&#x27;NEILL&quot; &amp; SÖHNE&lt;/B&gt;</p>"
    )
    assert rendered("{{ invoice.total }}", html=True) == "€1,836.00"


def test_control_characters_are_left_out() -> None:
    invoice = overdue(buyer=replace(BUYER, name="a\u202eb\x00c\ud800"))
    assert (
        rendered("{{ customer }}|{{ '\\u202e\\ud800' }}", invoice)
        == "abc\N{REPLACEMENT CHARACTER}|\N{REPLACEMENT CHARACTER}"
    )


def test_all_that_a_reminder_says() -> None:
    source = (
        "Dear {{ customer.name }},\n\n"
        "invoice {{ invoice.number }} of {{ invoice.issue_date }} is {{ invoice.days_overdue }} days overdue.\n"
        "{% if invoice.amount_paid %}\n"
        "You paid {{ invoice.amount_paid }} of {{ invoice.total }}.\n"
        "{% endif %}\n"
        "Please pay {{ invoice.amount_due }} until {{ invoice.due_date + 37 }}: {{ invoice.hosted_url }}\n"
        "{{ account.name }}, {{ account.iban }}, {{ account.bic }}"
    )
    invoice = overdue(amount_paid=83600, status=Status.PARTIALLY_PAID)
    assert rendered(source, invoice, "de") == (
        "Dear Initech Ltd.,\n\n"
        "invoice INV-2026-001 of 22.11.2026 is 30 days overdue.\n"
        f"You paid 836,00{NBSP}€ of 1.836,00{NBSP}€.\n"
        f"Please pay 1.000,00{NBSP}€ until 28.01.2027: {HOSTED_URL}\n"
        "Acme Studio GmbH, DE89 3704 0044 0532 0130 00, COBADEFFXXX"
    )


@pytest.mark.parametrize(
    ("status", "due_date", "days"),
    [
        (Status.SENT, date(2027, 1, 20), "1"),
        (Status.SENT, TODAY, "0"),
        (Status.SENT, date(2027, 2, 1), "0"),
        (Status.PARTIALLY_PAID, date(2026, 1, 21), "365"),
        (Status.PAID, date(2026, 1, 21), "0"),
        (Status.CANCELLED, date(2026, 1, 21), "0"),
        (Status.DRAFT, date(2026, 1, 21), "0"),
    ],
)
def test_only_an_open_invoice_is_overdue(status: Status, due_date: date, days: str) -> None:
    invoice = overdue(status=status, due_date=due_date)
    assert rendered("{{ invoice.days_overdue }} {{ invoice.is_overdue }}", invoice) == f"{days} {days != '0'}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ invoice.total * 0.02 }}", "€36.72"),
        ("{{ invoice.total * 0.0333333 }}", "€61.20"),
        ("{{ invoice.total / 3 + 1 }}", "€613.00"),
        ("{{ invoice.total - invoice.tax == invoice.subtotal }}", "True"),
        ("{{ invoice.tax / invoice.subtotal }}", "0.08"),
        ("{{ (invoice.tax / invoice.subtotal)|percent }}", "8%"),
        ("{{ invoice.items|sum(attribute='tax') }}", "€136.00"),
        ("{{ invoice.total > 1000 }} {{ invoice.total == 1836 }}", "True True"),
        ("{{ invoice.total <= invoice.tax }} {{ invoice.tax >= 136 }}", "False True"),
        ("{{ -invoice.tax }} {{ (-invoice.tax)|abs }} {{ +invoice.tax }}", "-€136.00 €136.00 €136.00"),
        ("{{ invoice.total|number }} {{ (1836.5)|number }}", "1,836.00 1,836.5"),
        ("{{ (invoice.tax / 7)|round(1) }} {{ 2.5|round }} {{ 0.125|round(2) }}", "€19.40 3 0.13"),
        ("{{ 0.1 + 0.2 }} {{ 10 / 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }}", "0.3 3.3333333333 3 -4 2"),
        ("{{ invoice.due_date - invoice.issue_date }} {{ (invoice.due_date - 30) == invoice.issue_date }}", "30 True"),
        ("{{ 999999999999999 % 0.0000000007 }} {{ -1 % 0.3 }}", "0.0000000006 0.2"),
        ("{{ [0.1, 0.2]|sum }} {{ []|sum }} {{ [invoice.tax, 1]|sum }}", "0.3 0 €137.00"),
        ("{{ invoice.due_date|date('iso') }}", "2026-12-22"),
        ("{{ invoice.due_date|date('full') }}", "Tuesday, December 22, 2026"),
        ("{{ \"o'neill & söhne\"|title }} {{ 'straße'|upper }} {{ ' a '|trim }}", "O'neill & Söhne STRASSE a"),
        ("{{ 'one two three'|truncate(9) }} {{ 'one two'|truncate(7) }}", "one two… one two"),
        ("{{ 'abcdef'|truncate(3, '') }} {{ 'abcdef'|truncate(3) }} {{ 'abc'|truncate(0) }}", "abc ab… …"),
        ("{{ invoice.items|length }} {{ 'abc'|length }} {{ 'abc'|first }}{{ 'abc'[1] }}{{ 'abc'[-1] }}", "2 3 abc"),
        ("{{ customer.address|replace('\\n', ', ') }}", "4120 Freidrich Lane, Austin, TX 78744, United States"),
        ("{{ 'Initech' in customer.name }} {{ 3 not in [1, 2] }} {{ invoice.total in [1836] }}", "True True True"),
    ],
)  # fmt: skip
def test_texts_calculate_exactly(source: str, text: str) -> None:
    assert rendered(source) == text


def test_an_account_sends_as_its_copy_does() -> None:
    invoice, wording = overdue(), wording_for("en")
    assert SELLER.bank_account
    account = an_account(name="Acme Studio GmbH", bank_accounts=(SELLER.bank_account,))
    for sender in (account, account.as_seller("USD", "en"), Seller(name="Acme Studio GmbH")):
        variables = variables_of(invoice, sender, wording, today=TODAY, hosted_url=None)
        text = render_text("{{ account }}|{{ account.iban }}|{{ invoice.hosted_url }}", variables, wording)
        assert text == f"Acme Studio GmbH|{'DE89 3704 0044 0532 0130 00' if sender.bank_account else ''}|"


def test_quantities_keep_their_decimals() -> None:
    lines = [line_of("a", "0.000001", "1"), line_of("b", "999999999", "0.0000000001")]
    assert rendered(
        "{% for i in invoice.items %}{{ i.quantity }} {{ i.unit_price }} {% endfor %}", overdue(lines=lines)
    ) == ("0.000001 €1.00 999,999,999 €0.0000000001 ")
