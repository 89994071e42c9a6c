"""The whole circle through real servers: issued, sent, answered by mail, collected, consolidated, chased, corrected."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
from openpyxl import load_workbook

from planbook.actions.collect_returns import collect_returns
from planbook.actions.dispatching import Manner, Status
from planbook.actions.issue_forms import issue_forms
from planbook.actions.remind import RemindResult, remind
from planbook.actions.watch_returns import watch_returns
from planbook.model.dispatch import Channel
from planbook.model.period import Period
from planbook.workspace.folder import open_workspace
from tests.integration.mail_office import Q1, MailOffice, address_of, codes
from tests.support.dovecot import MailStore, running_dovecot
from tests.support.filling import columns_of
from tests.support.mail_server import MailServer, running_mail_server
from tests.support.replies import Reply, written, zipped_by_windows
from tests.support.returns import filled_form
from tests.support.validity import assert_valid_workbook
from tests.unit.sheets.test_packed import seven_zip

Q2 = Period.parse("2024Q2")
NOW = datetime(2024, 4, 8, 1, tzinfo=UTC)


@contextmanager
def circle(folder: Path, office: MailOffice, remind_settings: str = "") -> Iterator[tuple[MailServer, MailStore]]:
    """Give an office with its mail set up on both servers, whose certificates it trusts."""
    (folder / "smtp").mkdir()
    with running_mail_server(folder / "smtp") as server, running_dovecot() as store:
        ca_file = folder / "both.pem"
        ca_file.write_bytes(server.ca_file.read_bytes() + store.ca_file.read_bytes())
        imap = {"imap_host": "localhost", "imap_port": store.port, "imap_security": "ssl"}
        office.set_up(server, remind_settings, ca_file=str(ca_file), **imap)
        yield server, store


def chase(office: MailOffice, today: date) -> RemindResult:
    workspace = open_workspace(office.root)
    return remind(workspace, Q1, manner=Manner(Channel.SMTP), now=datetime.now(UTC), today=today)


def sent_to(result: RemindResult) -> dict[str, str]:
    """Return what each agency was sent just now: the step, or what it was sent for."""
    lines = [line for line in result.sending.lines if line.status is Status.SENT]
    return {line.dispatch.agency: line.dispatch.escalation.label or line.dispatch.errand.label for line in lines}


def collected_by(office: MailOffice) -> int:
    """Collect, and return how many workbooks that brought."""
    run = office.send(command="collect")
    assert "collected" in run.result, run.error
    return int(run.result["collected"])


def attached(server: MailServer, agency: str, place: int = -1) -> bytes:
    (content,) = server.mailboxes.of(address_of(agency))[place].attachments.values()
    return content


def filled(content: bytes, folder: Path, **values: Any) -> bytes:
    path = folder / "form.xlsx"
    path.write_bytes(content)
    return filled_form(path, **values)


def put_right(content: bytes) -> bytes:
    """Return a correction workbook with every percentage put right."""
    book = load_workbook(BytesIO(content))
    sheet = book["责任清单"]
    header, columns = columns_of(sheet, "任务编号")
    for row in range(header + 1, sheet.max_row + 1):
        if sheet[f"{columns['任务编号']}{row}"].value:
            sheet[f"{columns['完成进度(%)']}{row}"] = 45
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.servers
@pytest.mark.validator
def test_whole_circle(tmp_path: Path, mail_office: MailOffice) -> None:
    plain, zipped, packed, forwarded, faulty, *_ = names = mail_office.agencies
    with circle(tmp_path, mail_office) as (server, store):
        assert mail_office.send().code == 0

        def answer(agency: str, **values: Any) -> bytes:
            return filled(attached(server, agency), tmp_path, **values)

        (inner,) = written(
            [Reply("李某 <li@qq.com>", "回复：责任清单", attachments={"责任清单.xlsx": answer(forwarded)})]
        )
        store.deliver(
            *written(
                [
                    Reply(
                        "某局 <a@163.com>", "2024年一季度报送", attachments={"我局责任清单（定稿）.xlsx": answer(plain)}
                    ),
                    Reply(
                        "b@qq.com",
                        "报送",
                        attachments={"附件.zip": zipped_by_windows({"回复/责任清单.xlsx": answer(zipped)})},
                    ),
                    Reply("c@126.com", "报送", attachments={"附件.7z": seven_zip({"责任清单.xlsx": answer(packed)})}),
                    Reply("王某 <w@example.com>", "转发：责任清单", "帮转。", forwarded=inner),
                    Reply("e@example.com", "报送", attachments={"责任清单.xlsx": answer(faulty, percent="大部分")}),
                    Reply("f@example.com", "收到，月底前报", "收到。"),
                    Reply("g@example.com", "报送", attachments={"扫描件.pdf": b"%PDF-1.7\n"}),
                    Reply("h@example.com", "自动回复：出差", headers={"Auto-Submitted": "auto-replied"}),
                    Reply("i@example.com", "收到", attachments={"清单.xlsx": attached(server, names[8])}),
                ]
            )
        )
        before = store.state()
        collected = mail_office.send(command="collect")
        assert (collected.code, collected.result.get("collected")) == (1, 5), collected.error
        assert codes(collected) == {"message_without_files", "attachment_not_workbook", "message_automatic"}
        assert store.state() == before
        inbox = {path.name for path in (mail_office.root / "inbox" / "2024Q1").iterdir()}
        numbered = {f"责任清单 ({number}).xlsx" for number in (2, 3, 4)}
        assert inbox == {"我局责任清单（定稿）.xlsx", "责任清单.xlsx", *numbered}
        assert (mail_office.root / "inbox" / "其他来件" / "2024Q1" / "扫描件.pdf").read_bytes() == b"%PDF-1.7\n"

        again = mail_office.send(command="collect")
        assert (again.code, again.result["messages"]) == (0, [])

        consolidated = mail_office.send(command="consolidate").result
        taken = {file["agency"]: file for file in consolidated["files"] if file["verdict"] == "accepted"}
        assert set(taken) == {plain, zipped, packed, forwarded, faulty}
        assert "李某" not in taken[forwarded]["origin"]
        assert "王某 <w@example.com> 来信“转发：责任清单”" in taken[forwarded]["origin"]
        assert "附件.zip/回复/责任清单.xlsx" in taken[zipped]["origin"]

        chased = chase(mail_office, date(2024, 4, 8))
        silent = set(names) - {plain, zipped, packed, forwarded, faulty}
        assert sent_to(chased) == {**dict.fromkeys(silent, "临近截止"), faulty: "临近截止"}
        assert {line.agency for line in chased.list.lines} == {*silent, faulty}
        assert_valid_workbook(chased.path)
        draft = message_from_bytes(chased.path.with_suffix(".eml").read_bytes(), policy=policy.default)
        assert (draft["x-unsent"], [part.get_content() for part in draft.iter_attachments()]) == (
            "1",
            [chased.path.read_bytes()],
        )
        correction = attached(server, faulty)
        assert (
            correction
            == next((mail_office.root / "outputs" / "退改单" / "2024Q1").glob(f"*{faulty}_退改单.xlsx")).read_bytes()
        )
        assert sent_to(chase(mail_office, date(2024, 4, 9))) == {}
        assert mail_office.send("--corrections", "--dry-run").code == 0

        store.deliver(
            *written([Reply("e@example.com", "改好了", attachments={"责任清单.xlsx": put_right(correction)})])
        )
        assert collected_by(mail_office) == 1
        assert {one["agency"] for one in mail_office.send(command="consolidate").result["corrections"]} == set()
        assert set(sent_to(chase(mail_office, date(2024, 4, 11)))) == silent


@pytest.mark.servers
def test_chasing_step_by_step(tmp_path: Path, mail_office: MailOffice) -> None:
    others = mail_office.agencies[1:]
    with circle(tmp_path, mail_office, 'leaders = ["ld@example.gov.cn"]') as (server, _):
        mail_office.fill_in(dict.fromkeys(others, ""))  # one agency is enough to follow
        agency = mail_office.agencies[0]
        steps = [
            (date(2024, 4, 1), None),
            (date(2024, 4, 7), "临近截止"),
            (date(2024, 4, 10), None),
            (date(2024, 4, 11), "逾期催报"),
            (date(2024, 4, 14), None),
            (date(2024, 4, 15), "再次催报"),
            (date(2024, 4, 20), "抄送领导"),
            (date(2024, 5, 20), None),
        ]
        for today, step in steps:
            assert sent_to(chase(mail_office, today)) == ({agency: step} if step else {}), today
        assert server.mailboxes.counts() == {address_of(agency): 4, "ld@example.gov.cn": 1}
        subjects = [one.message["subject"] for one in server.mailboxes.of(address_of(agency))]
        assert len(set(subjects)) == 4


def test_chasing_without_mail(mail_office: MailOffice) -> None:
    workspace = open_workspace(mail_office.root)
    folder = mail_office.root / "outputs" / "分发" / "2024Q1" / mail_office.agencies[0]
    manner = Manner(Channel.FOLDER)
    assert mail_office.send("--channel", "folder").code == 0
    chased = remind(workspace, Q1, manner=manner, now=NOW, today=date(2024, 4, 11))
    assert {line.status for line in chased.sending.lines} == {Status.PLACED}
    assert {path.name for path in folder.iterdir()} == {f"2024Q1_{folder.name}_责任清单.xlsx", "逾期催报_通知.txt"}
    assert "已逾期 1 天" in (folder / "逾期催报_通知.txt").read_text(encoding="utf-8-sig")
    again = remind(workspace, Q1, manner=manner, now=NOW, today=date(2024, 4, 12))
    assert again.sending.lines == ()


@pytest.mark.servers
def test_bounce_is_told_and_answered_by_a_new_address(tmp_path: Path, mail_office: MailOffice) -> None:
    agency = mail_office.agencies[0]
    with circle(tmp_path, mail_office) as (server, store):
        assert mail_office.send("--agency", agency).code == 0
        original = server.mailboxes.of(address_of(agency))[0]
        (report,) = written(
            [Reply("Mail Delivery System <MAILER-DAEMON@qq.com>", "系统退信", forwarded=original.content)]
        )
        store.deliver(report)
        collected = mail_office.send(command="collect")
        assert (codes(collected), collected.result["collected"]) == ({"message_bounced"}, 0)
        again = mail_office.send("--agency", agency)
        assert codes(again) == {"dispatch_bounced"}
        mail_office.fill_in({agency: "new@example.gov.cn"})
        assert mail_office.send("--agency", agency).code == 0
        assert server.mailboxes.counts() == {address_of(agency): 1, "new@example.gov.cn": 1}


@pytest.mark.servers
def test_mailbox_numbered_anew_brings_nothing_twice(tmp_path: Path, mail_office: MailOffice) -> None:
    with circle(tmp_path, mail_office) as (_, store):
        form = mail_office.forms()[mail_office.agencies[0]]
        store.deliver(*written([Reply("a@163.com", "报送", attachments={"清单.xlsx": filled(form, tmp_path)})]))
        assert collected_by(mail_office) == 1
        for path in store.inbox.glob("dovecot*"):  # what a server that was restored from a backup has lost
            path.unlink()
        again = mail_office.send(command="collect")
        assert (again.result["messages"], again.code) == ([], 0)
        assert len(list((mail_office.root / "inbox" / "2024Q1").iterdir())) == 1


def test_watched_folder(tmp_path: Path, mail_office: MailOffice) -> None:
    first, second = mail_office.agencies[:2]
    forms = mail_office.forms()
    shared = watch_a_folder(mail_office, tmp_path)
    assert codes(mail_office.send(command="collect")) == {"watched_folder_missing"}
    (shared / second).mkdir(parents=True)
    (shared / "清单.xlsx").write_bytes(filled(forms[first], tmp_path))
    (shared / second / "清单.xlsx").write_bytes(filled(forms[second], tmp_path))
    (shared / second / "原件.xlsx").write_bytes(forms[second])
    (shared / second / "说明.pdf").write_bytes(b"%PDF-1.7\n")
    collected = mail_office.send(command="collect")
    assert (collected.result["collected"], codes(collected)) == (2, {"attachment_not_workbook"})
    assert mail_office.send(command="collect").result["messages"] == []
    accepted = [one for one in mail_office.send(command="consolidate").result["files"] if one["verdict"] == "accepted"]
    assert {one["agency"] for one in accepted} == {first, second}
    assert all("文件夹" in one["origin"] for one in accepted)
    assert len(list(shared.rglob("*.xlsx"))) == 3


def test_form_of_another_period_goes_into_its_own_inbox(tmp_path: Path, mail_office: MailOffice) -> None:
    shared = watch_a_folder(mail_office, tmp_path)
    shared.mkdir()
    workspace = open_workspace(mail_office.root)
    issue_forms(workspace, Q2, now=NOW, today=NOW.date())
    (shared / "清单.xlsx").write_bytes(filled(mail_office.forms()[mail_office.agencies[0]], tmp_path))
    result = collect_returns(workspace, Q2, now=NOW)
    assert [finding.code for finding in result.findings] == ["collected_other_period"]
    assert (mail_office.root / "inbox" / "2024Q1" / "清单.xlsx").is_file()


def test_watching_sees_what_comes(tmp_path: Path, mail_office: MailOffice) -> None:
    shared = watch_a_folder(mail_office, tmp_path)
    shared.mkdir()
    stop = Event()
    looks = watch_returns(open_workspace(mail_office.root), Q1, clock=lambda: datetime.now(UTC), stop=stop)
    assert next(looks).messages == ()
    content = filled(mail_office.forms()[mail_office.agencies[0]], tmp_path)
    Timer(0.5, lambda: (shared / "清单.xlsx").write_bytes(content)).start()
    assert [file.name for file in next(looks).workbooks] == ["清单.xlsx"]
    stop.set()


def watch_a_folder(office: MailOffice, folder: Path) -> Path:
    """Set the office up to watch one folder, which is not there yet, and return that."""
    shared = folder / "共享"
    office.set_up(None)
    settings = office.root / "planbook.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[mail]", f'[mail]\nwatched_folders = ["{shared}"]'), encoding="utf-8")
    return shared
