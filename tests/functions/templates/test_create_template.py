"""POST /templates."""

import time
import tracemalloc
from typing import Any

import pytest

from invoicing_documents.wording import wording_for
from tests.aws import Aws
from tests.functions.templates.asking import create

FIELDS: dict[str, Any] = {
    "layout": "compact",
    "accent_color": "#005f73",
    "font": "sans",
    "paper_size": "Letter",
    "columns": ["quantity", "tax"],
    "labels": {"invoice": "Honorarnote", "due_on": "Zahlbar bis {date}"},
    "header": "{{ account.name }}",
    "footer": "Thank you, {{ customer.name }}",
    "payment_instructions": "Pay {{ invoice.amount_due }}",
    "email_subject": "Your invoice {{ invoice.number }}",
    "email_body": "Hello {{ customer.name }}",
    "texts_by_locale": {"fr": {"footer": "Merci, {{ customer.name }}", "labels": {"invoice": "Note d’honoraires"}}},
}
TEXTS = ("header", "footer", "payment_instructions", "email_subject", "email_body")

HOSTILE = {
    "{{ 'A' * 1000000000 }}": "TEMPLATE_INVALID",
    "{{ 'A'|center(1000000000) }}": "TEMPLATE_INVALID",
    "{{ 'a\\nb'|indent(1000000000) }}": "TEMPLATE_INVALID",
    "{{ '%1000000000d'|format(1) }}": "TEMPLATE_INVALID",
    "{{ '{:>1000000000}'.format(1) }}": "TEMPLATE_INVALID",
    "{{ [0] * 1000000000 }}": "TEMPLATE_INVALID",
    "{{ 10 ** 100000000 }}": "TEMPLATE_INVALID",
    "{{ 10 ** 3000000 }}": "TEMPLATE_INVALID",
    "{{ lipsum(n=100000) }}": "TEMPLATE_INVALID",
    "{% set n = namespace(s='x') %}{{ n.s }}": "TEMPLATE_INVALID",
    "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}": "TEMPLATE_INVALID",
    "{% include 'x' %}": "TEMPLATE_INVALID",
    "{% import 'x' as y %}": "TEMPLATE_INVALID",
    "{% extends 'x' %}": "TEMPLATE_INVALID",
    "{{ ''.__class__.__mro__ }}": "TEMPLATE_INVALID",
    "{{ ''|attr('format') }}": "TEMPLATE_INVALID",
    "{{ cycler('a', 'b') }}": "TEMPLATE_INVALID",
    "{{ invoice.totl }}": "TEMPLATE_INVALID",
    "{{ " + "(" * 40 + "1" + ")" * 40 + " }}": "TEMPLATE_TOO_EXPENSIVE",
    "".join("{% for i in invoice.items %}" for _ in range(9)) + "x" + "{% endfor %}" * 9: "TEMPLATE_TOO_EXPENSIVE",
}


def test_every_field_comes_back_as_it_was_given(key: str) -> None:
    answer = create(key, **FIELDS)
    data = answer.data
    assert answer.status == 201
    own = {"id": data["id"], "name": "Letterhead", "version": 1, "default": False}
    assert data == FIELDS | own | {"logo": None} | dict.fromkeys(("created_at", "updated_at"), data["created_at"])
    assert data["id"].startswith("tmpl_")
    assert answer.headers["Location"].endswith(f"/templates/{data['id']}")
    assert "warnings" not in answer.json["meta"]


def test_without_fields_it_is_the_look_of_an_account_without_templates(key: str) -> None:
    data = create(key).data
    assert (data["layout"], data["columns"]) == ("classic", ["sku", "quantity", "unit_price", "tax", "discount"])
    assert [data[name] for name in ("accent_color", "paper_size", *TEXTS)] == [None] * 7
    assert data["labels"] == {}


