"""PATCH /templates/{template_id}."""

from typing import Any

from tests.aws import Aws
from tests.functions.templates.asking import change, create, on
from tests.functions.templates.test_create_template import FIELDS


def versions(aws: Aws) -> list[Any]:
    return sorted(item["sk"]["S"] for item in aws.items("accounts") if item["sk"]["S"].startswith("template#"))


def test_each_change_makes_the_next_version_and_keeps_the_others(aws: Aws, key: str) -> None:
    made = create(key).data["id"]
    assert [change(key, made, footer=text).data["version"] for text in "ABB"] == [2, 3, 3]
    assert versions(aws) == [f"template#{made}#{number}" for number in (1, 2, 3)]


def test_what_is_not_sent_stays_and_null_removes(key: str) -> None:
    made = create(key, **FIELDS).data
    changed = change(key, made["id"], header=None, accent_color=None, paper_size=None).data
    assert {name for name in made if made[name] != changed[name]} - {"updated_at"} == {
        "version",
        "header",
        "accent_color",
        "paper_size",
    }


def test_labels_merge(key: str) -> None:
    made = create(key, labels={"invoice": "Rechnung", "notes": "Bemerkung"}).data["id"]
    assert change(key, made, labels={"notes": None, "total": "Summe"}).data["labels"] == {
        "invoice": "Rechnung",
        "total": "Summe",
    }
    assert change(key, made, labels=None).data["labels"] == {}


def test_texts_by_language_merge(key: str) -> None:
    of_french = {"footer": "Merci", "labels": {"notes": "Remarques", "total": "Somme"}}
    made = create(key, texts_by_locale={"fr": of_french, "de": {"footer": "Danke"}, "it": {"footer": None}}).data
    assert made["texts_by_locale"] == {"fr": of_french, "de": {"footer": "Danke"}}
    changes = {"fr": {"footer": None, "header": "Bonjour", "labels": {"notes": None}}, "de": None, "nl": {}}
    changed = change(key, made["id"], texts_by_locale=changes).data
    assert changed["texts_by_locale"] == {"fr": {"header": "Bonjour", "labels": {"total": "Somme"}}}
    assert change(key, made["id"], texts_by_locale={"fr": {"header": "Bonjour"}}).data["version"] == 2
    assert change(key, made["id"], texts_by_locale=None).data["texts_by_locale"] == {}


def test_texts_by_language_are_checked_and_at_most_ten(key: str) -> None:
    made = create(key).data["id"]
    wrong = {"fr": {"footer": "{{ invoice.totl }}", "labels": {"invoise": "x"}}, "de": None}
    details = change(key, made, texts_by_locale=wrong).error["details"]
    assert [(each["field"], each["code"]) for each in details] == [
        ("texts_by_locale.fr.footer", "TEMPLATE_INVALID"),
        ("texts_by_locale.fr.labels.invoise", "VALUE_INVALID"),
    ]
    tags = ("de", "fr", "it", "es", "nl", "pl", "pt", "sv", "da", "fi", "cs")
    assert change(key, made, texts_by_locale={tag: {"footer": "A"} for tag in tags[:10]}).status == 200
    (detail,) = change(key, made, texts_by_locale={tags[10]: {"footer": "A"}}).error["details"]
    assert (detail["field"], detail["code"]) == ("texts_by_locale", "TOO_MANY")
    (detail,) = change(key, made, texts_by_locale={"French": {"footer": "A"}}).error["details"]
    assert detail["code"] == "LOCALE_INVALID"


def test_a_wrong_text_makes_no_version(aws: Aws, key: str) -> None:
    made = create(key).data["id"]
    (detail,) = change(key, made, footer="A\n{{ invoice.totl }}").error["details"]
    assert (detail["field"], detail["line"], detail["code"]) == ("footer", 2, "TEMPLATE_INVALID")
    assert "did you mean total?" in detail["reason"]
    assert versions(aws) == [f"template#{made}#1"]


def test_of_two_editors_with_the_same_etag_one_gets_412(key: str) -> None:
    made = create(key)
    tag = {"If-Match": made.headers["ETag"]}
    answers = [on(key, "PATCH", "update", made.data["id"], {"footer": text}, **tag) for text in "AB"]
    assert [answer.status for answer in answers] == [200, 412]


def test_a_name_and_a_layout_cannot_be_removed(key: str) -> None:
    made = create(key).data["id"]
    for field in ("name", "layout", "font", "columns"):
        assert change(key, made, **{field: None}).status == 422
