"""Events of notices to the account."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import document_order

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.notices.notice_mail import NoticeMail


def notice_summary(notice: "NoticeMail", *, deliveries: "Sequence[Delivery]" = ()) -> Mapping[str, Any]:
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
