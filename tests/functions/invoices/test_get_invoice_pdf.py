import hashlib
import io
from typing import Any

import pypdf
import requests

from tests.aws import Aws
from tests.http import Response, call, request


def get(key: str, invoice_id: str, query: str = "", **headers: str) -> Response:
    parameters, path = {"invoice_id": invoice_id}, f"/invoices/{invoice_id}/pdf"
    event = request("GET", f"{path}?{query}", key=key, headers=headers, parameters=parameters)
    return call("invoices/get_invoice_pdf", event)


def test_the_answer_links_to_a_file_that_is_kept_with_its_hash(key: str, sent: Any, aws: Aws) -> None:
    answer = get(key, sent["id"])
    assert answer.status == 200
    content = requests.get(answer.data["pdf_url"], timeout=5).content
    assert hashlib.sha256(content).hexdigest() == answer.data["sha256"]
    assert answer.data["expires_at"] > sent["sent_at"]
    (stored,) = aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])["Contents"]
    assert stored["Key"].startswith("issued/acc_")
    assert stored["Key"].endswith(f"/{sent['id']}/1.pdf")


def test_asked_for_pdf_it_answers_the_bytes(key: str, sent: Any) -> None:
    answer = get(key, sent["id"], accept="application/pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="INV-2024-001.pdf"'
    (page,) = pypdf.PdfReader(io.BytesIO(answer.body)).pages
    assert "INV-2024-001" in page.extract_text()


def test_what_was_stored_first_is_handed_out_ever_after(key: str, sent: Any, aws: Aws) -> None:
    first = get(key, sent["id"], accept="application/pdf").body
    bucket = aws.environment["DOCUMENTS_BUCKET"]
    (stored,) = aws.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    aws.client("s3").put_object(Bucket=bucket, Key=stored["Key"], Body=first + b"%an older renderer's")
    assert get(key, sent["id"], accept="application/pdf").body == first + b"%an older renderer's"


def test_a_preview_has_the_name_that_the_customer_has_now(key: str, draft: Any) -> None:
    path, parameters = "/customers/cust_123", {"customer_id": "cust_123"}
    renamed = request("PATCH", path, {"name": "Ada King"}, key=key, parameters=parameters)
    assert call("customers/update_customer", renamed).status == 200
    text = pypdf.PdfReader(io.BytesIO(get(key, draft["id"], accept="application/pdf").body)).pages[0].extract_text()
    assert "Ada King" in text
    assert "Ada Lovelace" not in text


def test_a_draft_is_marked_as_one_and_kept_apart(key: str, draft: Any, aws: Aws) -> None:
    answer = get(key, draft["id"], accept="application/pdf")
    text = pypdf.PdfReader(io.BytesIO(answer.body)).pages[0].extract_text()
    assert "draft" in text.lower()
    (stored,) = aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])["Contents"]
    assert stored["Key"].startswith("drafts/")


def test_an_unknown_invoice_is_not_found(key: str) -> None:
    assert get(key, "inv_404").error["code"] == "INVOICE_NOT_FOUND"


def text_of(answer: Response) -> str:
    return pypdf.PdfReader(io.BytesIO(answer.body)).pages[0].extract_text()


def test_a_copy_says_that_the_invoice_is_paid_and_the_original_stays_to_the_byte(key: str, sent: Any) -> None:
    original = get(key, sent["id"], accept="application/pdf").body
    assert "OVERDUE" in text_of(get(key, sent["id"], "marks=true", accept="application/pdf"))
    body, parameters = {"amount": sent["total"]}, {"invoice_id": sent["id"]}
    payment = request("POST", f"/invoices/{sent['id']}/payments", body, key=key, parameters=parameters)
    assert call("payments/record_invoice_payment", payment).status == 201
    copy = text_of(get(key, sent["id"], "marks=true", accept="application/pdf"))
    assert "PAID" in copy
    assert "OVERDUE" not in copy
    assert get(key, sent["id"], accept="application/pdf").body == original
    assert get(key, sent["id"], "marks=false", accept="application/pdf").body == original


def test_a_copy_is_stored_apart_from_what_was_issued(key: str, sent: Any, aws: Aws) -> None:
    answer = get(key, sent["id"], "marks=true")
    assert "OVERDUE" in text_of(Response(200, {}, requests.get(answer.data["pdf_url"], timeout=5).content))
    (stored,) = aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])["Contents"]
    assert stored["Key"].startswith("drafts/acc_")


def test_marks_are_true_or_false(key: str, sent: Any) -> None:
    answer = get(key, sent["id"], "marks=maybe")
    assert answer.status == 400
    assert answer.error["details"][0]["field"] == "marks"
