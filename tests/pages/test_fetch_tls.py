"""Certificates of a real HTTPS server on this machine: one that is in order is taken, every other one is refused."""

import shutil
import ssl
import subprocess

import httpx2
import pytest

from onrecord.errors import FetchError
from onrecord.pages.fetch import Fetcher, Manners

HOST = "gazette.example"
OPENSSL = shutil.which("openssl")

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl here that makes certificates for the test")


def openssl(folder, *options):
    """Run openssl in a folder; skip the test where this version of it cannot do that."""
    made = subprocess.run([OPENSSL, *options], cwd=folder, capture_output=True, text=True, timeout=60)
    if made.returncode:
        pytest.skip(f"openssl cannot make the certificate: {made.stderr.strip()[-200:]}")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A folder with an authority (authority.pem) and certificates of servers."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("authority", "stranger"):
        new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", f"{name}.key")
        openssl(folder, *new, "-out", f"{name}.pem", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{HOST}")
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "request", "-subj", "/CN=server")
    for name, host, days in (("good", HOST, "2"), ("expired", HOST, "-1"), ("of another", "herald.example", "2")):
        (folder / "names").write_text(f"subjectAltName=DNS:{host}\n")
        signed = (
            "x509",
            "-req",
            "-in",
            "request",
            "-CA",
            "authority.pem",
            "-CAkey",
            "authority.key",
            "-CAcreateserial",
        )
        openssl(folder, *signed, "-days", days, "-extfile", "names", "-out", f"{name}.pem")
    return folder


def secured(site, certificate, key):
    """Let the site speak TLS; return the URL of its page."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.answers["/a"] = site.page
    return f"https://{HOST}:{site.server.server_port}/a"


@pytest.fixture
def fetch(certificates, monkeypatch, slept):
    """Fetch a URL with a fetcher that trusts the authority."""
    trusting = ssl.create_default_context(cafile=certificates / "authority.pem")
    monkeypatch.setattr(httpx2, "create_ssl_context", lambda **_: trusting)

    def fetch(url):
        manners = Manners(allow_private=True, total=5.0, step=2.0)
        with Fetcher(manners, resolver=lambda *_: ["127.0.0.1"], sleep=slept.append) as fetcher:
            return fetcher.fetch(url)

    return fetch


def test_certificate_that_is_in_order_is_taken(site, certificates, fetch):
    url = secured(site, certificates / "good.pem", certificates / "key")
    assert fetch(url).data == site.page


@pytest.mark.parametrize(
    ("name", "key", "says"),
    [
        ("stranger", "stranger.key", "self-signed certificate"),
        ("expired", "key", "certificate has expired"),
        ("of another", "key", f"not valid for '{HOST}'"),
    ],
)
def test_certificate_that_is_not_in_order_is_refused(site, certificates, fetch, slept, name, key, says):
    url = secured(site, certificates / f"{name}.pem", certificates / key)
    with pytest.raises(FetchError, match="its certificate is refused") as raised:
        fetch(url)
    assert says in str(raised.value)
    assert (site.asked, slept) == ([], [])  # nothing is sent, and nothing is tried again


def test_certificate_of_an_unknown_authority_is_refused(site, certificates, slept):
    url = secured(site, certificates / "good.pem", certificates / "key")
    fetcher = Fetcher(Manners(allow_private=True), resolver=lambda *_: ["127.0.0.1"], sleep=slept.append)
    with fetcher, pytest.raises(FetchError, match="its certificate is refused"):
        fetcher.fetch(url)


def test_server_without_tls_is_said(site, fetch):
    site.answers["/a"] = site.page
    with pytest.raises(FetchError, match=r"no connection .*SSL"):
        fetch(site.url("/a").replace("http://127.0.0.1", f"https://{HOST}"))
