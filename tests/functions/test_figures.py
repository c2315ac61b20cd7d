"""Several taxes, charges, allowances, rounding, withholdings and prepayments over HTTP: given, answered, changed."""

from decimal import Decimal
from typing import Any

import pytest

from tests.functions.conftest import LINE, NEW_INVOICE
from tests.http import Response, call, request

GST = {"name": "GST", "rate": Decimal("0.05"), "compound": False}
QST = {"name": "QST", "rate": Decimal("0.09975"), "compound": False}
LINE_100 = {"description": "Chair", "quantity": 1, "unit_price": 100}
SHIPPING = {"description": "Shipping", "amount": 10, "tax_rate": Decimal("0.07"), "tax_name": "VAT"}
EVERYTHING = NEW_INVOICE | {
    "currency": "EUR",
    "tax_rate": Decimal("0.19"),
    "items": [
        LINE_100
        | {
            "charges": [{"description": "Engraving", "amount": "5.00"}],
            "allowances": [{"description": "Scratch", "percentage": 10}],
        },
        LINE_100 | {"taxes": [GST, QST]},
    ],
    "charges": [SHIPPING],
    "allowances": [{"description": "Loyalty", "percentage": 2}],
    "withholdings": [{"name": "IRPF", "rate": Decimal("0.15")}],
    "prepayments": [{"reference": "A-1", "date": "2024-01-05", "amount": 50, "tax": Decimal("7.98")}],
    "rounding": {"cash": Decimal("0.05")},
}

pytestmark = pytest.mark.usefixtures("customer")


def create(key: str, body: Any) -> Response:
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key))


def get(key: str, invoice_id: str) -> Any:
    return call(
        "invoices/get_invoice",
        request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id}),
    ).data


def update(key: str, invoice_id: str, body: Any) -> Response:
    path = f"/invoices/{invoice_id}"
    return call("invoices/update_invoice", request("PATCH", path, body, key=key, parameters={"invoice_id": invoice_id}))


def test_an_invoice_with_everything(key: str) -> None:
    invoice = create(key, EVERYTHING).data
    first, second = invoice["items"]
    assert (first["charges_total"], first["allowances_total"], first["tax_rate"]) == (5, 10, Decimal("0.19"))
    assert first["charges"] == [{"description": "Engraving", "percentage": None, "amount": 5}]
    assert first["allowances"] == [{"description": "Scratch", "percentage": 10, "amount": 10}]
    assert second["tax_rate"] is None
    assert second["taxes"] == [GST | {"amount": 5}, QST | {"amount": Decimal("9.98")}]
    (shipping,) = invoice["charges"]
    assert (shipping["amount"], shipping["tax"], shipping["total"]) == (10, Decimal("0.70"), Decimal("10.70"))
    (loyalty,) = invoice["allowances"]
    # 2 % of 95 + 100, at the invoice's 19 %.
    assert (loyalty["percentage"], loyalty["amount"], loyalty["tax"]) == (2, Decimal("3.90"), Decimal("0.74"))
    names = ("subtotal", "discount", "charges_total", "allowances_total", "tax", "total")
    assert [invoice[name] for name in names] == [
        200,
        0,
        15,
        Decimal("13.90"),
        Decimal("32.99"),
        Decimal("234.09"),
    ]
    # 15 % of 201.10 is 30.165.
    assert invoice["withholdings"] == [{"name": "IRPF", "rate": Decimal("0.15"), "amount": Decimal("30.17")}]
    assert invoice["prepayments"] == [{"reference": "A-1", "date": "2024-01-05", "amount": 50, "tax": Decimal("7.98")}]
    assert invoice["rounding"] == {"level": "document", "mode": "half_up", "cash": Decimal("0.05")}
    payable = Decimal("234.09") - Decimal("30.17") - 50
    assert invoice["rounding_amount"] == Decimal("153.90") - payable == Decimal("-0.02")
    assert invoice["amount_payable"] == invoice["amount_due"] == Decimal("153.90")


def test_it_is_stored_as_it_was_answered(key: str) -> None:
    invoice = create(key, EVERYTHING).data
    assert get(key, invoice["id"]) == invoice


