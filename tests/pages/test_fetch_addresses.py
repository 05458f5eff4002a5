"""URLs that are fetched, and addresses that are never connected to."""

import time

import pytest

from onrecord.errors import AddressError, FetchError, TooSlowError
from onrecord.pages.fetch_addresses import addresses, checked_url, joined, refused, shown, site, system_resolver


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://gazette.example/a#top", "https://gazette.example/a"),
        ("HTTP://Gazette.Example:80/a", "http://gazette.example/a"),
        ("https://gazétte.example/é", "https://xn--gaztte-dva.example/%C3%A9"),
        ("https://gazette.example", "https://gazette.example"),
    ],
)
def test_url_is_brought_to_its_normal_form(url, normal):
    assert checked_url(url) == normal


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://gazette.example/a", "only http"),
        ("file:///etc/passwd", "only http"),
        ("javascript:alert(1)", "only http"),
        ("//gazette.example/a", "only http"),
        ("http:///a", "no host"),
        ("https://you:secret@gazette.example/a", "password"),
        ("https://gazette.example@10.0.0.1/", "password"),
        ("https://gazette.example/a\r\nX-Evil: 1", "control character"),
        ("https://gazette.example/a b", "a space"),
        ("https://gazette.example\\@10.0.0.1/", "backslash"),
        ("https://gazette.example/\x00", "control character"),
        ("https://gazette.example:99999/", "no URL"),
        ("http://gazette.example:25/", "port 25"),
        ("http://gazette.example:6667/", "port 6667"),
        ("https://[::1/", "no URL"),
        ("https://gazette.example/" + "a" * 9000, "characters"),
    ],
)
def test_url_that_is_not_fetched_is_said(url, says):
    with pytest.raises(FetchError, match=says) as raised:
        checked_url(url)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_links_and_sites():
    assert joined("https://gazette.example/x/feed", "../a?b=1") == "https://gazette.example/a?b=1"
    assert site("https://gazette.example:8443/x?y") == "https://gazette.example:8443/"
    assert shown("http://you:secret@gazette.example/a") == "http://gazette.example/a"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0",  # noqa: S104
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1",
        "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::",
    ],
)  # fmt: skip
def test_address_is_refused(address):
    assert refused(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_address_of_the_public_net_is_not_refused(address):
    assert refused(address) is None


def look_up(found, **options):
    def resolver(name, port):
        if isinstance(found, Exception):
            raise found
        return found

    return addresses("gazette.example", 80, resolver=resolver, seconds=0.2, **{"allow_private": False} | options)


@pytest.mark.parametrize("found", [["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::ffff:8.8.4.4"]])
def test_mixed_answer_is_refused_whole(found):
    with pytest.raises(AddressError, match=r"gazette\.example: its address"):
        look_up(found)


def test_private_addresses_are_allowed_when_asked_for():
    assert look_up(["10.0.0.1"], allow_private=True) == ["10.0.0.1"]


@pytest.mark.parametrize("found", [[], OSError("Name or service not known"), UnicodeError("label too long")])
def test_name_without_address_is_said(found):
    with pytest.raises(FetchError, match="no address is known"):
        look_up(found)


def test_slow_look_up_is_given_up():
    with pytest.raises(TooSlowError, match="took more than"):
        addresses("n.example", 80, resolver=lambda *_: time.sleep(0.3) or [], allow_private=False, seconds=0.01)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0"])
def test_other_spellings_of_this_machine_are_refused(host):
    with pytest.raises(FetchError):
        addresses(host, 80, resolver=system_resolver, allow_private=False, seconds=5)


@pytest.mark.parametrize("secret", ["hidden", "hidden" * 60])
def test_password_is_not_shown(secret):
    with pytest.raises(FetchError) as raised:
        checked_url(f"https://reader:{secret}@gazette.example/page")
    assert "hidden" not in str(raised.value)
