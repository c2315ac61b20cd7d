"""A credit note as a document."""

import hashlib

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from tests.builders import NOW, a_credit_note
from tests.fakes import FakeObjectStore


def test_it_is_rendered_once_and_stays_the_same_to_the_byte() -> None:
    objects, rendered = FakeObjectStore(), []

    def render(note: CreditNote, _: object = None) -> bytes:
        rendered.append(note)
        return f"{len(rendered)} {note.number}".encode()

    first = CREDIT_NOTE.pdf_of(a_credit_note(), objects, render)
    assert CREDIT_NOTE.pdf_of(a_credit_note(version=2, sent_at=NOW), objects, render) == first
    assert (first.content, first.file_name, len(rendered)) == (b"1 CN-2026-001", "CN-2026-001.pdf", 1)
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert objects.kept == {"issued/acc_1/cn_1.pdf": first.content}