def test_a_preview_has_the_same_figures(key: str) -> None:
    invoice = create(key, EVERYTHING).data
    preview = call("invoices/calculate_invoice", request("POST", "/invoices/calculate", EVERYTHING, key=key)).data
    ids = {"charges", "allowances", "items", "explanation"}
    assert {name: value for name, value in preview.items() if name not in ids} == {
        name: invoice[name] for name in preview.keys() - ids
    }


def test_a_duplicate_has_the_same_figures(key: str) -> None:
    invoice = create(key, EVERYTHING).data
    path = f"/invoices/{invoice['id']}/duplicate"
    again = call(
        "invoices/duplicate_invoice", request("POST", path, key=key, parameters={"invoice_id": invoice["id"]})
    ).data
    for name in ("total", "charges_total", "withholdings", "rounding", "tax_breakdown"):
        assert again[name] == invoice[name], name


def test_each_can_be_changed_and_removed(key: str) -> None:
    invoice = create(key, EVERYTHING).data
    changed = update(
        key,
        invoice["id"],
        {"charges": [SHIPPING | {"amount": 20}], "withholdings": None, "prepayments": [], "rounding": {"mode": "down"}},
    ).data
    assert changed["charges_total"] == 25
    assert (changed["withheld_total"], changed["prepaid_total"]) == (0, 0)
    assert changed["rounding"] == {"level": "document", "mode": "down", "cash": Decimal("0.05")}
    assert [line["id"] for line in changed["items"]] == [line["id"] for line in invoice["items"]]
    plain = update(key, invoice["id"], {"charges": None, "allowances": None, "rounding": None}).data
    assert (plain["charges"], plain["allowances"]) == ([], [])
    assert plain["rounding"] == {"level": "document", "mode": "half_up", "cash": None}
    events = call(
        "invoices/list_invoice_events",
        request("GET", f"/invoices/{invoice['id']}/events", key=key, parameters={"invoice_id": invoice["id"]}),
    ).data
    assert [event["data"].get("changed") for event in events] == [
        ["allowances", "charges", "rounding"],
        ["charges", "prepayments", "rounding", "withholdings"],
        None,
    ]


def test_a_tax_rate_and_several_taxes_replace_each_other(key: str) -> None:
    invoice = create(key, NEW_INVOICE | {"items": [LINE_100], "taxes": [GST, QST]}).data
    assert (invoice["taxes"], invoice["tax_rate"], invoice["tax"]) == ([GST, QST], None, Decimal("14.98"))
    one = update(key, invoice["id"], {"tax_rate": Decimal("0.1")}).data
    assert (one["taxes"], one["tax_rate"], one["tax"]) == ([], Decimal("0.1"), 10)
    several = update(key, invoice["id"], {"taxes": [GST]}).data
    assert (several["taxes"], several["tax_rate"], several["tax"]) == ([GST], None, 5)
    none = update(key, invoice["id"], {"taxes": None}).data
    assert (none["taxes"], none["tax_rate"], none["tax"]) == ([], None, 0)


def test_the_accounts_rounding_is_for_new_invoices(key: str) -> None:
    draft = create(key, NEW_INVOICE | {"currency": "CHF", "items": [LINE_100 | {"unit_price": "20.86"}]}).data
    account = call("account/update_account", request("PATCH", "/account", {"rounding": {"cash": "0.05"}}, key=key))
    assert account.data["rounding"] == {"level": "document", "mode": "half_up", "cash": Decimal("0.05")}
    new = create(key, NEW_INVOICE | {"currency": "CHF", "items": [LINE_100 | {"unit_price": "20.86"}]}).data
    assert (new["total"], new["rounding_amount"]) == (Decimal("20.86"), Decimal("-0.01"))
    assert new["amount_payable"] == Decimal("20.85")
    assert get(key, draft["id"])["rounding_amount"] == 0
    yen = create(key, NEW_INVOICE | {"currency": "JPY", "items": [LINE_100]}).data
    assert (yen["rounding"]["cash"], yen["amount_payable"]) == (None, 100)
    off = create(key, NEW_INVOICE | {"currency": "CHF", "items": [LINE_100], "rounding": {"cash": 0}}).data
    assert off["rounding"]["cash"] is None


