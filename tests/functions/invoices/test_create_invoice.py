from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord
from invoicing.storage.store import DynamoStore
from tests.aws import Aws
from tests.functions.conftest import LINE, NEW_INVOICE, QUICK_START
from tests.http import Response, call, request


def create(key: str, body: Any, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key, headers=named))


def get(key: str, invoice_id: str) -> Any:
    return call("invoices/get_invoice", request("GET", "/", key=key, parameters={"invoice_id": invoice_id})).data


def _percent(value: int) -> dict[str, Any]:
    return {"type": "percentage", "value": value}


def refused(answer: Response) -> list[tuple[str, str]]:
    assert answer.status == 422, answer.body
    return [(detail["field"], detail["code"]) for detail in answer.error["details"]]


@pytest.mark.usefixtures("customer")
class TestCreateInvoice:
    def test_the_contracts_worked_example_is_right_to_the_cent(self, key: str) -> None:
        lines = [
            {"description": "Hours", "quantity": 10, "unit_price": 150.0, "tax_rate": Decimal("0.08")},
            {"description": "Hosting", "quantity": 1, "unit_price": Decimal("200.00"), "tax_rate": Decimal("0.08")},
        ]
        answer = create(key, NEW_INVOICE | {"items": [lines[0] | {"unit_price": 150}, lines[1]]})
        for amount in ('"subtotal":1700.00,', '"tax":136.00,', '"total":1836.00,', '"amount_due":1836.00,'):
            assert amount in answer.body.decode()
        first = answer.data["items"][0]
        assert (first["subtotal"], first["tax"], first["total"]) == (1500, 120, 1620)

    def test_amounts_have_the_decimals_of_their_currency(self, key: str) -> None:
        line = {"description": "x", "quantity": Decimal("2.5"), "unit_price": Decimal("0.1")}
        for currency, total in (("JPY", b'"total":0,'), ("USD", b'"total":0.25,'), ("KWD", b'"total":0.250,')):
            assert total in create(key, NEW_INVOICE | {"items": [line], "currency": currency}).body

    def test_a_number_that_no_binary_float_holds_stays_exact(self, key: str) -> None:
        body = '{"customer_id":"cust_123","items":[{"description":"x","quantity":1,"unit_price":1234567.12345678}]}'
        assert b'"unit_price":1234567.12345678,' in create(key, body).body

    def test_a_price_has_ten_decimals_or_is_for_many_units(self, key: str) -> None:
        line = LINE | {"quantity": 1951593, "unit_price": Decimal("0.00000548")}
        one = create(key, NEW_INVOICE | {"items": [line]})
        assert b'"unit_price":0.00000548,"price_quantity":1,' in one.body
        many = create(key, NEW_INVOICE | {"items": [line | {"unit_price": "5.48", "price_quantity": 1_000_000}]})
        assert b'"unit_price":5.48,"price_quantity":1000000,' in many.body
        assert one.data["total"] == many.data["total"] == Decimal("10.69")
        (stored,) = get(key, many.data["id"])["items"]
        assert (stored["unit_price"], stored["price_quantity"]) == (Decimal("5.48"), 1_000_000)
        copy = call(
            "invoices/duplicate_invoice", request("POST", "/", key=key, parameters={"invoice_id": many.data["id"]})
        )
        assert (copy.data["items"][0]["price_quantity"], copy.data["total"]) == (1_000_000, Decimal("10.69"))
        for wrong in (0, -1, "0.0000001", True):
            answer = create(key, NEW_INVOICE | {"items": [line | {"price_quantity": wrong}]})
            assert refused(answer) == [("items[0].price_quantity", "QUANTITY_INVALID")]
        answer = create(key, NEW_INVOICE | {"items": [line | {"unit_price": "0.00000000001"}]})
        assert refused(answer) == [("items[0].unit_price", "AMOUNT_INVALID")]

    @pytest.mark.parametrize(
        ("field", "right", "wrong", "code"),
        [
            ("unit_price", "12345.0123456789", "123456.0123456789", "AMOUNT_INVALID"),
            ("quantity", "99999999.999999", "999999999.9999991", "QUANTITY_INVALID"),
            ("quantity", "999999999.999990", "999999999.999999999", "QUANTITY_INVALID"),
            ("price_quantity", "999999999.99999", "1000000000.000001", "QUANTITY_INVALID"),
        ],
    )
    def test_a_number_has_at_most_fifteen_digits(self, key: str, field: str, right: str, wrong: str, code: str) -> None:
        line = LINE | {"quantity": 1, "unit_price": 1}
        assert create(key, NEW_INVOICE | {"items": [line | {field: right}]}).data["items"][0][field] == Decimal(right)
        assert refused(create(key, NEW_INVOICE | {"items": [line | {field: wrong}]})) == [(f"items[0].{field}", code)]

    def test_a_negative_quantity_is_a_credit_line(self, key: str) -> None:
        lines = [LINE | {"quantity": 3, "unit_price": 100}, LINE | {"quantity": -1, "unit_price": 100}]
        invoice = create(key, NEW_INVOICE | {"items": lines, "tax_rate": Decimal("0.19")}).data
        assert (invoice["subtotal"], invoice["tax"], invoice["total"]) == (200, 38, 238)
        assert [line["total"] for line in invoice["items"]] == [357, -119]
        off = create(key, NEW_INVOICE | {"items": [line | {"discount": _percent(10)} for line in lines]}).data
        assert ([line["discount"] for line in off["items"]], off["total"]) == ([30, -10], 180)
        body = NEW_INVOICE | {"items": [lines[0], lines[1] | {"discount": 1}]}
        assert refused(create(key, body)) == [("items[1].discount", "DISCOUNT_INVALID")]
        assert refused(create(key, NEW_INVOICE | {"items": lines[1:]})) == [("items", "TOTAL_NEGATIVE")]

    def test_currency_terms_and_language_follow_from_the_customer_else_the_account(self, key: str) -> None:
        customer = {"id": "cust_de", "name": "B", "currency": "EUR", "locale": "de", "payment_terms": "Net 14"}
        call("customers/create_customer", request("POST", "/customers", customer, key=key))
        body = {"customer_id": "cust_de", "items": [LINE], "issue_date": "2024-02-15"}
        invoice = create(key, body).data
        assert (invoice["currency"], invoice["locale"], invoice["due_date"]) == ("EUR", "de", "2024-02-29")
        invoice = create(key, body | {"customer_id": "cust_123"}).data
        assert (invoice["currency"], invoice["locale"], invoice["due_date"]) == ("USD", "en", "2024-03-16")

    def test_two_languages_follow_from_the_account_and_the_customer_unless_one_is_given(self, key: str) -> None:
        def languages(**given: Any) -> tuple[str, list[str]]:
            made = create(key, QUICK_START | given).data
            assert get(key, made["id"]) == made
            return made["locale"], made["locales"]

        call("account/update_account", request("PATCH", "/account", {"locales": ["de", "en"]}, key=key))
        assert languages() == ("de", ["de", "en"])
        customer = request("PATCH", "/", {"locales": ["ja", "en"]}, key=key, parameters={"customer_id": "cust_123"})
        assert call("customers/update_customer", customer).data["locales"] == ["ja", "en"]
        assert languages() == ("ja", ["ja", "en"])
        assert languages(locale="ja") == ("ja", ["ja"])
        assert languages(locale="fr", locales=["fr", "nl"]) == ("fr", ["fr", "nl"])
        conflict = create(key, QUICK_START | {"locale": "nl", "locales": ["fr", "nl"]})
        assert refused(conflict) == [("", "LOCALES_CONFLICT")]

    def test_terms_is_the_older_name_of_payment_terms(self, key: str) -> None:
        body = {"customer_id": "cust_123", "items": [LINE], "issue_date": "2024-01-31"}
        assert create(key, body | {"terms": "Net 1"}).data["due_date"] == "2024-02-01"
        assert refused(create(key, body | {"terms": "Net 1", "payment_terms": "Net 2"})) == [("", "TERMS_CONFLICT")]

    def test_discounts_are_shown_as_taken_and_as_given(self, key: str) -> None:
        body = NEW_INVOICE | {
            "items": [LINE | {"discount": 100, "tax_rate": Decimal("0.2")}],
            "discount": {"type": "percentage", "value": 10},
        }
        invoice = create(key, body).data
        assert (invoice["subtotal"], invoice["discount"], invoice["tax"], invoice["total"]) == (1500, 240, 252, 1512)
        assert invoice["discount_detail"] == {"type": "percentage", "value": 10}
        assert invoice["items"][0]["discount_detail"] == {"type": "fixed", "value": 100}

    def test_the_published_quick_start_is_issued_today_and_overdue(self, key: str) -> None:
        created = create(key, QUICK_START)
        today = str(datetime.now(UTC).date())
        assert created.status == 201
        assert (created.data["issue_date"], created.data["due_date"]) == (today, "2024-02-15")
        path, parameters = f"/invoices/{created.data['id']}/send", {"invoice_id": created.data["id"]}
        sent = call("invoices/send_invoice", request("POST", path, {}, key=key, parameters=parameters))
        assert (sent.data["status"], sent.data["is_overdue"]) == ("sent", True)
        assert sent.data["invoice_number"] == f"INV-{today[:4]}-001"
        calculated = call("invoices/calculate_invoice", request("POST", "/invoices/calculate", QUICK_START, key=key))
        for answer in (created, sent, calculated):
            (warning,) = answer.json["meta"]["warnings"]
            assert (warning["field"], warning["code"]) == ("due_date", "DUE_DATE_PASSED")
        again = call("invoices/send_invoice", request("POST", path, {}, key=key, parameters=parameters))
        assert "warnings" not in again.json["meta"]

    def test_a_locale_without_texts_is_warned_of_at_create_and_send(self, key: str) -> None:
        created = create(key, QUICK_START | {"due_date": None, "locale": "fa-IR"})
        path, parameters = f"/invoices/{created.data['id']}/send", {"invoice_id": created.data["id"]}
        sent = call("invoices/send_invoice", request("POST", path, {}, key=key, parameters=parameters))
        assert created.data["locale"] == "fa-IR"
        for answer in (created, sent):
            (warning,) = answer.json["meta"]["warnings"]
            assert (warning["field"], warning["code"]) == ("locale", "LOCALE_UNSUPPORTED")

    @pytest.mark.parametrize("locale", ["zh-TW", "es-419", "ar-EG-u-nu-arab", "iw", "de-US"])
    def test_a_locale_with_texts_is_taken_as_it_is(self, key: str, locale: str) -> None:
        created = create(key, QUICK_START | {"due_date": None, "locale": locale})
        assert (created.data["locale"], created.json["meta"].get("warnings")) == (locale, None)

    def test_a_due_date_before_a_given_issue_date_is_refused(self, key: str) -> None:
        body = QUICK_START | {"issue_date": "2024-02-16"}
        assert refused(create(key, body)) == [("due_date", "DATE_INVALID")]

    def test_a_clients_own_number_is_kept_once(self, key: str, aws: Aws) -> None:
        first = create(key, NEW_INVOICE | {"invoice_number": "2024/7"})
        assert first.data["invoice_number"] == "2024/7"
        again = create(key, NEW_INVOICE | {"invoice_number": "2024/7"})
        assert (again.status, again.error["code"]) == (409, "DUPLICATE_INVOICE_NUMBER")
        assert again.error["details"][0]["code"] == "INVOICE_NUMBER_EXISTS"
        assert again.error["existing_resource"].endswith(f"/invoices/{first.data['id']}")
        assert len(aws.items("invoices")) == 2
        message = create(key, NEW_INVOICE | {"invoice_number": "2024 "}).error["message"]
        assert message.endswith("must be 1 to 60 printable ASCII characters, without a space at either end.")

    def test_with_send_email_it_is_sent_in_the_same_transaction(self, key: str, aws: Aws) -> None:
        invoice = create(key, NEW_INVOICE | {"send_email": True}).data
        assert (invoice["status"], invoice["invoice_number"]) == ("sent", "INV-2024-001")
        assert invoice["hosted_url"]
        types = [item["type"]["S"] for item in sorted(aws.items("events"), key=lambda item: item["sk"]["S"])]
        assert types == ["customer.created", "invoice.created", "invoice.sent"]
        assert len(aws.items("deliveries")) == 1

    def test_an_idempotency_key_gives_the_first_answer_again(self, key: str, aws: Aws) -> None:
        first = create(key, NEW_INVOICE, idempotency_key="k")
        again = create(key, NEW_INVOICE, idempotency_key="k")
        assert (again.status, again.body) == (201, first.body)
        assert again.headers["Idempotent-Replayed"] == "true"
        assert again.headers["Location"] == first.headers["Location"]
        assert "Idempotent-Replayed" not in first.headers
        assert len(aws.items("invoices")) == 1

    def test_of_two_at_once_with_one_key_the_second_to_commit_gives_the_firsts_answer(
        self, key: str, aws: Aws, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each has looked before the other committed: 409 ``IDEMPOTENCY_IN_PROGRESS`` is never needed."""
        commit, others = DynamoStore.commit, []

        def overtaken(store: DynamoStore, changes: ChangeSet, record: IdempotencyRecord | None = None) -> None:
            monkeypatch.setattr(DynamoStore, "commit", commit)
            others.append(create(key, NEW_INVOICE, idempotency_key="k"))
            commit(store, changes, record)

        monkeypatch.setattr(DynamoStore, "commit", overtaken)
        late = create(key, NEW_INVOICE, idempotency_key="k")
        assert (late.status, late.headers["Idempotent-Replayed"]) == (201, "true")
        assert [first.body for first in others] == [late.body]
        assert len(aws.items("invoices")) == 1

    def test_an_idempotency_key_of_another_request_is_refused_even_if_that_request_is_wrong(self, key: str) -> None:
        create(key, NEW_INVOICE, idempotency_key="k")
        for body in (NEW_INVOICE | {"notes": "other"}, NEW_INVOICE | {"currency": "?"}):
            answer = create(key, body, idempotency_key="k")
            assert (answer.status, answer.error["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")

    def test_a_request_that_failed_can_be_corrected_under_its_key(self, key: str) -> None:
        assert create(key, NEW_INVOICE | {"customer_id": "cust_404"}, idempotency_key="k").status == 422
        assert create(key, NEW_INVOICE, idempotency_key="k").status == 201

    @pytest.mark.parametrize("wrong", ["", "x" * 256, "with space", "ümlaut"])
    def test_an_idempotency_key_is_visible_ascii(self, key: str, wrong: str) -> None:
        answer = create(key, NEW_INVOICE, idempotency_key=wrong)
        assert (answer.status, answer.error["code"]) == (400, "INVALID_IDEMPOTENCY_KEY")

    @pytest.mark.parametrize(
        ("line", "field", "code"),
        [
            ({"quantity": 0}, "quantity", "QUANTITY_INVALID"),
            ({"quantity": True}, "quantity", "QUANTITY_INVALID"),
            ({"quantity": Decimal("0.0000001")}, "quantity", "QUANTITY_INVALID"),
            ({"unit_price": "150,00"}, "unit_price", "AMOUNT_INVALID"),
            ({"unit_price": 10**13}, "unit_price", "AMOUNT_INVALID"),
            ({"unit_price": None}, "unit_price", "AMOUNT_INVALID"),
            ({"tax_rate": 8}, "tax_rate", "TAX_RATE_INVALID"),
            ({"tax_rate": -1}, "tax_rate", "TAX_RATE_INVALID"),
            ({"discount": -1}, "discount.value", "AMOUNT_INVALID"),
            ({"discount": 1501}, "discount", "DISCOUNT_INVALID"),
            ({"discount": {"type": "percentage", "value": 101}}, "discount", "DISCOUNT_INVALID"),
            ({"discount": {"type": "half", "value": 1}}, "discount.type", "VALUE_INVALID"),
            ({"discount": Decimal("0.001")}, "discount", "AMOUNT_INVALID"),
            ({"description": " "}, "description", "TOO_SHORT"),
            ({"descripton": "x"}, "descripton", "FIELD_UNKNOWN"),
        ],
    )
    def test_a_wrong_line_is_named(self, key: str, line: Any, field: str, code: str) -> None:
        answer = create(key, NEW_INVOICE | {"items": [LINE, LINE | line]})
        assert refused(answer) == [(f"items[1].{field}", code)]

    @pytest.mark.parametrize(
        ("wrong", "field", "code"),
        [
            ({"items": []}, "items", "TOO_FEW"),
            ({"items": [LINE] * 501}, "items", "TOO_MANY"),
            ({"due_date": "2024-02-30"}, "due_date", "DATE_INVALID"),
            ({"due_date": "15.02.2024"}, "due_date", "DATE_INVALID"),
            ({"issue_date": "2024-02-16"}, "due_date", "DATE_INVALID"),
            ({"due_date": None, "payment_terms": "when you like"}, "due_date", "DATE_INVALID"),
            ({"currency": "usd"}, "currency", "CURRENCY_INVALID"),
            ({"invoice_number": ""}, "invoice_number", "VALUE_INVALID"),
            ({"send_email": "yes"}, "send_email", "TYPE_INVALID"),
            ({"items": [LINE, LINE | {"unit_price": -151}]}, "items", "TOTAL_NEGATIVE"),
            ({"status": "paid"}, "status", "FIELD_UNKNOWN"),
        ],
    )
    def test_a_wrong_field_is_named_and_nothing_is_written(
        self, key: str, aws: Aws, wrong: Any, field: str, code: str
    ) -> None:
        assert refused(create(key, NEW_INVOICE | wrong)) == [(field, code)]
        assert aws.items("invoices") == []

    def test_five_hundred_lines_are_one_invoice(self, key: str) -> None:
        invoice = create(key, NEW_INVOICE | {"items": [LINE] * 500}).data
        assert len({line["id"] for line in invoice["items"]}) == 500
        assert invoice["total"] == 750_000

    def test_an_invoice_says_why_it_has_no_tax(self, key: str) -> None:
        exempt = {"tax_exemption_reason": "Tuition", "tax_exemption_code": "VATEX-EU-132-1I"}
        lines = [LINE | {"tax_category": "AE"}, LINE | {"tax_category": "E"} | exempt]
        answer = create(key, NEW_INVOICE | {"items": lines, "locale": "de", "due_date": "2099-12-31"})
        said = [(group["exemption_reasons"], group["exemption_code"]) for group in answer.data["tax_breakdown"]]
        assert said == [
            (["Tuition"], "VATEX-EU-132-1I"),
            (["Steuerschuldnerschaft des Leistungsempfängers"], "VATEX-EU-AE"),
        ]
        given = [(line["tax_exemption_reason"], line["tax_exemption_code"]) for line in answer.data["items"]]
        assert given == [(None, None), ("Tuition", "VATEX-EU-132-1I")]
        assert get(key, answer.data["id"])["tax_breakdown"] == answer.data["tax_breakdown"]
        assert [warning["code"] for warning in answer.json["meta"]["warnings"]] == ["TAX_ID_MISSING"]

    def test_the_published_quick_start_says_nothing_of_tax(self, key: str) -> None:
        (group,) = create(key, QUICK_START).data["tax_breakdown"]
        assert (group["tax_category"], group["exemption_reasons"], group["exemption_code"]) == (None, [], None)
