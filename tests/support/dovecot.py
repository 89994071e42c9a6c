"""A real IMAP server for tests: Dovecot with TLS, a configuration and mailboxes of its own in a temporary folder."""

import grp
import os
import pwd
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

from tests.support.mail_server import PASSWORD, USER

_CONFIG = """
base_dir = {base}/run
state_dir = {base}/run
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{base}/server.pem
ssl_key = <{base}/server.key
mail_location = maildir:{base}/mail/%u
mail_access_groups =
first_valid_uid = 1
first_valid_gid = 0
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class MailStore:
    """A running Dovecot with the office's mailbox."""

    port: int
    base: Path
    ca_file: Path

    @property
    def inbox(self) -> Path:
        return self.base / "mail" / USER

    def deliver(self, *messages: bytes) -> None:
        """Put messages into the inbox, as a delivery agent does."""
        for number, content in enumerate(messages):
            name = f"{time.time_ns()}.{number}.test"
            for part in ("tmp", "new", "cur"):
                folder = self.inbox / part
                folder.mkdir(parents=True, exist_ok=True)
            (self.inbox / "tmp" / name).write_bytes(content)
            (self.inbox / "tmp" / name).rename(self.inbox / "new" / name)
        self.give_away()

    def state(self) -> set[tuple[str, bytes]]:
        """Return every message in the inbox with its flags: what reading must leave as it is."""
        found = set()
        for part in ("new", "cur"):
            for path in (self.inbox / part).iterdir():
                name, _, flags = path.name.partition(":2,")
                found.add((f"{name.split(',')[0]} {flags}", path.read_bytes()))
        return found

    def give_away(self) -> None:
        """Let the server own what it works with."""
        user = _server_user()
        for path in (self.base / "run", self.base / "mail", *(self.base / "mail").rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)


def _server_user() -> pwd.struct_passwd:
    """Return who the server runs as: root is not allowed to read mail."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


@contextmanager
def running_dovecot() -> Iterator[MailStore]:
    """Run Dovecot for as long as the block runs, in a folder of its own: pytest's are for the user alone."""
    with TemporaryDirectory(prefix="planbook-dovecot-") as folder:
        base = Path(folder)
        base.chmod(0o755)
        for part in ("new", "cur", "tmp"):
            (base / "mail" / USER / part).mkdir(parents=True)
        (base / "run").mkdir()
        store = MailStore(_free_port(), base, base / "ca.pem")
        _write_certificates(base)
        config = base / "dovecot.conf"
        config.write_text(_config(base, store.port))
        store.give_away()
        process = subprocess.Popen(["dovecot", "-F", "-c", str(config)], stderr=subprocess.PIPE)
        try:
            _wait_for(store.port, process, base)
            yield store
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _config(base: Path, port: int) -> str:
    user = _server_user()
    return _CONFIG.format(
        base=base,
        port=port,
        password=PASSWORD,
        user=user.pw_name,
        group=grp.getgrgid(user.pw_gid).gr_name,
        uid=user.pw_uid,
        gid=user.pw_gid,
    )


def _write_certificates(base: Path) -> None:
    ca = trustme.CA()
    certificate = ca.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(str(base / "server.key"))
    (base / "server.pem").write_bytes(b"".join(part.bytes() for part in certificate.cert_chain_pems))
    ca.cert_pem.write_to_path(str(base / "ca.pem"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", base: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)
    log = base / "dovecot.log"
    raise AssertionError(log.read_text() if log.exists() else "Dovecot does not answer")
