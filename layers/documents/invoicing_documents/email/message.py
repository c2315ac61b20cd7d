"""The e-mail of a document, as a raw MIME message (RFC 5322, RFC 2045 to 2047, RFC 2231), in 7-bit ASCII."""

import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple, Protocol

from invoicing.domain.access.caller import split_partition
from invoicing.domain.deliveries.delivery import Delivery
from invoicing_documents.email.headers import header_block, mailbox
from invoicing_documents.html_templates import template
from invoicing_documents.parties import Field, Party
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.reminder_content import OpenRow
from invoicing_documents.wording import Wording

# No `Auto-Submitted`: the seller asked for this message, and the header keeps answers and reports of absence away.
_LONGEST_SUBJECT = 250
_TEST_MARK = "[Test] "


class Head(Protocol):
    """Who writes, and in which language; any document has it."""

    @property
    def wording(self) -> Wording:
        """The language."""

    @property
    def seller(self) -> Party:
        """Who writes."""

    @property
    def seller_email(self) -> str | None:
        """Where answers go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes, and in which language, of an e-mail without a document (`Head`)."""

    wording: Wording
    seller: Party
    seller_email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """An e-mail that failed: its document, its recipient, which may be empty, what happened, and what helps."""

    document: str
    recipient: str
    happened: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The default content of an e-mail: subject, message, the highlighted amount, and a line below it.

    ``open_invoices`` are listed below, of which there are ``more``. ``bank`` and ``payment_instructions`` say how to
    pay. ``failures`` are listed, too, and ``unnamed`` says how many are not.
    """

    content: Head
    subject: str
    message: str
    amount: Field
    below_amount: str = ""
    open_invoices: tuple[OpenRow, ...] = ()
    more: bool = False
    failures: tuple[FailureRow, ...] = ()
    unnamed: str = ""
    payment_instructions: str = ""
    bank: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """An e-mail as it is read: in ``html``, or else as ``text``."""

    subject: str
    html: str
    text: str


class Attachment(NamedTuple):
    """What goes with an e-mail, usually a PDF."""

    file_name: str
    content: bytes
    content_type: str = "application/pdf"


def pdf_of(number: str | None, content: bytes) -> Attachment:
    """Name a PDF after the document's number, portably: "INV/2026 7" gives "INV-2026-7.pdf"."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", number or "").strip("-.")
    return Attachment(f"{safe[:80] or 'invoice'}.pdf", content)


def joined(wording: Wording, text: str, fields: tuple[Field, ...]) -> str:
    """Return one line of a text and labelled values."""
    labelled = (f"{field.label}: {wording.within(field.value)}" for field in fields)
    return " · ".join(filter(None, (text, *labelled)))


def rendered(letter: Letter, account: str, hosted_url: str, *, subject: str = "", message: str = "") -> Rendered:
    """Render an e-mail of an account that links to a page, if any; own ``subject`` and ``message`` come first.

    The subject of a test-mode e-mail is marked, the same in all languages.
    """
    subject = (one_line(subject) or letter.subject)[:_LONGEST_SUBJECT].rstrip()
    if split_partition(account)[1] == "test":
        subject = f"{_TEST_MARK}{subject.removeprefix(_TEST_MARK)}"
    values = {
        "wording": letter.content.wording,
        "letter": letter,
        "subject": subject,
        "message": plain_text(message).strip() or letter.message,
        "hosted_url": hosted_url,
        "seller": letter.content.seller.name,
        "seller_lines": letter.content.seller.lines,
    }
    html, text = (template("email", f"message.{kind}.j2").render(values) for kind in ("html", "txt"))
    return Rendered(subject, html, text)


def compose_message(letter: Letter, delivery: Delivery, *attachments: Attachment, sender: str) -> bytes:
    """Compose a message with its text, its HTML and what is attached; equal arguments give equal bytes.

    ``sender`` is the verified address it is sent from, under the seller's name; replies go to the seller's own address.
    The headers show ``delivery.to`` and ``delivery.cc``, whichever mailbox the message goes to. `ValueError` when an
    address cannot be written in ASCII.
    """
    made = rendered(
        letter,
        delivery.account,
        delivery.hosted_url,
        subject=delivery.subject or "",
        message=delivery.message or "",
    )
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(delivery.created_at)
    message["Message-ID"] = f"<{_token(delivery.id, 'message')}@{mailbox(sender).address.rpartition('@')[2]}>"
    message.set_content(made.text, cte="quoted-printable")
    message.add_alternative(made.html, subtype="html", cte="quoted-printable")
    for file_name, content, content_type in attachments:
        kind, _, subtype = content_type.partition("/")
        charset = {"charset": "utf-8"} if kind == "text" else None
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=file_name, params=charset)
    # Last, because adding parts moves the headers that describe content into the first of them.
    message["Content-Language"] = letter.content.wording.language
    _fix_boundaries(message, delivery.id)
    return _header(letter, delivery, made.subject, sender) + message.as_bytes()


def _header(letter: Letter, delivery: Delivery, subject: str, sender: str) -> bytes:
    """Write the header fields with content from clients."""
    seller, seller_email = letter.content.seller.name, letter.content.seller_email
    fields = [
        ("From", [mailbox(sender, seller)]),
        ("Reply-To", [mailbox(seller_email, seller)] if seller_email else []),
        ("To", [mailbox(address) for address in delivery.to]),
        ("Cc", [mailbox(address) for address in delivery.cc]),
    ]
    return header_block([*((name, mailboxes) for name, mailboxes in fields if mailboxes), ("Subject", subject)])


def _fix_boundaries(message: EmailMessage, delivery_id: str) -> None:
    """Set boundaries from the delivery instead of at random; no part can contain them, as all parts are encoded."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for index, part in enumerate(parts):
        part.set_boundary(f"=_{_token(delivery_id, f'part {index}')}")


def _token(delivery_id: str, purpose: str) -> str:
    return hashlib.sha256(f"{purpose}:{delivery_id}".encode()).hexdigest()[:32]
