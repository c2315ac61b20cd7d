"""Events of notices to the account."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import DocumentOrder, document_order

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.notices.notice_mail import NoticeMail


class NoticeSummary(DocumentOrder):
    """A notice in events."""

    id: str
    object: Literal["notice"]
    version: int
    failures: int
    created_at: str


def notice_summary(notice: "NoticeMail", *, deliveries: "Sequence[Delivery]" = ()) -> NoticeSummary:
    """Summarize a notice; ``deliveries`` are the e-mails that follow."""
    return {
        "id": notice.id,
        "object": "notice",
        "version": notice.version,
        "failures": notice.count,
        "created_at": instant_text(notice.created_at),
        **document_order(deliveries),
    }


NOTICE_SENT: "EventType[NoticeMail]" = EventType(
    "notice.sent",
    "A notice of what failed was made; `failures` says how much.",
    notice_summary,
)
