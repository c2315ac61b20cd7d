"""The e-mail of a portal link."""

from dataclasses import replace

from invoicing.domain.calendar import today
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.operations.documents.portal_link import MailedPortalLink
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing_documents.email.message import Letter, Letterhead, compose_message
from invoicing_documents.parties import Field, seller_of
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import wording_for


def compose_portal_link_email(mailed: MailedPortalLink, delivery: Delivery, _: ObjectStore, *, sender: str) -> bytes:
    """Compose the message of a portal link, as `compose_message` does; `ValueError` for one that must not be sent."""
    if mailed.customer is None:
        raise ValueError(f"portal link {mailed.link.id} cannot be sent")
    account, wording = mailed.account, wording_for(mailed.customer.locale or mailed.account.locale)
    seller = seller_of(wording, account)
    letter = Letter(
        content=Letterhead(
            wording=wording, seller=seller, seller_email=one_line(account.email) if account.email else None
        ),
        subject=wording.say("portal_from", seller=seller.name),
        message=wording.say("portal_intro", seller=seller.name),
        amount=Field(wording["valid_until"], wording.date(today(mailed.link.expires_at, account.time_zone))),
        button=wording["view_documents"],
    )
    linked = replace(delivery, hosted_url=f"{delivery.hosted_url}/{mailed.token}")
    return compose_message(letter, linked, sender=sender)