def test_a_cash_rounding_that_the_accounts_currency_cannot_have_is_refused(key: str) -> None:
    answer = call("account/update_account", request("PATCH", "/account", {"rounding": {"cash": "0.001"}}, key=key))
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [
        ("rounding.cash", "ROUNDING_INVALID")
    ]


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"items": [LINE | {"tax_rate": 0, "taxes": [GST]}]}, "items[0]", "TAXES_CONFLICT"),
        ({"tax_rate": 0, "taxes": [GST]}, "", "TAXES_CONFLICT"),
        ({"charges": [SHIPPING | {"taxes": [GST]}]}, "charges[0]", "TAXES_CONFLICT"),
        ({"taxes": []}, "taxes", "TOO_FEW"),
        ({"taxes": [GST, GST]}, "taxes", "NAME_REPEATED"),
        ({"items": [LINE_100 | {"taxes": [GST | {"rate": 5}]}]}, "items[0].taxes[0].rate", "TAX_RATE_INVALID"),
        ({"charges": [{"description": "x"}]}, "charges[0]", "AMOUNT_INVALID"),
        ({"charges": [{"description": "x", "amount": 0}]}, "charges[0].amount", "AMOUNT_INVALID"),
        ({"charges": [{"description": "x", "percentage": 101}]}, "charges[0].percentage", "PERCENTAGE_INVALID"),
        ({"charges": [SHIPPING | {"percentage": 1}]}, "charges[0]", "AMOUNT_INVALID"),
        ({"allowances": [{"description": "x", "amount": 1501}]}, "items", "TOTAL_NEGATIVE"),
        ({"rounding": {"mode": "up"}}, "rounding.mode", "VALUE_INVALID"),
        ({"rounding": {"cash": "0.001"}}, "rounding.cash", "ROUNDING_INVALID"),
        ({"withholdings": [{"name": "x", "rate": 1}] * 2}, "withholdings", "WITHHOLDINGS_EXCEED_TOTAL"),
        (
            {"withholdings": [{"name": "x", "rate": 0.15}], "payment_terms": "2/10 Net 30", "due_date": None},
            "early_payment_discounts", "VALUE_INVALID",
        ),
        ({"prepayments": [{"amount": 1621}]}, "prepayments", "PREPAYMENTS_EXCEED_TOTAL"),
        ({"prepayments": [{"amount": 1, "tax": 2}]}, "prepayments[0].tax", "AMOUNT_INVALID"),
        ({"items": [LINE | {"tax_exemption_code": "EU-AE"}]}, "items[0].tax_exemption_code", "TAX_EXEMPTION_INVALID"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(key: str, wrong: Any, field: str, code: str) -> None:
    answer = create(key, NEW_INVOICE | {"items": [LINE]} | wrong)
    assert answer.status == 422, answer.body
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]


def test_a_credit_note_has_all_of_it(key: str) -> None:
    invoice = create(key, EVERYTHING | {"send_email": True}).data
    path = f"/invoices/{invoice['id']}/credit-notes"
    event = request("POST", path, {"reason": "Returned"}, key=key, parameters={"invoice_id": invoice["id"]})
    note = call("credit_notes/create_credit_note", event).data
    names = ("subtotal", "discount", "charges_total", "allowances_total", "tax", "total", "tax_breakdown")
    assert [note[name] for name in names] == [invoice[name] for name in names]
    assert (note["withholdings"], note["rounding_amount"]) == (invoice["withholdings"], invoice["rounding_amount"])
    # What was prepaid comes back as credit, what was withheld does not.
    assert note["amount_payable"] == invoice["amount_payable"] + 50
    assert (note["applied_to_invoice"], note["credited_to_customer"]) == (invoice["amount_payable"], 50)
    assert [item["kind"] for item in note["items"]] == ["line", "line", "charge", "allowance"]
    _, second, charge, allowance = note["items"]
    assert (second["tax_rate"], [tax["amount"] for tax in second["taxes"]]) == (None, [5, Decimal("9.98")])
    assert (charge["line_id"], charge["total"]) == (invoice["charges"][0]["id"], Decimal("10.70"))
    assert (allowance["quantity"], allowance["total"]) == (-1, Decimal("-4.64"))
    after = get(key, invoice["id"])
    assert (after["amount_due"], after["applied_to_invoice"]) == (0, invoice["amount_payable"])
