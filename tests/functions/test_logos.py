"""Logos over HTTP: uploaded once, and on everything that is issued from then on, as it was then."""

import io
from email import message_from_bytes
from email.policy import default
from typing import Any, cast

import pytest
from pypdf import PdfReader

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.deliveries.mailing import Mailing
from tests.functions.templates.asking import change, create
from tests.http import Response, call, request
from tests.pictures import LOGO, blue_with_corner, file_of, picture_of
from tests.uploads import file_request, uploaded

PNG = "image/png"
RED = blue_with_corner("RGB", (60, 60))
BROWSER = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def set_logo(key: str, file_id: str | None) -> Response:
    return call("account/update_account", request("PATCH", "/account", {"logo": file_id}, key=key))


def a_logo(aws: Aws, key: str, content: bytes = LOGO) -> str:
    file = uploaded(aws, key, content, PNG, filename="logo.png", purpose="logo")
    assert set_logo(key, file["id"]).data["logo"] == file["id"]
    return str(file["id"])


def issued(key: str, **fields: Any) -> Any:
    body = NEW_INVOICE | {"send_email": True} | fields
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data


def pdf_of(key: str, invoice: Any) -> bytes:
    parameters = {"invoice_id": invoice["id"]}
    headers = {"accept": "application/pdf"}
    path = f"/invoices/{invoice['id']}/pdf"
    answer = call("invoices/get_invoice_pdf", request("GET", path, key=key, headers=headers, parameters=parameters))
    assert answer.status == 200
    return answer.body


def images_of(pdf: bytes) -> list[tuple[int, int]]:
    return [image.image.size for page in PdfReader(io.BytesIO(pdf)).pages for image in page.images if image.image]


@pytest.mark.usefixtures("customer")
def test_what_is_issued_keeps_its_logo_whatever_becomes_of_the_account_and_the_file(aws: Aws, key: str) -> None:
    plain = issued(key)
    file = a_logo(aws, key)
    invoice = issued(key)
    a_logo(aws, key, file_of(RED))
    assert file_request("DELETE", key, file).status == 204
    later = issued(key)
    assert set_logo(key, None).data["logo"] is None
    # Each is drawn for the first time now.
    assert images_of(pdf_of(key, plain)) == []
    assert images_of(pdf_of(key, invoice)) == [(200, 100)]
    assert images_of(pdf_of(key, later)) == [(60, 60)]


@pytest.mark.usefixtures("customer")
def test_the_page_holds_the_logo_and_lets_no_other_image_in(aws: Aws, key: str) -> None:
    def page_of(invoice: Any) -> Response:
        token = invoice["hosted_url"].rpartition("/")[2]
        return call("pages/view_invoice", request("GET", f"/i/{token}", headers=BROWSER, parameters={"token": token}))

    without = page_of(issued(key))
    a_logo(aws, key)
    shown = page_of(issued(key))
    assert 'src="data:image/png;base64,' in shown.body.decode()
    assert "img-src data:;" in shown.headers["Content-Security-Policy"]
    assert "img-src" not in without.headers["Content-Security-Policy"]
    assert "<img" not in without.body.decode()


def test_the_e_mail_carries_the_logo(aws: Aws, key: str, mails: Any) -> None:
    mailing = Mailing(aws, key)
    a_logo(aws, key)
    mailing.deliver()
    issued(key)
    mailing.deliver()
    message = message_from_bytes(mails[-1]["RawMessage"]["Data"], policy=default)
    (image,) = [part for part in message.walk() if part.get_content_type() == PNG]
    assert picture_of(cast(bytes, image.get_payload(decode=True))).size == (200, 100)


@pytest.mark.parametrize(
    ("logo", "code"), [("file_no", "FILE_NOT_FOUND"), ("/etc/passwd", "FILE_NOT_FOUND"), (7, "TYPE_INVALID")]
)
def test_a_logo_is_a_file_and_nothing_else(key: str, logo: Any, code: str) -> None:
    assert [(each["field"], each["code"]) for each in set_logo(key, logo).error["details"]] == [("logo", code)]


def test_a_bomb_is_refused_and_the_next_request_is_normal(aws: Aws, key: str) -> None:
    bomb = file_of(blue_with_corner("RGB", (5001, 5000)).quantize(2))
    file = uploaded(aws, key, bomb, PNG, filename="bomb.png", purpose="logo")
    (detail,) = set_logo(key, file["id"]).error["details"]
    assert (detail["code"], detail["field"]) == ("IMAGE_TOO_LARGE", "logo")
    a_logo(aws, key)


@pytest.mark.usefixtures("customer")
def test_a_template_has_a_logo_of_its_own(aws: Aws, key: str) -> None:
    a_logo(aws, key)
    file = uploaded(aws, key, file_of(RED), PNG, filename="red.png", purpose="logo")["id"]
    own = create(key, logo=file).data
    assert own["logo"] == file
    invoice = issued(key, template_id=own["id"])
    assert change(key, own["id"], logo=None).data["logo"] is None
    assert images_of(pdf_of(key, invoice)) == [(60, 60)]
    assert images_of(pdf_of(key, issued(key, template_id=own["id"]))) == [(200, 100)]
