"""How documents look in answers."""

from datetime import datetime, timedelta
from typing import TypedDict

from invoicing.api.envelope import Answer, Reply, timestamp
from invoicing.api.request import BASE_PATH, Request
from invoicing.operations.pdfs import StoredPdf
from invoicing.operations.ports import Documents

LINK_LIVES = timedelta(minutes=15)
PDF = "application/pdf"


class PdfOutput(TypedDict):
    """Where a PDF can be had without a key until ``expires_at``; ``sha256`` of its bytes in hex."""

    pdf_url: str
    expires_at: str
    sha256: str


def pdf_answer(pdf: StoredPdf, documents: Documents, request: Request, now: datetime, **links: str) -> Reply | Answer:
    """The bytes, where the client accepts them, else a link to them; ``links`` are paths of what belongs to it."""
    if PDF in request.headers.get("accept", ""):
        headers = {"Content-Disposition": f'attachment; filename="{pdf.file_name}"', "ETag": f'"{pdf.sha256}"'}
        return Answer(status=200, body=pdf.content, headers=headers, content_type=PDF, is_binary=True)
    return Reply(
        data=PdfOutput(pdf_url=_link(pdf, documents), expires_at=timestamp(now + LINK_LIVES), sha256=pdf.sha256),
        links={"self": request.path.removeprefix(BASE_PATH), **links},
    )


def pdf_redirect(pdf: StoredPdf, documents: Documents) -> Answer:
    """Sends a browser to the stored PDF."""
    return Answer(status=302, body=b"", headers={"Location": _link(pdf, documents)}, content_type=PDF)


def _link(pdf: StoredPdf, documents: Documents) -> str:
    return documents.link(pdf.name, pdf.file_name, int(LINK_LIVES.total_seconds()))
