"""Forms on their way to agencies, through a real server with TLS and authentication."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.mail_office import MailOffice, address_of, statuses, with_password
from tests.support.mail_server import MailServer, running_mail_server


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> MailOffice:
    return MailOffice.make(tmp_path_factory.mktemp("mail"), 6)


@pytest.fixture
def office(_made: MailOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MailOffice:
    shutil.copytree(_made.root, tmp_path / "台账")
    with_password(monkeypatch)
    return MailOffice(tmp_path / "台账", _made.agencies)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with running_mail_server(tmp_path) as running:
        yield running


@pytest.mark.servers
def test_two_hundred_agencies_get_their_own_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_password(monkeypatch)
    office = MailOffice.make(tmp_path, 200)
    forms = office.forms()
    with running_mail_server(tmp_path) as server:
        office.set_up(server)
        listed = office.send("--dry-run")
        assert (listed.code, Counter(statuses(listed).values())) == (0, {"ready": 200})
        assert server.mailboxes.delivered == []
        sent = office.send()
        assert (sent.code, Counter(statuses(sent).values())) == (0, {"sent": 200})
        for agency, content in forms.items():
            (message,) = server.mailboxes.of(address_of(agency))
            assert message.attachments == {f"2024Q1_{agency}_责任清单.xlsx": content}
            assert agency in message.message["subject"]
        assert server.mailboxes.connections <= 3
        again = office.send()
        assert (again.code, Counter(statuses(again).values())) == (0, {"already": 200})
        assert len(server.mailboxes.delivered) == 200
    assert {one.outcome.value for one in office.dispatches()} == {"sent"}
    assert {one.file_sha256 for one in office.dispatches()} == {line["sha256"] for line in sent.result["dispatches"]}
