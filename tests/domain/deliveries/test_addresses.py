"""Mailboxes and their spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.deliveries.addresses import each_mailbox_once, in_ascii

ADDRESSES = st.lists(st.sampled_from(["a@x.de", "A@x.de", "a@X.de", "b@x.de", "B@x.de", "c@müller.de", "C@müller.de"]))


@given(ADDRESSES, ADDRESSES, ADDRESSES)
def test_no_mailbox_is_lost_or_named_twice(to: list[str], cc: list[str], bcc: list[str]) -> None:
    kept = each_mailbox_once(to, cc, bcc)
    named = [address.lower() for addresses in kept for address in addresses]
    assert len(named) == len(set(named))
    assert set(named) == {address.lower() for address in (*to, *cc, *bcc)}
    assert {address.lower() for address in kept[0]} == {address.lower() for address in to}
    assert not {address.lower() for address in kept[2]} & {address.lower() for address in cc}


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
