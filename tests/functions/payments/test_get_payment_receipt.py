import hashlib
import io
from typing import Any

import pypdf
import pytest
import requests

from tests.aws import Aws
from tests.http import Response, call, request
from tests.prepared import prepared


def receipt(key: str, payment_id: str, **headers: str) -> Response:
    path, parameters = f"/payments/{payment_id}/receipt", {"payment_id": payment_id}
    return call("payments/get_payment_receipt", request("GET", path, key=key, headers=headers, parameters=parameters))


@pytest.fixture
@prepared
def payment(key: str, sent: Any) -> Any:
    path, parameters = f"/invoices/{sent['id']}/payments", {"invoice_id": sent["id"]}
    body = {"amount": 1600, "allow_overpayment": True, "reference": "TX-1", "payment_method": "check"}
    return call("payments/record_invoice_payment", request("POST", path, body, key=key, parameters=parameters)).data


def test_the_answer_links_to_a_file_that_is_kept_with_its_hash(key: str, payment: Any, aws: Aws) -> None:
    answer = receipt(key, payment["id"])
    assert answer.status == 200
    content = requests.get(answer.data["pdf_url"], timeout=5).content
    assert hashlib.sha256(content).hexdigest() == answer.data["sha256"]
    assert answer.json["links"]["payment"].endswith(f"/payments/{payment['id']}")
    assert answer.json["links"]["self"].endswith(f"/payments/{payment['id']}/receipt")
    (stored,) = aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])["Contents"]
    assert stored["Key"].startswith("receipts/acc_")
    assert stored["Key"].endswith(f"/{payment['id']}.pdf")


def test_asked_for_pdf_it_answers_the_bytes(key: str, payment: Any) -> None:
    answer = receipt(key, payment["id"], accept="application/pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{payment["receipt_number"]}.pdf"'
    (page,) = pypdf.PdfReader(io.BytesIO(answer.body)).pages
    for part in ("Payment receipt", "Cheque", "TX-1", "INV-2024-001", "1,500.00", "Added to your credit", "$1,600.00"):
        assert part in page.extract_text()


def test_what_was_stored_first_is_handed_out_ever_after(key: str, payment: Any, aws: Aws) -> None:
    first = receipt(key, payment["id"], accept="application/pdf").body
    bucket = aws.environment["DOCUMENTS_BUCKET"]
    (stored,) = aws.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    aws.client("s3").put_object(Bucket=bucket, Key=stored["Key"], Body=first + b"%an older renderer's")
    assert receipt(key, payment["id"], accept="application/pdf").body == first + b"%an older renderer's"


def test_an_unknown_payment_is_not_found(key: str) -> None:
    assert receipt(key, "pay_404").error["code"] == "PAYMENT_NOT_FOUND"
