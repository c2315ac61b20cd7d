"""Header fields: they say what they were given and nothing else, to every parser, whatever their texts hold."""

import email
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from invoicing_documents.email import headers
from invoicing_documents.email.headers import Mailbox, header_block, mailbox
from invoicing_documents.plain_text import one_line

SENDER = "invoices@example.com"
ATTACKS = (
    "=?utf-8?b?PGNlb0BiYW5rLmV4YW1wbGU+?=",
    "International Consulting, Engineering, and Development Services Company, Limited",
    '") ' + "x" * 70 + " " + "x" * 70 + "=?utf-8?q?x?==20 =20=20",
    "=?utf-8?q?a=00b?=",
    "=?utf-8?q?a=0D=0ABcc:_victim=40evil.example?=",
    "Générale mbH für Müller",
    "Invoice INV-2026-001 from Générale mbH für Müller",
    "Générale mbH für Müller & Söhne " * 7,
    "株式会社" * 60,
    "\N{PARTY POPPER}" * 60,
    "x" * 250,
    "(" * 80,
    '"\\' * 60,
    "<ceo@bank.example>",
    'Müller, <ceo@bank.example>, (x) : ; \\ " @',
    "Acme\r\nBcc: victim@evil.example\r\n\r\nHello",
    "a\x00b\x7f\x85\u2028c",
    "=? ?= =?",
    "trailing backslash \\",
    " ",
)
# What parsers may stumble over, more often than chance would bring it.
WORDS = st.sampled_from([*'"\\<>,:;@()é ', "=?", "?=", "=?utf-8?q?", "=20", "=00", "\r\n", "x" * 40])
TEXTS = st.text(max_size=250) | st.lists(WORDS | st.text(max_size=8), max_size=40).map("".join)
LOCAL_PARTS = st.from_regex(r"(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", fullmatch=True)
DOMAINS = st.from_regex(r"([a-z0-9-]{1,63}\.){1,2}[a-z0-9-]{2,63}", fullmatch=True)
ADDRESSES = st.builds("{}@{}".format, LOCAL_PARTS, DOMAINS)


def assert_lines(block: bytes) -> None:
    """ASCII lines ended by CRLF, none empty, of at most 76 characters, or longer for a single address alone."""
    assert re.fullmatch(rb"(?:[\x20-\x7e]+\r\n)+", block)
    for line in block.decode("ascii").split("\r\n")[:-1]:
        assert line.strip()
        tokens = line.removeprefix(" ").split(" ")
        assert len(line) <= 76 or (len(tokens) <= 2 and "@" in tokens[-1])
    for word in re.findall(r"=\?\S*", block.decode("ascii")):
        assert re.fullmatch(r"=\?utf-8\?(?:q\?[A-Za-z0-9!*+/=_-]*|b\?[A-Za-z0-9+/]*=*)\?=", word)
        assert len(word) <= 75


def local_and_domain(address: str) -> str:
    """The address without the quotes that a local part such as ``a..b`` needs."""
    local, _, domain = address.rpartition("@")
    return f"{local.removeprefix('"').removesuffix('"')}@{domain}"


def assert_read_by_compat32(block: bytes, name: str, subject: str, to: list[str]) -> None:
    message = email.message_from_bytes(block, policy=compat32)
    assert (message.keys(), message.get_payload(), message.defects) == (["From", "To", "Subject"], "", [])

    def decoded(text: str) -> str:
        return str(make_header(decode_header(text)))

    values: dict[str, Any] = {key: value.replace("\r\n", "") for key, value in message.items()}
    assert [(decoded(who), address) for who, address in getaddresses([values["From"]])] == [(name, SENDER)]
    assert [local_and_domain(address) for _, address in getaddresses([values["To"]])] == to
    assert decoded(values["Subject"]) == subject


def assert_read_by_default(block: bytes, name: str, subject: str, to: list[str]) -> None:
    message = email.message_from_bytes(block, EmailMessage, policy=default)
    assert (message.keys(), message.get_payload(), message.defects) == (["From", "To", "Subject"], "", [])
    (sender,) = message["From"].addresses
    assert sender.addr_spec == SENDER
    # CPython 3.13.0 puts a space between the encoded words of a name.
    assert sender.display_name.replace(" ", "") == name.replace(" ", "")
    assert [local_and_domain(address.addr_spec) for address in message["To"].addresses] == to
    assert message["Subject"] == subject
    assert not [defect for key in message for defect in message[key].defects if "quoted" in str(defect)]


def assert_says(name: str, subject: str, to: list[str]) -> None:
    block = header_block(
        [("From", [mailbox(SENDER, name)]), ("To", [mailbox(address) for address in to]), ("Subject", subject)]
    )
    assert_lines(block)
    for assert_read in (assert_read_by_compat32, assert_read_by_default):
        assert_read(block, one_line(name), one_line(subject), to)


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_are_read_as_the_text_they_are(text: str) -> None:
    assert_says(text, text, ["ap@initech.example"])


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS, st.lists(ADDRESSES, min_size=1, max_size=30))
@example("", "", [".a..b.@x.example", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 58}"])
def test_any_name_subject_and_addresses_are_read_as_they_are(name: str, subject: str, to: list[str]) -> None:
    assert_says(name, subject, to)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, TEXTS), min_size=1, max_size=8))
def test_any_named_mailboxes_are_read_as_they_are(people: list[tuple[str, str]]) -> None:
    block = header_block([("Reply-To", [mailbox(address, name) for address, name in people])])
    assert_lines(block)
    (header,) = email.message_from_bytes(block, EmailMessage, policy=default).values()
    found = [(local_and_domain(one.addr_spec), one.display_name.replace(" ", "")) for one in header.addresses]
    assert found == [(address, one_line(name).replace(" ", "")) for address, name in people]


def test_plain_names_and_subjects_stay_readable() -> None:
    assert header_block([("From", [mailbox(SENDER, 'Acme "Studio", Ltd.')]), ("Subject", "Invoice 7")]) == (
        b'From: "Acme \\"Studio\\", Ltd." <invoices@example.com>\r\nSubject: Invoice 7\r\n'
    )


@pytest.mark.parametrize(
    "address",
    [
        "bücher@x.example",
        "a b@x.example",
        "a,b@x.example",
        "a@x.example, b@y.example",
        "a@b@x.example",
        '"a"@x.example',
        "<a@x.example>",
        "a(b)@x.example",
        "=?utf-8?q?ceo?=@x.example",
        "a@x\N{FULLWIDTH COMMERCIAL AT}y.example",
        "a@x .example",
        "a@",
        "@x.example",
        "a",
        "",
    ],
)
def test_addresses_that_could_be_read_otherwise_are_refused(address: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the codec of domains words some of them
        mailbox(address)


@pytest.mark.parametrize(
    "written",
    ["Evil <evil@x.example>, <a@x.example>", "<a@x.example>\r\nBcc: b@x.example", "<a@x.example>\r\n\r\nHi"],
)
def test_a_header_that_reads_back_otherwise_is_not_used(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "_mailbox", lambda _one, _room: [written])
    with pytest.raises(ValueError, match="does not read back"):
        header_block([("From", [Mailbox("a@x.example", "")])])
