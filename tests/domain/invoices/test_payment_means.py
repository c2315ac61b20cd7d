"""Payment means: which fields go with which code, checked references, and what is doubtful."""

from typing import Any

import pytest

from invoicing.domain.invoices.payment_means import (
    PaymentMeans,
    PaymentReference,
    ReferenceType,
    means_warnings,
    normalized_means,
    wrong_in_means,
)
from invoicing.domain.parties.details import BankAccount

BANK = BankAccount(iban="DE89370400440532013000")


def wrong(**given: Any) -> list[tuple[str, str]]:
    return [(each.field, each.code) for each in wrong_in_means(normalized_means(PaymentMeans(**given)))]


def doubtful(currency: str = "EUR", bank: BankAccount | None = BANK, **given: Any) -> list[str]:
    found = [*means_warnings(PaymentMeans(**given), currency, bank)]
    assert {each.code for each in found} <= {"PAYMENT_MEANS_DOUBTFUL"}
    return [each.field for each in found]


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("rf", "rf18 5390 0754 7034", "RF18539007547034"),
        ("scor", "RF18539007547034", "RF18539007547034"),
        ("qrr", "21 00000 00003 13947 14300 09017", "210000000003139471430009017"),
        ("ogm", "+++010/8068/17183+++", "010806817183"),
        ("ogm", "***010/8068/17183***", "010806817183"),
        ("kid", "1234567 8911", "12345678911"),
        ("kid", "2345676", "2345676"),
    ],
)
def test_a_reference_is_kept_without_spaces_and_signs(kind: ReferenceType, given: str, stored: str) -> None:
    means = normalized_means(PaymentMeans(code="30", reference=PaymentReference(type=kind, value=given)))
    assert means.reference == PaymentReference(type=kind, value=stored)
    assert [*wrong_in_means(means)] == []


@pytest.mark.parametrize("kind", ["rf", "scor", "qrr", "ogm", "kid"])
@pytest.mark.parametrize(
    "value",
    [
        "RF19539007547034", "RF18", "210000000003139471430009018", "2100000000031394714300090170", "010806817186",
        "+++", " ", "x" * 100, "١٢٣٤", "1", "12345678912", "-", "0" * 26 + "9", "RF18539007547035",
    ],
)  # fmt: skip
def test_a_reference_with_other_check_digits_is_refused(kind: ReferenceType, value: str) -> None:
    assert wrong(code="30", reference=PaymentReference(type=kind, value=value)) == [
        ("payment_means.reference.value", "PAYMENT_REFERENCE_INVALID")
    ]


def test_one_wrong_digit_of_a_kid_is_found() -> None:
    """Of 2345, modulus 10 makes the check digit 7, and modulus 11 makes it 0."""
    right = [f"2345{last}" for last in "0123456789-"]
    assert [value[-1] for value in right if not wrong(code="30", reference=_kid(value))] == ["0", "7"]


def _kid(value: str) -> PaymentReference:
    return PaymentReference(type="kid", value=value)


@pytest.mark.parametrize("name", ["mandate_reference", "creditor_id", "debited_iban"])
def test_a_mandate_goes_with_direct_debit_only(name: str) -> None:
    for code in ("1", "10", "30", "48", "57", "58", "97"):
        assert wrong(code=code, **{name: "X"}) == [(f"payment_means.{name}", "VALUE_INVALID")]
    assert wrong(code="49") == []
    assert wrong(code="49", mandate_reference="M") == []


def test_sepa_direct_debit_names_its_mandate_and_real_accounts() -> None:
    assert wrong(code="59") == [("payment_means.mandate_reference", "FIELD_REQUIRED")]
    assert wrong(code="59", mandate_reference="M", creditor_id="DE97ZZZ09999999999", debited_iban="DE88") == [
        ("payment_means.creditor_id", "CREDITOR_ID_INVALID"),
        ("payment_means.debited_iban", "IBAN_INVALID"),
    ]
    good = {"creditor_id": "de98 zzz0 9999 9999 99", "debited_iban": "DE89 3704 0044 0532 0130 00"}
    assert wrong(code="59", mandate_reference="M", **good) == []


def test_what_is_doubtful_is_warned_of() -> None:
    assert doubtful(code="59") == ["payment_means.creditor_id", "payment_means.debited_iban"]
    assert doubtful(code="58") == doubtful(code="30") == doubtful(code="10", bank=None) == []
    assert doubtful("USD", code="58") == ["payment_means.code"]
    for bank in (None, BankAccount(holder="Acme")):
        assert doubtful(code="58", bank=bank) == doubtful(code="30", bank=bank) == ["payment_means.code"]


@pytest.mark.parametrize(
    ("iban", "kind", "fields"),
    [
        ("CH4431999123000889012", "qrr", []),
        ("CH4431999123000889012", "scor", ["payment_means.reference"]),
        ("CH9300762011623852957", "qrr", ["payment_means.reference"]),
        ("CH9300762011623852957", "scor", []),
        ("DE89370400440532013000", "qrr", ["payment_means.reference"]),
        ("DE89370400440532013000", "rf", []),
        ("CH4431999123000889012", "kid", []),
    ],
)
def test_a_reference_of_a_qr_bill_goes_with_its_kind_of_iban(iban: str, kind: ReferenceType, fields: list[str]) -> None:
    reference = PaymentReference(type=kind, value="x")
    assert doubtful("CHF", BankAccount(iban=iban), code="30", reference=reference) == fields
