"""Pages that say one thing, such as that a link leads nowhere; none reveals whose link it was."""

from invoicing_documents.html_templates import template
from invoicing_documents.page.style import style
from invoicing_documents.wording import wording_for


def render_not_found_page(locale: str) -> str:
    """Render the page of an unknown link; it does not reveal whether there ever was an invoice."""
    return _message_page(locale, "not_found_title", "not_found_text")


def render_failure_page(locale: str) -> str:
    """Render the page shown while a page is unavailable."""
    return _message_page(locale, "failure_title", "failure_text")


def render_expired_page(locale: str, portal_link_url: str) -> str:
    """Render the page of a link that has expired, with a button that orders another by e-mail."""
    return _message_page(locale, "link_ended_title", "link_expired_text", portal_link_url)


def render_portal_not_found_page(locale: str) -> str:
    """Render the page of whatever the portal does not show, and of a link that opens none (any more)."""
    return _message_page(locale, "link_ended_title", "link_ended_text")


def render_portal_mailed_page(locale: str) -> str:
    """Render the page after a portal link was asked for; it does not reveal whether one was mailed."""
    return _message_page(locale, "portal_mailed_title", "portal_mailed_text")


def _message_page(locale: str, title: str, text: str, portal_link_url: str = "") -> str:
    wording = wording_for(locale)
    return template("page", "message.html.j2").render(
        wording=wording, title=wording[title], text=wording[text], portal_link_url=portal_link_url, style=style()
    )
