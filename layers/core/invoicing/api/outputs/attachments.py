"""Attachments in responses."""

from typing import TypedDict

from invoicing.domain.files.attachment import Attachment


class AttachmentOutput(TypedDict):
    """A file that is attached; ``size`` in bytes, ``sha256`` in hex."""

    file_id: str
    filename: str
    content_type: str
    size: int
    sha256: str


def attachment_output(attachment: Attachment) -> AttachmentOutput:
    """Return an attachment as responses show it."""
    return AttachmentOutput(
        file_id=attachment.file_id,
        filename=attachment.filename,
        content_type=attachment.content_type,
        size=attachment.size,
        sha256=attachment.sha256,
    )
