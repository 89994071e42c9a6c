"""Forms on their way to agencies, through a real server with TLS and authentication."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planbook.actions.opening import new_run
from planbook.ledger.store import open_ledger
from planbook.model.review import ReviewChange
from tests.integration.mail_office import MailOffice, address_of, codes, statuses, with_password
from tests.support.command import planbook
from tests.support.mail_server import Mailboxes, MailServer, running_mail_server
from tests.support.validity import assert_valid_workbook


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


@pytest.mark.servers
def test_each_bad_mood_is_told_and_the_rest_delivered(tmp_path: Path, mail_office: MailOffice) -> None:
    nobody, full, full_for_now, grey, always_grey, dropped, spam = mail_office.agencies[:7]
    boxes = Mailboxes(
        at_recipient={
            address_of(nobody): ["550 5.1.1 User unknown"],
            address_of(full): ["552 5.2.2 Mailbox full"],
            address_of(full_for_now): ["452 4.2.2 Over quota"],
            address_of(grey): ["451 4.7.1 Greylisted, try again later", "250 OK"],
            address_of(always_grey): ["450 4.2.0 Greylisted"],
            address_of(dropped): ["drop", "250 OK"],
        },
        at_end={address_of(spam): ["554 DT:SPM 163 smtp"]},
    )
    with running_mail_server(tmp_path, boxes) as server:
        mail_office.set_up(server)
        run = mail_office.send()
        expected = dict.fromkeys(mail_office.agencies, "sent")
        expected |= {
            nobody: "refused",
            full: "refused",
            full_for_now: "deferred",
            always_grey: "deferred",
            spam: "refused",
        }
        assert (run.code, statuses(run)) == (1, expected)
        reasons = {line["agency"]: line["reason"] for line in run.result["dispatches"]}
        for agency, word in (
            (nobody, "不存在"),
            (full, "已满"),
            (full_for_now, "已满"),
            (always_grey, "稍后"),
            (spam, "垃圾邮件"),
        ):
            assert word in reasons[agency]
            assert "\n" not in reasons[agency]
        boxes.at_recipient.clear()
        boxes.at_end.clear()
        again = mail_office.send()
        assert {name for name, status in statuses(again).items() if status == "sent"} == {
            *(nobody, full, full_for_now, always_grey, spam),
        }
        assert boxes.counts() == {address_of(name): 1 for name in mail_office.agencies}


@pytest.mark.servers
def test_the_ledger_shows_what_went_out_how_and_with_what_outcome(tmp_path: Path, mail_office: MailOffice) -> None:
    nobody, *rest = mail_office.agencies
    boxes = Mailboxes(at_recipient={address_of(nobody): ["550 5.1.1 User unknown"]})
    with running_mail_server(tmp_path, boxes) as server:
        mail_office.set_up(server)
        assert mail_office.send("--test-to", "me@example.gov.cn").code == 0
        assert mail_office.send().code == 1
    assert mail_office.send("--agency", nobody, "--channel", "folder").code == 0
    run = mail_office.send(command="ledger")
    sheet = load_workbook(run.result["ledger"])["分发情况"]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    place = next(number for number, row in enumerate(rows) if row[0] == "时间")
    lines = [dict(zip(rows[place], row, strict=True)) for row in rows[place + 1 :] if row[0]]
    assert Counter((line["单位"], line["方式"]) for line in lines) == Counter(
        [(name, "邮件") for name in mail_office.agencies] + [(nobody, "文件夹")]
    )  # and not the trial, which counts for nothing
    delivered = {one.recipient for one in boxes.delivered} - {"me@example.gov.cn"}
    for line in lines:
        agency = line["单位"]
        assert line["事项"] == "责任清单"
        assert line["附件"] == f"2024Q1_{agency}_责任清单.xlsx"
        if line["方式"] == "文件夹":
            continue
        assert line["收件"] == address_of(agency)
        assert (line["结果"] == "已发出") == (address_of(agency) in delivered)
    (refused,) = [line for line in lines if line["单位"] == nobody and line["方式"] == "邮件"]
    assert "不存在" in refused["说明"]
    assert delivered == {address_of(name) for name in rest}
    assert [line["时间"] for line in lines] == sorted(line["时间"] for line in lines)


@pytest.mark.servers
@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("password", "授权码"),
        ("expired", "过期"),
        ("away", "没有开着"),
        ("untrusted", "不受信任"),
        ("plain", "STARTTLS"),
    ],
)
def test_server_that_does_not_let_us_in(
    tmp_path: Path, mail_office: MailOffice, monkeypatch: pytest.MonkeyPatch, fault: str, word: str
) -> None:
    if fault == "password":
        monkeypatch.setenv("PLANBOOK_SMTP_PASSWORD", "wrong")
    with running_mail_server(tmp_path, is_expired=fault == "expired", offers_tls=fault != "plain") as server:
        mail_office.set_up(
            server, **({"smtp_port": 1} if fault == "away" else {"ca_file": ""} if fault == "untrusted" else {})
        )
        run = mail_office.send()
        assert (run.code, set(statuses(run).values())) == (2, {"deferred"})
        assert all(word in line["reason"] for line in run.result["dispatches"])
        assert server.mailboxes.delivered == []


@pytest.mark.servers
def test_swapped_workbooks_are_caught(server: MailServer, mail_office: MailOffice) -> None:
    first, second, third, fourth = mail_office.agencies[:4]
    folder = mail_office.root / "forms" / "2024Q1"
    one, other, altered, gone = (folder / f"2024Q1_{name}_责任清单.xlsx" for name in (first, second, third, fourth))
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    altered.write_bytes(altered.read_bytes() + b"x")
    gone.unlink()
    mail_office.set_up(server)
    run = mail_office.send()
    assert run.code == 1
    held = {line["agency"] for line in run.result["dispatches"] if line["status"] == "held"}
    assert held == {first, second, third, fourth}
    found = {finding["code"] for finding in run.result["findings"]}
    assert found == {"dispatch_seal_wrong", "dispatch_file_altered", "dispatch_file_missing"}
    assert server.mailboxes.counts() == {address_of(name): 1 for name in mail_office.agencies[4:]}


@pytest.mark.servers
def test_addresses_that_nothing_goes_to(server: MailServer, mail_office: MailOffice) -> None:
    none, injected, several, twin, other_twin, shared, other_shared = mail_office.agencies[:7]
    mail_office.fill_in(
        {
            none: "",
            injected: "a@example.gov.cn\r\nBcc: all@example.com",
            several: "a@example.gov.cn,b@example.gov.cn",
            twin: "Twin@example.gov.cn",
            other_twin: "twin@example.gov.cn",
            shared: "shared@example.gov.cn",
            other_shared: "shared@example.gov.cn",
        }
    )
    mail_office.set_up(server, shared_addresses=["shared@example.gov.cn"])
    run = mail_office.send()
    held = {line["agency"] for line in run.result["dispatches"] if line["status"] == "held"}
    assert (run.code, held) == (1, {none, injected, several, twin, other_twin})
    assert codes(run) == {"address_missing", "address_invalid", "address_shared"}
    assert {one.recipient for one in server.mailboxes.delivered} == {
        "shared@example.gov.cn",
        *(address_of(name) for name in mail_office.agencies[7:]),
    }
    alone = mail_office.send("--agency", twin)
    assert statuses(alone) == {twin: "held"}


@pytest.mark.servers
@pytest.mark.parametrize("mark", ["秘密★1年", "内部资料 注意保存", "公开属性：不予公开"])
def test_secrecy_mark_stops_mail_and_not_folders(
    tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    with_password(monkeypatch)
    office = MailOffice.make(tmp_path / "marked", 2, mark)
    office.set_up(server)
    for channel in ("smtp", "eml"):
        run = office.send("--channel", channel)
        assert (run.code, set(statuses(run).values()), codes(run)) == (1, {"held"}, {"dispatch_secret"})
    assert server.mailboxes.delivered == []
    assert not (office.root / "outputs" / "邮件草稿").exists()
    placed = office.send("--channel", "folder")
    assert (placed.code, set(statuses(placed).values())) == (0, {"placed"})


def test_folders_with_a_sheet_to_sign(mail_office: MailOffice) -> None:
    forms = mail_office.forms()
    run = mail_office.send("--channel", "folder")
    assert (run.code, set(statuses(run).values())) == (0, {"placed"})
    folder = mail_office.root / "outputs" / "分发" / "2024Q1"
    for agency, content in forms.items():
        (file,) = (folder / agency).iterdir()
        assert file.read_bytes() == content
    sheet = load_workbook(folder / "2024Q1_签收表.xlsx")["签收表"]
    assert {str(row[1].value) for row in sheet.iter_rows(min_row=4)} == set(mail_office.agencies)
    assert_valid_workbook(folder / "2024Q1_签收表.xlsx")
    filled_in = folder / mail_office.agencies[0] / f"2024Q1_{mail_office.agencies[0]}_责任清单.xlsx"
    filled_in.write_bytes(b"filled in by the agency")
    assert set(statuses(mail_office.send("--channel", "folder")).values()) == {"already"}
    assert filled_in.read_bytes() == b"filled in by the agency"


def test_drafts_to_send_by_hand(mail_office: MailOffice) -> None:
    mail_office.set_up(None)
    refused = mail_office.send("--channel", "eml")
    assert refused.code == 2
    path = mail_office.root / "planbook.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[mail]", '[mail]\naddress = "dcs@example.gov.cn"'), "utf-8"
    )
    run = mail_office.send("--channel", "eml")
    assert (run.code, set(statuses(run).values())) == (0, {"drafted"})
    for agency, content in mail_office.forms().items():
        draft = (mail_office.root / "outputs" / "邮件草稿" / "2024Q1" / f"{agency}.eml").read_bytes()
        message = message_from_bytes(draft, policy=policy.default)
        assert message["x-unsent"] == "1"
        assert [part.get_content() for part in message.iter_attachments()] == [content]


@pytest.mark.servers
def test_trial_goes_to_oneself_and_counts_for_nothing(server: MailServer, mail_office: MailOffice) -> None:
    mail_office.set_up(server)
    run = mail_office.send("--test-to", "me@example.gov.cn")
    assert (run.code, server.mailboxes.counts()) == (0, {"me@example.gov.cn": 24})
    assert all("测试" in one.message["subject"] for one in server.mailboxes.delivered)
    assert set(statuses(mail_office.send("--dry-run")).values()) == {"ready"}


@pytest.mark.servers
def test_template_of_the_office_is_used_and_a_hostile_one_refused(server: MailServer, mail_office: MailOffice) -> None:
    mail_office.set_up(server)
    templates = mail_office.root / "templates" / "mail"
    agency = mail_office.agencies[0]
    (templates / "分发.txt").write_text("主题：请填表\n\n{{ 单位 }}，请填。\n", encoding="utf-8")
    assert mail_office.send("--preview", agency).result["text"] == f"{agency}，请填。\n"
    (templates / "分发.html").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    run = mail_office.send()
    assert (run.code, "分发.html" in run.error) == (2, True)
    assert server.mailboxes.delivered == []


@pytest.mark.servers
def test_reissued_form_goes_out_again_with_what_changed(server: MailServer, mail_office: MailOffice) -> None:
    mail_office.set_up(server)
    agency = mail_office.agencies[0]
    assert mail_office.send("--agency", agency).code == 0
    with open_ledger(mail_office.root / "planbook.db") as ledger:
        task = ledger.plans.tasks()[0]
        revised = replace(task, deadline=date(2025, 6, 30), is_confirmed=True)
        ledger.reviews.apply(
            new_run("confirm", datetime.now(UTC)),
            ReviewChange((revised,), (), (), (), (), (), ledger.agencies.directory(), (), ()),
        )
    assert planbook("issue", "--period", "2024Q1", "--agency", agency, workspace=mail_office.root).code == 0
    assert statuses(mail_office.send("--agency", agency)) == {agency: "sent"}
    text = server.mailboxes.of(address_of(agency))[1].message.get_body(("plain",))
    assert text is not None
    assert "完成时限有调整 1 项" in text.get_content()
