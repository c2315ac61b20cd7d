"""Mailboxes and their spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.deliveries.addresses import in_ascii, mailbox_of


@pytest.mark.parametrize(
    "spelling",
    [
        "bob@müller.de",
        "Bob@Müller.DE",
        "BOB@MÜLLER.de",
        "bob@xn--mller-kva.de",
        "Bob@XN--MLLER-KVA.DE",
        " bob@müller.de",
    ],
)
def test_all_spellings_of_an_address_are_one_mailbox(spelling: str) -> None:
    assert mailbox_of(spelling) == "bob@xn--mller-kva.de"


@pytest.mark.parametrize("text", ["", "@", "no address", "a@", "a@m ü.de", "ü" * 300, "bob@b\u0000.de"])
def test_any_text_has_a_mailbox(text: str) -> None:
    assert mailbox_of(mailbox_of(text)) == mailbox_of(text)


@given(st.sampled_from(["a@x.de", "a@müller.de", "a@straße.de"]), st.lists(st.booleans(), min_size=12, max_size=12))
def test_case_makes_no_mailbox(address: str, upper: list[bool]) -> None:
    spelled = "".join(
        letter.upper() if up and letter != "ß" else letter for letter, up in zip(address, upper, strict=False)
    )
    assert mailbox_of(spelled + address[len(spelled) :]) == mailbox_of(address)


@pytest.mark.parametrize(
    ("address", "written"),
    [("a@x.de", "a@x.de"), ("A@müller.de", "A@xn--mller-kva.de"), ("a@straße.de", "a@xn--strae-oqa.de")],
)
def test_a_domain_is_written_in_ascii(address: str, written: str) -> None:
    assert in_ascii(address) == written
    assert in_ascii(written) == written


def test_what_no_domain_can_be_is_refused() -> None:
    with pytest.raises(ValueError, match="Codepoint"):
        in_ascii("a@m ü.de")
