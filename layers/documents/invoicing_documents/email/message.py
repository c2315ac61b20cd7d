"""The e-mail of a document, as a raw MIME message (RFC 5322, RFC 2045 to 2047, RFC 2231), in 7-bit ASCII."""

import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from invoicing.domain.access.caller import split_partition
from invoicing.domain.deliveries.delivery import Delivery
from invoicing_documents.content import Content
from invoicing_documents.email.headers import header_block, mailbox
from invoicing_documents.html_templates import template
from invoicing_documents.parties import Field
from invoicing_documents.plain_text import one_line, plain_text

# No `Auto-Submitted`: the seller asked for this message, and the header keeps answers and reports of absence away.
_LONGEST_SUBJECT = 250
_TEST_MARK = "[TEST] "


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The default content of an e-mail: subject, message, the highlighted amount, and a line below it."""

    content: Content
    subject: str
    message: str
    amount: Field
    below_amount: str = ""


def joined(text: str, fields: tuple[Field, ...]) -> str:
    """Return one line of a text and labelled values."""
    return " · ".join(filter(None, (text, *(f"{field.label}: {field.value}" for field in fields))))


def compose_message(letter: Letter, delivery: Delivery, pdf: bytes, *, sender: str) -> bytes:
    """Compose a message with its text, its HTML and the PDF attached; equal arguments give equal bytes.

    ``sender`` is the verified address it is sent from, under the seller's name; replies go to the seller's own address.
    Recipients in ``delivery.bcc`` are for the envelope only. The subject of a test-mode e-mail is marked, the same in
    all languages. `ValueError` when an address cannot be written in ASCII.
    """
    content = letter.content
    subject = _subject(letter, delivery)
    values = {
        "wording": content.wording,
        "subject": subject,
        "message": plain_text(delivery.message or "").strip() or letter.message,
        "amount": letter.amount,
        "below_amount": letter.below_amount,
        "hosted_url": delivery.hosted_url,
        "seller": content.seller.name,
        "seller_lines": content.seller.lines,
    }
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(delivery.created_at)
    message["Message-ID"] = f"<{_token(delivery.id, 'message')}@{mailbox(sender).address.rpartition('@')[2]}>"
    message.set_content(template("email", "message.txt.j2").render(values), cte="quoted-printable")
    html = template("email", "message.html.j2").render(values)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_file_name(content))
    # Last, because adding parts moves the headers that describe content into the first of them.
    message["Content-Language"] = content.wording.language
    _fix_boundaries(message, delivery.id)
    return _header(letter, delivery, subject, sender) + message.as_bytes()


def _subject(letter: Letter, delivery: Delivery) -> str:
    subject = (one_line(delivery.subject or "") or letter.subject)[:_LONGEST_SUBJECT].rstrip()
    _, mode = split_partition(delivery.account)
    return f"{_TEST_MARK}{subject}" if mode == "test" else subject


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


def _file_name(content: Content) -> str:
    """Make a portable file name of the document's number: "INV/2026 7" gives "INV-2026-7.pdf"."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", content.number or "").strip("-.")
    return f"{safe[:80] or 'invoice'}.pdf"


def _fix_boundaries(message: EmailMessage, delivery_id: str) -> None:
    """Set boundaries from the delivery instead of at random; no part can contain them, as all parts are encoded."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for index, part in enumerate(parts):
        part.set_boundary(f"=_{_token(delivery_id, f'part {index}')}")


def _token(delivery_id: str, purpose: str) -> str:
    return hashlib.sha256(f"{purpose}:{delivery_id}".encode()).hexdigest()[:32]
