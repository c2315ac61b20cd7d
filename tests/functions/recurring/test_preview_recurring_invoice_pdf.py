import io
from datetime import UTC, datetime
from typing import Any

import pypdf

from tests.aws import Aws
from tests.functions.recurring.asking import LINE, create, days_ago, invoices, make_due, preview_pdf
from tests.functions.recurring.asking import update as update_schedule
from tests.http import call, request


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_it_is_the_invoice_of_the_next_date_in_the_language_of_the_customer(key: str, customer: Any, aws: Aws) -> None:
    fields = {"locale": "de", "payment_terms": "Net 10"}
    path, parameters = f"/customers/{customer['id']}", {"customer_id": customer["id"]}
    assert (
        call("customers/update_customer", request("PATCH", path, fields, key=key, parameters=parameters)).status == 200
    )
    made = create(key, start_date="2100-01-20", day=1, proration="first").data
    answer = preview_pdf(key, made["id"])
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="draft-2100-01-20.pdf"'
    text = text_of(answer.body)
    for shown in ("Rechnungsentwurf", "Januar 2100", "20.01.2100", "31.01.2100", "30.01.2100", "18,97"):
        assert shown in text
    assert "{{" not in text
    assert "Contents" not in aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])
    assert invoices(key, made["id"]).data == []


def test_a_later_date_has_what_is_planned_for_it(key: str, schedule: Any) -> None:
    planned = {"effective_from": "2100-03-01", "items": [LINE | {"unit_price": 77}]}
    assert update_schedule(key, schedule["id"], planned).status == 200
    before, after = (
        text_of(preview_pdf(key, schedule["id"], f"occurrence_date={each}").body)
        for each in ("2100-02-28", "2100-03-31")
    )
    assert ("49.00" in before, "77.00" in before, "February 2100" in before) == (True, False, True)
    assert ("49.00" in after, "77.00" in after, "March 2100" in after) == (False, True, True)


def test_it_looks_as_the_draft_that_is_then_made(key: str, customer: Any, aws: Aws) -> None:
    assert customer
    made = create(key, frequency="weekly", start_date=days_ago(0), send_at="00:00", on_generate="draft").data
    previewed = text_of(preview_pdf(key, made["id"]).body)
    make_due(aws, made["id"])
    (draft,) = invoices(key, made["id"]).data
    assert draft["issue_date"] == datetime.now(UTC).date().isoformat()
    path, parameters = f"/invoices/{draft['id']}/pdf", {"invoice_id": draft["id"]}
    pdf = request("GET", path, key=key, headers={"accept": "application/pdf"}, parameters=parameters)
    assert text_of(call("invoices/get_invoice_pdf", pdf).body) == previewed
