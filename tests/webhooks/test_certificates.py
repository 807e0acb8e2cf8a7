"""Over TLS the number that was looked at is called, and must show the certificate of the name."""

import datetime as dt
import http.server
import ipaddress
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.serving import serving
from tracker.lib import clock
from webhooks.actions.keeping import make_webhook
from webhooks.models import WebhookDelivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def secure(tmp_path, settings, monkeypatch):
    """Serve over TLS for hooks.example alone, and let every name lead there; return the port and its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, at = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example")]), clock.now()
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(at - dt.timedelta(days=1)).not_valid_after(at + dt.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = tmp_path / "both.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem.write_bytes(key.private_bytes(*form) + certificate)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """A caller that hangs up over a certificate is what is tried here."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        try:
            ipaddress.ip_address(host)
        except ValueError:
            host = "127.0.0.1"
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    port = server.server_port
    settings.WEBHOOKS_INSIDE = [f"https://{host}:{port}" for host in ("hooks.example", "other.example")]
    with serving(server):
        yield port, pem


@pytest.mark.parametrize(
    ("host", "trusted", "said"),
    [
        ("hooks.example", True, "It answered 204."),
        ("hooks.example", False, "The address has no certificate that can be trusted."),
        ("other.example", True, "The address has no certificate that can be trusted."),
    ],
)
def test_only_the_name_with_its_own_certificate_is_told(ada, secure, monkeypatch, send, host, trusted, said):
    port, pem = secure
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    make_webhook(person=ada, name="x", url=f"https://{host}:{port}/x", events=["round.added"], at=clock.now())
    send()
    assert WebhookDelivery.objects.get().said == said
