"""Documents in responses."""

from datetime import datetime, timedelta
from typing import TypedDict

from invoicing.api.envelope import HttpResponse, Result, timestamp
from invoicing.api.request import BASE_PATH, Request
from invoicing.operations.documents.stored_pdf import StoredPdf
from invoicing.operations.unit_of_work.ports import ObjectStore

LINK_LIVES = timedelta(minutes=15)
PDF = "application/pdf"


class PdfOutput(TypedDict):
    """A link to a PDF, without a key until ``expires_at``; ``sha256`` of its bytes in hex."""

    pdf_url: str
    expires_at: str
    sha256: str


def pdf_result(
    pdf: StoredPdf, objects: ObjectStore, request: Request, now: datetime, **links: str
) -> Result | HttpResponse:
    """Return the bytes, where the client accepts them, else a link; ``links`` are the document's related paths."""
    if PDF in request.headers.get("accept", ""):
        return pdf_response(pdf.content, pdf.file_name, ETag=f'"{pdf.sha256}"')
    return Result(
        data=PdfOutput(pdf_url=_link(pdf, objects), expires_at=timestamp(now + LINK_LIVES), sha256=pdf.sha256),
        links={"self": request.path.removeprefix(BASE_PATH), **links},
    )


def pdf_response(content: bytes, file_name: str, **headers: str) -> HttpResponse:
    """Return the bytes of a PDF, which browsers save under a name."""
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"', **headers}
    return HttpResponse(status=200, body=content, headers=headers, content_type=PDF, is_binary=True)


def pdf_redirect(pdf: StoredPdf, objects: ObjectStore) -> HttpResponse:
    """Redirect a browser to the stored PDF."""
    return HttpResponse(status=302, body=b"", headers={"Location": _link(pdf, objects)}, content_type="")


def _link(pdf: StoredPdf, objects: ObjectStore) -> str:
    return objects.link(pdf.name, pdf.file_name, int(LINK_LIVES.total_seconds()))
