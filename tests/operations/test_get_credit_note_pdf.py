"""The PDF of a credit note."""

import hashlib

import pytest

from invoicing.domain.credit_note import CreditNote
from invoicing.domain.errors import NotFound
from invoicing.operations.get_credit_note_pdf import get_credit_note_pdf
from tests.builders import NOW, a_credit_note
from tests.fakes import FakeDocuments, FakeStore, Office


def test_it_is_rendered_once_and_stays_the_same_to_the_byte(office: Office, store: FakeStore) -> None:
    documents, rendered = FakeDocuments(), []

    def render(note: CreditNote) -> bytes:
        rendered.append(note)
        return f"{len(rendered)} {note.number}".encode()

    store.keep(a_credit_note())
    first = get_credit_note_pdf(office.work(), "cn_1", documents, render)
    store.keep(a_credit_note(version=2, sent_at=NOW))
    assert get_credit_note_pdf(office.work(), "cn_1", documents, render) == first
    assert (first.content, first.file_name, len(rendered)) == (b"1 CN-2026-001", "CN-2026-001.pdf", 1)
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert documents.kept == {"issued/acc_1/cn_1.pdf": first.content}


def test_an_unknown_note_has_none(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        get_credit_note_pdf(office.work(), "cn_404", FakeDocuments(), lambda _: b"")
    assert refused.value.code == "CREDIT_NOTE_NOT_FOUND"
