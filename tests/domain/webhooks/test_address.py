"""Which addresses webhooks may go to."""

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.webhooks.address import Target, UrlRefused, is_public, require_public_url, target_of

REFUSED = (
    "https://169.254.169.254/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:a9fe:a9fe::]/",
    "https://[::169.254.169.254]/",
    "https://[fd00:ec2::254]/",
    "https://[fec0::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[ff02::1]/",
    "https://[2001:db8::1]/",
    "https://[2001:0:5ef5:79fb::1]/",
    "https://[5f00::1]/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://192.88.99.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://017700000001/",
    "https://127.1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://localhost/",
    "https://localhost./",
    "https://a.localhost/",
    "https://intranet/",
    "https://user:pw@example.com/",
    "https://user@example.com/",
    "https://example.com#fragment",
    "https://example.com\\@10.0.0.1/",
    "https://exa mple.com/",
    "https://example.com/\r\nX: y",
    "https://example.com:0/",
    "https://example.com:65536/",
    "https://-example.com/",
    "https://example..com/",
    "https:///path",
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "example.com",
    "",
    "https://[::1",
    "https://x[2606:4700::1111]/",
    "https://[2606:4700::1111]x/",
    "https://[v1.fe80]/",
    "https://example.com/ü",
    f"https://example.com/{'x' * 2048}",
)


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_refused_before_a_name_is_looked_up(url: str) -> None:
    with pytest.raises(UrlRefused):
        require_public_url(url, lambda *_: [])


def test_what_is_wrong_is_said() -> None:
    for url, expected in (
        (f"https://example.com/{'x' * 2048}", "at most 2,048 characters"),
        ("https://example.com/ü", "%C3%BC"),
        ("https://example.com/a b", "no spaces"),
    ):
        with pytest.raises(UrlRefused, match=expected):
            target_of(url)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.com", Target("example.com", 443, "/")),
        ("HTTPS://Example.COM:8443/a/b?c=d%20e", Target("example.com", 8443, "/a/b?c=d%20e")),
        ("https://bücher.example/", Target("xn--bcher-kva.example", 443, "/")),
        ("https://8.8.8.8/", Target("8.8.8.8", 443, "/")),
        ("https://[2606:4700::1111]/", Target("2606:4700::1111", 443, "/")),
    ],
)
def test_where_a_url_leads(url: str, target: Target) -> None:
    assert target_of(url) == target


def test_the_host_of_a_request() -> None:
    assert target_of("https://[2606:4700::1111]:8443/").authority == "[2606:4700::1111]:8443"
    assert target_of("https://example.com/").authority == "example.com"


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["93.184.216.34", "fd00::1"], ["::ffff:127.0.0.1"]]
)
def test_a_name_must_have_public_addresses_only(addresses: list[str]) -> None:
    with pytest.raises(UrlRefused, match="public"):
        require_public_url("https://127.0.0.1.nip.io/", lambda *_: addresses)


@pytest.mark.parametrize("addresses", [[], ["93.184.216.34", "2606:2800:220::1"]])
def test_a_name_without_an_address_is_taken_and_looked_up_later(addresses: list[str]) -> None:
    require_public_url("https://hooks.example.com/", lambda *_: addresses)


def test_localhost_is_for_local_services_only() -> None:
    local = target_of("http://localhost:4000/hook", allow_localhost=True)
    assert (local.authority, local.is_https) == ("localhost:4000", False)
    for url in ("http://localhost:4000/hook", "http://127.0.0.1/", "http://localhost.example.com/"):
        with pytest.raises(UrlRefused):
            target_of(url)
    with pytest.raises(UrlRefused):
        target_of("http://127.0.0.1/", allow_localhost=True)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_within_ipv6_is_as_public_as_itself(address: IPv4Address) -> None:
    number = int(address)
    for wrapped in (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert is_public(str(ip_address(wrapped.to_bytes(16)))) is is_public(str(address))


@given(st.ip_addresses())
def test_what_is_public_is_so_to_python_too(address: object) -> None:
    if is_public(str(address)):
        inner = ip_address(str(address))
        mapped = getattr(inner, "ipv4_mapped", None) or getattr(inner, "sixtofour", None) or inner
        assert mapped.is_global


def test_what_is_no_address_is_not_public() -> None:
    assert not is_public("example.com")
