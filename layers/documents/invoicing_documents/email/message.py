"""The e-mail of a document, as a raw MIME message (RFC 5322, RFC 2045 to 2047, RFC 2231), in 7-bit ASCII."""

import hashlib
import re
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, NamedTuple, Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.files.types import ENDINGS
from invoicing.domain.parties.logo import Image
from invoicing_documents.designs import OURS, Palette
from invoicing_documents.email.headers import header_block, mailbox
from invoicing_documents.html_templates import template
from invoicing_documents.logo_image import data_url
from invoicing_documents.parties import Field, Party
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.reminder_content import OpenRow
from invoicing_documents.wording import Wording

MOST_HTML = 100_000
"""The most bytes of HTML: Gmail shows 102 kB of a message, and hides the rest behind a link."""

_LONGEST_SUBJECT = 250
_SHORTENED = 1_000  # characters of a message that is never shortened further
_TEST_MARK = "[Test] "
_WIDEST_LOGO, _HIGHEST_LOGO = 200, 60  # pixels of a screen


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
    """What failed: an e-mail by its document, or a webhook; its recipient, which may be empty; why, and what helps."""

    document: str
    recipient: str
    happened: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The default content of an e-mail: subject, message, the highlighted amount, and a line below it.

    ``fields`` and ``open_invoices`` are listed below, of which there are ``more``. ``payment`` and
    ``payment_instructions`` say how to pay. ``button`` is what the link to the page says, and ``pay_url`` where it can
    be paid. ``failures`` are listed, too, and ``unnamed`` says how many are not.
    """

    content: Head
    subject: str
    message: str
    amount: Field
    below_amount: str = ""
    fields: tuple[Field, ...] = ()
    open_invoices: tuple[OpenRow, ...] = ()
    more: bool = False
    failures: tuple[FailureRow, ...] = ()
    unnamed: str = ""
    payment_instructions: str = ""
    payment: tuple[Field, ...] = ()
    button: str = ""
    pay_url: str = ""
    palette: Palette = OURS


@dataclass(frozen=True, slots=True)
class Rendered:
    """An e-mail as it is read: in ``html``, or else as ``text``."""

    subject: str
    html: str
    text: str


class ShownLogo(NamedTuple):
    """A logo as an e-mail shows it: the URL of its ``source``, and its size on a screen, in pixels."""

    source: str
    width: int
    height: int


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


def with_current_link(delivery: Delivery, page_token: str | None) -> Delivery:
    """Return a delivery that links to the page of its document as it is now; a link that was rotated leads nowhere."""
    if page_token is None:
        return delivery
    return replace(delivery, hosted_url=f"{delivery.hosted_url.rpartition('/')[0]}/{page_token}")


def rendered(
    letter: Letter,
    account: str,
    hosted_url: str,
    *,
    subject: str = "",
    message: str = "",
    logo: ShownLogo | None = None,
) -> Rendered:
    """Render an e-mail of an account that links to a page, if any; own ``subject`` and ``message`` come first.

    The subject of a test-mode e-mail is marked, the same in all languages. The HTML may say less
    than the text (`_short_html`).
    """
    subject = (one_line(subject) or letter.subject)[:_LONGEST_SUBJECT].rstrip()
    if split_partition(account)[1] == "test":
        subject = f"{_TEST_MARK}{subject.removeprefix(_TEST_MARK)}"
    values = {
        "wording": letter.content.wording,
        "letter": letter,
        "colors": letter.palette.written(),
        "subject": subject,
        "message": plain_text(message).strip() or letter.message,
        "hosted_url": hosted_url,
        "button": letter.button or letter.content.wording["view_invoice"],
        "logo": logo,
        "seller": letter.content.seller.name,
        "seller_lines": _signature(letter.content.seller, letter.content.wording),
    }
    return Rendered(subject, _short_html(values), template("email", "message.txt.j2").render(values))


def _short_html(values: dict[str, Any]) -> str:
    """Render the HTML: where it has more than `MOST_HTML`, with fewer open invoices, and then less of the message."""
    html = template("email", "message.html.j2").render(values)
    while len(html.encode()) > MOST_HTML:
        letter, message = values["letter"], values["message"]
        if listed := letter.open_invoices:
            values = values | {"letter": replace(letter, open_invoices=listed[: len(listed) * 3 // 4], more=True)}
        elif len(message) > _SHORTENED:
            values = values | {"message": f"{message[: len(message) * 3 // 4].rstrip()}…"}
        else:
            break
        html = template("email", "message.html.j2").render(values)
    return html


def _signature(seller: Party, wording: Wording) -> tuple[str, ...]:
    """Return the lines below the name; letters of a company name its register (Directive (EU) 2017/1132, art. 26)."""
    registration = [joined(wording, "", (field,)) for field in seller.registration]
    return (*seller.lines, *seller.contacts, *registration, *seller.legal_information)


def compose_message(
    letter: Letter, delivery: Delivery, *attachments: Attachment, sender: str, logo: Image | None = None
) -> bytes:
    """Compose a message with its text, its HTML and what is attached; equal arguments give equal bytes.

    ``sender`` is the verified address it is sent from, under the seller's name; replies go to the seller's own address.
    A ``logo`` is a part of the message: nothing is loaded from elsewhere. The headers show ``delivery.to`` and
    ``delivery.cc``, whichever mailbox the message goes to. It says that a program sends it (RFC 3834, 5), so that no
    program answers. `ValueError` when an address cannot be written in ASCII.
    """
    domain = mailbox(sender).address.rpartition("@")[2]
    part = f"{_token(delivery.id, 'logo')}@{domain}"
    made = rendered(
        letter,
        delivery.account,
        delivery.hosted_url,
        subject=delivery.subject or "",
        message=delivery.message or "",
        logo=_shown(logo, f"cid:{part}") if logo else None,
    )
    message = EmailMessage(policy=SMTP)
    message["Date"] = format_datetime(delivery.created_at)
    message["Message-ID"] = f"<{_token(delivery.id, 'message')}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(made.text, cte="quoted-printable")
    message.add_alternative(made.html, subtype="html", cte="quoted-printable")
    if logo:
        _, html = message.iter_parts()
        _add_logo(html, logo, part)
    for file_name, content, content_type in attachments:
        kind, _, subtype = content_type.partition("/")
        charset = {"charset": "utf-8"} if kind == "text" else None
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=file_name, params=charset)
    # Last, because adding parts moves the headers that describe content into the first of them.
    message["Content-Language"] = letter.content.wording.language
    _fix_boundaries(message, delivery.id)
    return _header(letter, delivery, made.subject, sender) + message.as_bytes()


def within_html(logo: Image | None) -> ShownLogo | None:
    """Return a logo that is a part of the HTML, for browsers: mail programs show no such images."""
    return _shown(logo, data_url(logo)) if logo else None


def _shown(logo: Image, source: str) -> ShownLogo:
    scale = min(_WIDEST_LOGO / logo.width, _HIGHEST_LOGO / logo.height, 1)
    return ShownLogo(source, max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))


def _add_logo(html: Any, logo: Image, part: str) -> None:
    """Make the logo a part that is related to the HTML (RFC 2387, RFC 2392)."""
    kind, _, subtype = logo.content_type.partition("/")
    own = {"cid": f"<{part}>", "disposition": "inline", "filename": f"logo{ENDINGS[logo.content_type][0]}"}
    html.add_related(logo.content, maintype=kind, subtype=subtype, **own)


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
