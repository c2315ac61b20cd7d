"""Attachments over HTTP: uploaded, attached, downloaded and sent."""

from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.deliveries.mailing import Mailing
from tests.http import Response, call, load_handler, request
from tests.messages import messages_of
from tests.uploads import GENUINE, HTML, a_pdf, declare, file_request, put, uploaded

CSV, PDF = "text/csv", "application/pdf"


def create(key: str, *file_ids: str, **fields: Any) -> Response:
    body = NEW_INVOICE | {"attachments": file_ids} | fields
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key))


def update(key: str, invoice_id: str, body: Any) -> Response:
    parameters = {"invoice_id": invoice_id}
    return call(
        "invoices/update_invoice", request("PATCH", f"/invoices/{invoice_id}", body, key=key, parameters=parameters)
    )


@pytest.mark.usefixtures("customer")
def test_an_invoice_shows_what_is_attached_and_the_file_can_be_downloaded(aws: Aws, key: str) -> None:
    file = uploaded(aws, key, GENUINE[CSV], CSV, filename='Stunden "März".csv', size=900)
    invoice = create(key, file["id"]).data
    ready = file_request("GET", key, file["id"]).data
    shown = {name: ready[name] for name in ("filename", "content_type", "size", "sha256")}
    assert invoice["attachments"] == [{"file_id": file["id"], **shown}]
    assert (ready["status"], ready["size"]) == ("ready", len(GENUINE[CSV]))
    asked = parse_qs(urlsplit(ready["download"]["url"]).query)
    assert asked["response-content-type"] == [CSV]
    assert asked["response-content-disposition"] == [
        "attachment; filename=\"Stunden _Marz_.csv\"; filename*=UTF-8''Stunden%20_M%C3%A4rz_.csv"
    ]
    assert asked["X-Amz-Expires"] == ["300"]
    (stored,) = aws.items("files")
    assert "expires_at" not in stored


@pytest.mark.usefixtures("customer")
def test_markup_that_says_it_is_a_pdf_is_refused_until_a_pdf_is_uploaded(aws: Aws, key: str) -> None:
    file = uploaded(aws, key, HTML, PDF, size=1_000)
    refused = create(key, file["id"])
    assert (refused.status, refused.error["code"]) == (422, "VALIDATION_FAILED")
    assert [(each["field"], each["code"]) for each in refused.error["details"]] == [
        ("attachments[0]", "FILE_TYPE_MISMATCH")
    ]
    put(aws, file["upload"], GENUINE[PDF])
    assert create(key, file["id"]).status == 201


@pytest.mark.usefixtures("customer")
def test_what_cannot_be_attached_is_named_with_its_place(aws: Aws, key: str) -> None:
    large = [uploaded(aws, key, a_pdf(2_500_001))["id"] for _ in range(2)]
    logo = uploaded(aws, key, GENUINE["image/png"], "image/png", purpose="logo")["id"]
    missing = declare(key).data["id"]
    for files, field, code in (
        (large, "attachments", "ATTACHMENTS_TOO_LARGE"),
        ([logo], "attachments[0]", "FILE_PURPOSE_INVALID"),
        ([large[0], missing], "attachments[1]", "FILE_NOT_UPLOADED"),
    ):
        (detail,) = create(key, *files).error["details"]
        assert (detail["field"], detail["code"]) == (field, code)


@pytest.mark.usefixtures("customer")
@pytest.mark.parametrize(("verdict", "status"), [("THREATS_FOUND", 422), ("FAILED", 422), ("NO_THREATS_FOUND", 201)])
def test_the_verdict_of_a_scanner_is_a_tag_of_the_upload(aws: Aws, key: str, verdict: str, status: int) -> None:
    file = uploaded(aws, key)
    aws.client("s3").put_object_tagging(
        Bucket=aws.environment["DOCUMENTS_BUCKET"],
        Key=file["upload"]["fields"]["key"],
        Tagging={"TagSet": [{"Key": "GuardDutyMalwareScanStatus", "Value": verdict}]},
    )
    assert create(key, file["id"]).status == status


@pytest.mark.usefixtures("customer")
def test_a_draft_keeps_changes_and_loses_its_attachments(aws: Aws, key: str) -> None:
    file, other = uploaded(aws, key)["id"], uploaded(aws, key)["id"]
    invoice = create(key, file).data["id"]

    def after(body: Any) -> list[str]:
        return [each["file_id"] for each in update(key, invoice, body).data["attachments"]]

    assert after({"notes": "Thanks"}) == [file]
    assert after({"attachments": [other, file]}) == [other, file]
    assert after({"attachments": None}) == []
    assert update(key, invoice, {"attachments": ["file_x"] * 11}).error["details"][0]["code"] == "TOO_MANY"


@pytest.fixture
def mailing(aws: Aws, key: str) -> Mailing:
    return Mailing(aws, key)


def test_the_e_mail_has_the_files_beside_the_pdf(aws: Aws, key: str, mails: Any, mailing: Mailing) -> None:
    hours = uploaded(aws, key, GENUINE[CSV], CSV, filename="Stunden März.csv")["id"]
    proof = uploaded(aws, key, GENUINE["image/png"], "image/png", filename="proof.png")["id"]
    mailing.deliver()
    invoice = create(key, hours, proof, send_email=True).data
    assert file_request("DELETE", key, hours).error["code"] == "FILE_IN_USE"
    mailing.deliver()
    message = message_from_bytes(mails[-1]["RawMessage"]["Data"], policy=default)
    parts = list(message.iter_attachments())
    assert [(part.get_filename(), part.get_content_type()) for part in parts] == [
        (f"{invoice['invoice_number']}.pdf", PDF),
        ("Stunden März.csv", CSV),
        ("proof.png", "image/png"),
    ]
    assert [part.get_payload(decode=True) for part in parts[1:]] == [GENUINE[CSV], GENUINE["image/png"]]


def test_no_e_mail_goes_out_without_its_file(aws: Aws, key: str, mails: Any, mailing: Mailing) -> None:
    file = uploaded(aws, key)["id"]
    mailing.deliver()
    before = len(mails)
    create(key, file, send_email=True)
    s3, bucket = aws.client("s3"), aws.environment["DOCUMENTS_BUCKET"]
    (kept,) = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket, Prefix="files/")["Contents"]]
    content = s3.get_object(Bucket=bucket, Key=kept)["Body"].read()
    s3.delete_object(Bucket=bucket, Key=kept)
    sent = [each for each in messages_of(aws) if '"email_requested":true' in each["body"]]
    answer = load_handler("reactions/deliver_email")({"Records": sent}, None)
    assert len(answer["batchItemFailures"]) == 1
    assert [str(delivery.status) for delivery in mailing.deliveries()][-1] == "queued"
    s3.put_object(Bucket=bucket, Key=kept, Body=content)
    mailing.deliver()
    assert len(mails) == before + 1