@pytest.mark.parametrize(
    ("given", "stored"), [("#0a7", "#00aa77"), ("#0A7", "#00aa77"), ("#FFFFFF", "#ffffff"), ("#1f4e79", "#1f4e79")]
)
def test_a_color_is_stored_with_six_digits(key: str, given: str, stored: str) -> None:
    assert create(key, accent_color=given).data["accent_color"] == stored


def test_a_light_color_is_accepted_with_a_warning(key: str) -> None:
    (warning,) = create(key, accent_color="#0a7").json["meta"]["warnings"]
    assert (warning["field"], warning["code"]) == ("accent_color", "ACCENT_COLOR_LIGHT")
    assert "2.99" in warning["message"]


@pytest.mark.parametrize("color", ["red", "#00aa77ff", "#0a", "0a7", "#00aa7g", "", "#0a7\n", "url(x)"])
def test_a_color_is_three_or_six_digits(key: str, color: str) -> None:
    (detail,) = create(key, accent_color=color).error["details"]
    assert (detail["field"], detail["code"]) == ("accent_color", "TOO_LONG" if len(color) > 7 else "VALUE_INVALID")


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_text_is_refused_in_time_and_the_next_request_is_normal(key: str, aws: Aws, source: str) -> None:
    for field in ("footer", "email_body"):
        tracemalloc.start()
        began = time.process_time()
        answer = create(key, **{field: f"Hello\n{source}"})
        taken, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        (detail,) = answer.error["details"]
        assert (answer.status, detail["field"], detail["line"]) == (422, field, 2)
        assert detail["code"] == HOSTILE[source]
        assert detail["reason"]
        assert taken < 2
        assert most < 20_000_000
    assert not any(item["sk"]["S"].startswith("template#") for item in aws.items("accounts"))
    assert create(key, footer="Hello").status == 201


def test_each_wrong_text_and_label_is_named(key: str) -> None:
    texts = dict.fromkeys(TEXTS, "{{ nobody }}")
    details = create(key, labels={"invoise": "X"}, **texts).error["details"]
    assert [detail["field"] for detail in details] == [*TEXTS, "labels.invoise"]
    assert "did you mean invoice?" in details[-1]["message"]


def test_an_unknown_label_that_is_like_none_names_those_that_there_are(key: str) -> None:
    (detail,) = create(key, labels={"zzz": "X"}).error["details"]
    assert "bill_to, " in detail["message"]


@pytest.mark.parametrize(
    "label",
    ["{seller.__class__}", "{number!r}", "{number:>1000000000}", "{number[0]}", "{nobody}", "{}", "{", "{0}"],
)
def test_a_label_has_only_the_placeholders_of_ours(key: str, label: str) -> None:
    (detail,) = create(key, labels={"invoice_from": label}).error["details"]
    assert (detail["field"], detail["code"]) == ("labels.invoice_from", "VALUE_INVALID")
    assert "{number}, {seller}" in detail["message"]


def test_every_word_of_ours_can_have_another_in_its_place(key: str) -> None:
    labels = {name: f"Our {ours}" for name, ours in wording_for("en").texts.items() if len(ours) < 90}
    assert create(key, labels=labels | {"recipient": "To"}).data["labels"]["invoice"] == "Our Invoice"
    assert len(labels) > 200


def test_braces_of_a_label_that_nothing_is_filled_into_are_printed(key: str) -> None:
    assert create(key, labels={"invoice": "Invoice {x"}).data["labels"] == {"invoice": "Invoice {x"}


@pytest.mark.parametrize("logo", ["/etc/passwd", "http://169.254.169.254/x.png", "file_1"])
def test_a_logo_is_no_path_and_no_address(key: str, logo: str) -> None:
    (detail,) = create(key, logo=logo).error["details"]
    assert (detail["field"], detail["code"]) == ("logo", "FILE_NOT_FOUND")


def test_columns_are_in_the_order_of_documents_and_each_once(key: str) -> None:
    assert create(key, columns=["tax", "quantity", "tax"]).data["columns"] == ["quantity", "tax"]
