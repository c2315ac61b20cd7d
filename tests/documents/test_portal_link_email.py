"""The e-mail of a portal link: whose it is, how long it works, and where its button leads."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.parties.customer import Customer
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.documents.portal_link import MailedPortalLink
from invoicing_documents.email.portal_link_email import compose_portal_link_email
from invoicing_documents.wording import languages, wording_for
from tests.builders import ACCOUNT, NOW, a_customer, an_account
from tests.documents.test_invoice_email import INJECTION, assert_seven_bit, delivery_of, parse, without_isolates
from tests.fakes import FakeObjectStore

PORTALS = "https://api.example.com/v1/invoicing/c"
TOKEN = "t" * 32


def compose(customer: Customer | None = None, **account: Any) -> bytes:
    link = PortalLink(
        account=ACCOUNT,
        id="plink_1",
        version=1,
        customer_id="cust_123",
        expires_at=NOW + timedelta(days=30),
        created_at=NOW,
    )
    mailed = MailedPortalLink(
        link=link, account=an_account(**account), customer=customer or a_customer(), token=TOKEN, is_open=True
    )
    delivery = delivery_of(document_kind="portal_link", document_id=link.id, hosted_url=PORTALS)
    return compose_portal_link_email(mailed, delivery, FakeObjectStore(), sender="invoices@mail.acme.example")


def test_it_leads_to_the_portal_with_its_own_token() -> None:
    parts = parse(compose())
    assert parts.message["Subject"] == "Your documents from Acme Studio GmbH"
    for body in (parts.text, parts.html):
        assert f"{PORTALS}/{TOKEN}" in body
        assert "View documents" in body
        assert "Dec 22, 2026" in re.sub(r"[\s\u00a0]+", " ", body)
    assert list(parts.message.iter_attachments()) == []


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_of_its_own(language: str) -> None:
    message = compose(a_customer(locale=language))
    assert_seven_bit(message)
    parts, wording = parse(message), wording_for(language)
    assert parts.message["Content-Language"] == language
    for key in ("view_documents", "valid_until"):
        assert wording[key] in parts.text
    expected = wording.say("portal_intro", seller="Acme Studio GmbH")
    assert without_isolates(expected) in without_isolates(parts.text)


def test_names_stay_data() -> None:
    parts = parse(compose(replace(a_customer(), name=INJECTION), name=INJECTION))
    assert "<script" not in parts.html
    assert parts.message["Bcc"] is None
