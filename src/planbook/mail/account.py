"""Mail accounts: which server, how it is spoken to, and who logs in."""

import ssl
from dataclasses import dataclass, field
from enum import StrEnum


class Security(StrEnum):
    """How a connection is protected; PLAIN only where the settings say so by name."""

    SSL = "ssl"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Account:
    """An account on one server.

    Attributes:
        host: Server.
        port: Its port.
        security: How the connection is protected.
        user: Name to log in by; empty where the server asks for none.
        password: Password or 授权码; never shown.
        ca_file: Certificates to trust beside the system's, PEM; empty for none.
        timeout_s: How long an answer is waited for.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    timeout_s: float = 60.0

    def tls(self) -> ssl.SSLContext:
        """Return what a protected connection to the server must prove.

        Raises:
            OSError: `ca_file` cannot be read, or holds no certificates.
        """
        context = ssl.create_default_context()
        if self.ca_file:
            context.load_verify_locations(self.ca_file)
        return context
