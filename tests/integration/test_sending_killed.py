"""The process that sends is killed at random moments, and run again: one message each, none lost, none twice."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import psutil
import pytest

from tests.integration.mail_office import MailOffice, address_of, codes, statuses
from tests.support.mail_server import Mailboxes, running_mail_server


@dataclass
class Trap:
    """Lets the server stop at one stage of one message until the sender has been dealt with."""

    sprung: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)
    stage: str = ""
    messages_left: int = 0

    def set_up(self, stage: str, messages: int) -> None:
        self.stage, self.messages_left = stage, messages
        self.sprung.clear()
        self.released.clear()

    def at(self, stage: str) -> None:
        if stage != self.stage:
            return
        if self.messages_left:
            self.messages_left -= 1
        else:
            self.stage = ""
            self.sprung.set()
            self.released.wait(20)


def start_sending(office: MailOffice) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "planbook", "-w", str(office.root), "send", "--period", "2024Q1", "--json"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.mark.servers
def test_killed_at_ten_random_moments(tmp_path: Path, mail_office: MailOffice) -> None:
    office = mail_office
    trap, chance = Trap(), random.Random(20240401)  # noqa: S311 - the same moments in every run
    boxes = Mailboxes(before_storing=lambda: trap.at("before"), after_storing=lambda: trap.at("after"))
    with running_mail_server(tmp_path, boxes) as server:
        office.set_up(server)
        for _ in range(10):
            trap.set_up(chance.choice(["before", "after", "after"]), chance.randrange(3))
            process = start_sending(office)
            assert trap.sprung.wait(60)
            time.sleep(chance.choice([0, 0, 0.002, 0.01]))
            process.kill()
            process.wait()
            trap.released.set()
        finished = office.send()
        assert finished.code == 0
        assert set(statuses(finished).values()) <= {"sent", "already"}
        assert boxes.counts() == {address_of(name): 1 for name in office.agencies}
    outcomes = Counter(one.outcome.value for one in office.dispatches())
    assert outcomes["sent"] == len(office.agencies)
    assert outcomes["unknown"] == 0


@pytest.mark.servers
@pytest.mark.parametrize("stage", ["before", "after"])
def test_killed_together_with_its_courier(tmp_path: Path, mail_office: MailOffice, stage: str) -> None:
    office = mail_office
    trap = Trap()
    boxes = Mailboxes(before_storing=lambda: trap.at("before"), after_storing=lambda: trap.at("after"))
    with running_mail_server(tmp_path, boxes) as server:
        office.set_up(server)
        trap.set_up(stage, 1)
        process = start_sending(office)
        assert trap.sprung.wait(60)
        for one in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
            one.send_signal(signal.SIGKILL)
        process.wait()
        trap.released.set()
        rerun = office.send()
        assert Counter(statuses(rerun).values()) == {"already": 1, "unknown": 1, "sent": 22}
        assert (rerun.code, codes(rerun)) == (1, {"dispatch_unknown"})
        assert boxes.counts() == {address_of(name): 1 for name in office.agencies}
        (doubtful,) = [name for name, status in statuses(rerun).items() if status == "unknown"]
        assert statuses(office.send("--agency", doubtful, "--resend-unknown"))[doubtful] == "sent"
        ids = {one.message["message-id"] for one in boxes.of(address_of(doubtful))}
        assert len(ids) == 1  # a server that saw the first can tell that the second is the same


@pytest.mark.servers
def test_stopped_by_hand(tmp_path: Path, mail_office: MailOffice) -> None:
    office = mail_office
    trap = Trap()
    boxes = Mailboxes(after_storing=lambda: trap.at("after"))
    with running_mail_server(tmp_path, boxes) as server:
        office.set_up(server)
        trap.set_up("after", 1)
        process = start_sending(office)
        assert trap.sprung.wait(60)
        process.send_signal(signal.SIGINT)
        trap.released.set()
        _, error = process.communicate(timeout=60)
        assert (process.returncode, b"Traceback" in error) == (130, False)
        assert office.send().code == 0
        assert boxes.counts() == {address_of(name): 1 for name in office.agencies}
