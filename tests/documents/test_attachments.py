"""Attachments in an e-mail: names and bytes arrive, whatever they are, and the message is 7-bit and small enough."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from invoicing.domain.files.attachment import MOST_ATTACHED
from invoicing.domain.files.names import safe_name
from invoicing.domain.files.types import ENDINGS
from invoicing.operations.documents.attached_files import AttachedFile
from invoicing_documents.email.invoice_email import compose_invoice_email
from tests.builders import a_delivery
from tests.documents.sample_invoices import invoice_of
from tests.examples import examples

SENDER = "invoices@mail.acme.example"
INVOICE, DELIVERY = invoice_of(), a_delivery()


def attached(*files: AttachedFile, pdf: bytes = b"%PDF") -> tuple[bytes, list[EmailMessage]]:
    """The message, and its attachments without the PDF."""
    message = compose_invoice_email(INVOICE, DELIVERY, pdf, files, sender=SENDER)
    parsed = message_from_bytes(message, policy=default)
    assert isinstance(parsed, EmailMessage)
    return message, list(parsed.iter_attachments())[1:]


@settings(max_examples=examples(150))
@given(st.text(max_size=250), st.sampled_from(sorted(ENDINGS)), st.binary(max_size=200))
@example('a"\r\nX: y', "application/pdf", b"")
@example("Rechnung für Ä" * 7, "text/csv", b"\r\n.\r\n")
@example("請求書" * 33, "application/pdf", b"From x\r\n")
@example("%41'%22;x", "text/plain", b"")
def test_any_file_arrives_under_its_name(given_name: str, content_type: str, content: bytes) -> None:
    name = safe_name(given_name, ENDINGS[content_type])
    message, (part,) = attached(AttachedFile(name, content, content_type))
    assert message.isascii()
    assert max(map(len, message.split(b"\r\n"))) <= 998
    assert (part.get_filename(), part.get_content_type()) == (name, content_type)
    assert part.get_content_disposition() == "attachment"
    assert part.get_payload(decode=True) == content
    assert set(part.keys()) == {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"}


def test_files_come_after_the_pdf_in_their_order() -> None:
    files = [AttachedFile(f"{number}.txt", b"%d" % number, "text/plain") for number in range(10)]
    assert [part.get_filename() for part in attached(*files)[1]] == [file.file_name for file in files]


@pytest.mark.parametrize("count", [1, 10])
def test_the_largest_message_is_within_ten_million_bytes(count: int) -> None:
    files = [AttachedFile("x.pdf", b"x" * (MOST_ATTACHED // count), "application/pdf")] * count
    without, with_files = len(attached()[0]), len(attached(*files)[0])
    assert 6_842_000 < with_files - without < 6_850_000
    assert len(attached(*files, pdf=b"x" * 2_000_000)[0]) < 10_000_000
