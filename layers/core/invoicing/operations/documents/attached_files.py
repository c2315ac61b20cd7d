"""The files that go with the e-mail of an invoice, exactly as they were attached."""

import hashlib
from typing import NamedTuple

from invoicing.domain.files.attachment import MOST_ATTACHED, object_name
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.unit_of_work.ports import ObjectStore


class AttachedFile(NamedTuple):
    """A file that goes with an e-mail."""

    file_name: str
    content: bytes
    content_type: str


class AttachmentsChanged(Exception):
    """What is stored is not what was attached: nothing is sent without it, and somebody has to look."""


def attached_files(invoice: Invoice, objects: ObjectStore) -> list[AttachedFile]:
    """Return the attachments with their content; `AttachmentsChanged` unless all of it is as it was checked."""
    found = []
    for attachment in invoice.attachments:
        content = objects.fetch(object_name(invoice.account, attachment.file_id, attachment.sha256))
        if content is None or hashlib.sha256(content).hexdigest() != attachment.sha256:
            raise AttachmentsChanged(attachment.file_id)
        found.append(AttachedFile(attachment.filename, content, attachment.content_type))
    if sum(len(file.content) for file in found) > MOST_ATTACHED:
        raise AttachmentsChanged(invoice.id)
    return found
