"""kill -9 at random moments: nothing is lost, and a rerun ends as an undisturbed run would have.

Every act is run once undisturbed; then, on fresh copies, it is killed at a random moment of that time and run again.
What goes out by mail goes to a server that counts. `PLANBOOK_CRASHES` sets how many times an act is killed;
`make crash` takes 50 moments of each.
"""

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from planbook.model.period import Period
from planbook.workspace.folder import open_workspace
from tests.integration.conftest import Office
from tests.integration.mail_office import MailOffice, address_of
from tests.support import crash_acts
from tests.support.dovecot import MailStore, running_dovecot
from tests.support.filling import columns_of
from tests.support.mail_server import Mailboxes, MailServer, running_mail_server
from tests.support.replies import Reply, written
from tests.support.returns import filled_form

CRASHES = int(os.environ.get("PLANBOOK_CRASHES", "8"))


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start at once: the fork server has loaded all that the acts need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.crash_acts"])
    return context


@dataclass(frozen=True)
class Servers:
    """Where the office's mail goes, and where its mailbox is."""

    outgoing: MailServer
    mailbox: MailStore


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with running_mail_server(tmp_path_factory.mktemp("smtp")) as outgoing, running_dovecot() as mailbox:
        yield Servers(outgoing, mailbox)


@pytest.fixture(scope="module")
def _mailing_office(tmp_path_factory: pytest.TempPathFactory) -> MailOffice:
    return MailOffice.make(tmp_path_factory.mktemp("mailing"), 8)


@pytest.fixture
def mailing(_mailing_office: MailOffice, servers: Servers, tmp_path: Path) -> MailOffice:
    """An office whose mail is set up, with answers in its mailbox and in a watched folder."""
    office = _mailing_office.copied_to(tmp_path / "起点")
    both = tmp_path / "both.pem"
    both.write_bytes(servers.outgoing.ca_file.read_bytes() + servers.mailbox.ca_file.read_bytes())
    watched = tmp_path / "共享"
    watched.mkdir()
    imap: dict[str, Any] = {"imap_host": "localhost", "imap_port": servers.mailbox.port, "imap_security": "ssl"}
    office.set_up(servers.outgoing, ca_file=str(both), watched_folders=[str(watched)], **imap)
    forms = [office.root / "forms" / "2024Q1" / f"2024Q1_{name}_责任清单.xlsx" for name in office.agencies]
    answers = [filled_form(form, percent=number) for number, form in enumerate(forms)]
    for number, answer in enumerate(answers[:3]):
        (watched / f"{number}.xlsx").write_bytes(answer)
    with ZipFile(watched / "打包.zip", "w") as archive:
        archive.writestr("里面.xlsx", answers[3])
    if not servers.mailbox.state():
        mails = [
            Reply(address_of(office.agencies[n]), f"报送{n}", attachments={"回表.xlsx": answers[n]}) for n in (4, 5)
        ]
        servers.mailbox.deliver(*written(mails))
    return office


def before(act: str, office: Office, tmp_path: Path) -> Path:
    """Return a workspace in which `act` comes next."""
    root = tmp_path / "起点" / "台账"
    if act in ("import", "issue"):
        crash_acts.make_office(root)
        if act == "issue":
            crash_acts.act("import", str(root))
        return root
    shutil.copytree(office.root, root)
    for number, form in enumerate(list(office.forms.values())[:8]):
        (root / "inbox" / "2024Q1" / f"{number}.xlsx").write_bytes(filled_form(form, percent=number))
    if act != "consolidate":
        crash_acts.act("consolidate", str(root))
    if act == "ledger":
        open_workspace(root).master(Period.parse("2024Q1")).unlink()
    if act == "decisions":
        type_decisions(open_workspace(root).master(Period.parse("2024Q1")))
    return root


def type_decisions(path: Path) -> None:
    """Enter a decision for each of three tasks, and a note beside it."""
    book = load_workbook(path)
    sheet = book["任务台账"]
    header, columns = columns_of(sheet, "任务编号")
    for row in range(header + 1, header + 4):
        for name, text in (("决定", "暂缓"), ("决定依据", f"等第{row}号批复"), ("领导批示", "要办好")):
            sheet[f"{columns[name]}{row}"] = text
    book.save(path)


def run(processes: ForkServerContext, act: str, root: Path, kill_after_s: float | None = None) -> float:
    """Run `act`, killed after that many seconds if it is still at work; return how long it took."""
    process = processes.Process(target=crash_acts.act, args=(act, str(root)))
    started = time.monotonic()
    process.start()
    process.join(kill_after_s)
    if kill_after_s is not None:
        process.kill()
        process.join()
    else:
        assert process.exitcode == 0
    return time.monotonic() - started


@pytest.mark.servers
@pytest.mark.parametrize("act", crash_acts.ACTS)
def test_killed_at_any_moment(
    processes: ForkServerContext, request: pytest.FixtureRequest, tmp_path: Path, act: str
) -> None:
    boxes: Mailboxes | None = None
    if act in crash_acts.MAILING:
        start = request.getfixturevalue("mailing").root
        boxes = request.getfixturevalue("servers").outgoing.mailboxes
        boxes.delivered.clear()
    else:
        start = before(act, request.getfixturevalue("office"), tmp_path)
    undisturbed = tmp_path / "不受打扰" / "台账"
    shutil.copytree(start.parent, undisturbed.parent)
    seconds = run(processes, act, undisturbed)
    expected = crash_acts.state(undisturbed)
    assert expected != crash_acts.state(start), "the act must do something"
    messages = dict(boxes.counts()) if boxes else {}
    assert set(messages.values()) <= {1}
    assert len(messages) == (8 if act == "send_smtp" else 0)
    dice = random.Random(act)  # noqa: S311 (moments, not secrets)
    for number in range(CRASHES):
        root = tmp_path / f"中断{number}" / "台账"
        shutil.copytree(start.parent, root.parent)
        if boxes:
            boxes.delivered.clear()
        moment = dice.uniform(0, seconds)
        run(processes, act, root, moment)
        assert crash_acts.faults(root) == [], f"after {moment:.3f} s"
        run(processes, act, root)
        assert crash_acts.state(root) == expected, f"after {moment:.3f} s"
        assert (boxes.counts() if boxes else {}) == messages, f"after {moment:.3f} s"
        shutil.rmtree(root.parent)
