"""What an inbox really holds: each file gets its verdict, and the good ones all go in."""

import hashlib
import io
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook

from tests.integration.conftest import Office, issued_office
from tests.support.command import planbook
from tests.support.filling import columns_of
from tests.support.office import Step, convert, edit_workbooks
from tests.support.returns import filled_form

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(2000) + b"\xff\xd9"


def verdicts(result: dict[str, Any]) -> dict[str, str]:
    return {Path(file["path"]).name: file["verdict"] for file in result["files"]}


@pytest.mark.office
def test_odd_files_get_their_verdict_and_the_good_ones_go_in(office: Office, tmp_path: Path) -> None:
    agencies = list(office.forms)[:4]
    for agency in agencies[:2]:
        (office.inbox / f"{agency}.xlsx").write_bytes(filled_form(office.forms[agency]))
    as_sent = tmp_path / "旧版.xlsx"
    as_sent.write_bytes(filled_form(office.forms[agencies[2]]))
    shutil.copy(convert(as_sent, "xls", tmp_path), office.inbox / "旧版.xls")
    (office.inbox / "文本.xlsx").write_text("这是一个文本文件，不是表格。", encoding="utf-8")
    (office.inbox / "空.xlsx").write_bytes(b"")
    (office.inbox / "~$省科技厅.xlsx").write_bytes(b"\x06user" + bytes(160))
    (office.inbox / "照片.jpg").write_bytes(PHOTO)
    (office.inbox / "照片改名.xlsx").write_bytes(PHOTO)
    result = office.consolidate()
    assert verdicts(result) == {
        f"{agencies[0]}.xlsx": "accepted",
        f"{agencies[1]}.xlsx": "accepted",
        "旧版.xls": "accepted",
        "文本.xlsx": "rejected",
        "空.xlsx": "rejected",
        "~$省科技厅.xlsx": "skipped",
        "照片.jpg": "rejected",
        "照片改名.xlsx": "rejected",
    }
    assert all(file["reason"] for file in result["files"] if file["verdict"] != "accepted")
    assert {agency for agency, _ in office.export()} == set(agencies[:3])
    assert set(result["missing_agencies"]) == set(office.forms) - set(agencies[:3])


def test_files_inside_archives_and_mails_go_in(office: Office) -> None:
    first, second, third = list(office.forms)[:3]
    with zipfile.ZipFile(office.inbox / "打包.zip", "w") as archive:
        name = "季度/回表.xlsx".encode("gbk").decode("cp437")  # as Windows' own compression writes it
        archive.writestr(zipfile.ZipInfo(name), filled_form(office.forms[first]))
    inner = EmailMessage()
    inner["Subject"] = "转发：责任清单"
    inner.set_content("见附件")
    inner.add_attachment(
        filled_form(office.forms[second]), maintype="application", subtype="octet-stream", filename="清单.xlsx"
    )
    outer = EmailMessage()
    outer["Subject"] = "Fw"
    outer.set_content("转发")
    outer.add_attachment(inner)
    (office.inbox / "邮件.eml").write_bytes(outer.as_bytes())
    folder = office.inbox / "子文件夹"
    folder.mkdir()
    (folder / "x.xlsx").write_bytes(filled_form(office.forms[third]))
    result = office.consolidate()
    assert sorted(file["verdict"] for file in result["files"]) == ["accepted"] * 3
    assert {agency for agency, _ in office.export()} == {first, second, third}


@pytest.mark.office
def test_files_shut_with_a_password_are_named_as_such(office: Office, tmp_path: Path) -> None:
    """Shut as Excel does (an encrypted package in a compound file), and by LibreOffice in its two older formats."""
    agency = next(iter(office.forms))
    filled = tmp_path / "填好.xlsx"
    filled.write_bytes(filled_form(office.forms[agency]))
    with (office.inbox / "加密.xlsx").open("wb") as target, filled.open("rb") as source:
        OOXMLFile(source).encrypt("123456", target)
    steps: list[Step] = [("save", str(office.inbox / f"加密.{suffix}"), "123456") for suffix in ("xls", "ods")]
    edit_workbooks([(filled, steps)])
    files = office.consolidate()["files"]
    assert [file["verdict"] for file in files] == ["rejected"] * 3
    assert {file["reason"] for file in files} == {"文件设置了打开密码，请报送单位去掉密码后重新报送。"}


def test_mails_in_a_zip_and_zips_in_a_mail_are_opened(office: Office) -> None:
    agencies = list(office.forms)[:3]
    one, two, three = (filled_form(office.forms[agency]) for agency in agencies)

    def mail(name: str, content: bytes) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@b.gov.cn", "x@y.gov.cn", "回表"
        message.set_content("见附件")
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        return message

    def zipped(**members: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in members.items():
                archive.writestr(name.replace("_", "."), content)
        return buffer.getvalue()

    forward = EmailMessage()
    forward["From"], forward["To"], forward["Subject"] = "c@b.gov.cn", "x@y.gov.cn", "转发：回表"
    forward.set_content("请收")
    forward.add_attachment(mail("表.xlsx", two))
    (office.inbox / "打包.zip").write_bytes(zipped(邮件_eml=bytes(mail("回表.xlsx", one)), 转发_eml=bytes(forward)))
    (office.inbox / "套娃.eml").write_bytes(bytes(mail("外.zip", zipped(内_zip=zipped(表_xlsx=three)))))
    files = office.consolidate()["files"]
    assert {file["agency"]: file["verdict"] for file in files} == dict.fromkeys(agencies, "accepted")


def test_a_file_of_another_workspace_is_rejected(office: Office, tmp_path: Path) -> None:
    other = issued_office(tmp_path / "别处")
    agency, form = next(iter(other.forms.items()))
    (office.inbox / f"{agency}.xlsx").write_bytes(filled_form(form))
    result = office.consolidate()
    assert verdicts(result) == {f"{agency}.xlsx": "rejected"}
    assert office.export() == {}


def test_a_workbook_that_is_no_form_is_rejected(office: Office) -> None:
    book = Workbook()
    book.active.append(["姓名", "电话"])  # type: ignore[union-attr]
    book.save(office.inbox / "通讯录.xlsx")
    assert verdicts(office.consolidate()) == {"通讯录.xlsx": "rejected"}


def test_a_form_sent_back_empty_does_not_count_as_an_answer(office: Office) -> None:
    agency, form = next(iter(office.forms.items()))
    (office.inbox / "1.xlsx").write_bytes(filled_form(form))
    office.consolidate()
    (office.inbox / "2.xlsx").write_bytes(form.read_bytes())
    result = office.consolidate()
    assert verdicts(result)["2.xlsx"] == "rejected"
    assert agency not in result["missing_agencies"]
    assert {name for name, _ in office.export()} == {agency}


def test_the_newest_version_is_in_force_whatever_the_order_of_arrival(office: Office) -> None:
    form = next(iter(office.forms.values()))
    old, new = filled_form(form, percent=30), filled_form(form, percent=60)

    def saved(content: bytes, moment: str) -> bytes:
        source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in source.infolist():
                text = source.read(entry)
                if entry.filename == "docProps/core.xml":
                    before, _, rest = text.decode().partition("<dcterms:modified")
                    head, _, tail = rest.partition(">")
                    text = f"{before}<dcterms:modified{head}>{moment}<{tail.partition('<')[2]}".encode()
                copy.writestr(entry, text)
        return target.getvalue()

    start = datetime.now(UTC) + timedelta(minutes=1)
    (office.inbox / "a 第二版.xlsx").write_bytes(saved(new, f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"))
    (office.inbox / "b 第一版.xlsx").write_bytes(saved(old, f"{start:%Y-%m-%dT%H:%M:%SZ}"))
    assert verdicts(office.consolidate()) == {"a 第二版.xlsx": "accepted", "b 第一版.xlsx": "superseded"}
    assert {row["completion_percent"] for row in office.export().values() if "completion_percent" in row} == {60}


def test_an_agency_cannot_write_another_agencys_row(office: Office) -> None:
    (first, first_form), (_, second_form) = list(office.forms.items())[:2]
    book, other = load_workbook(io.BytesIO(filled_form(first_form))), load_workbook(second_form)
    sheet, source = book["责任清单"], other["责任清单"]
    header, columns = columns_of(sheet, "任务编号")
    own = {sheet[f"{columns['任务编号']}{row}"].value for row in range(header + 1, sheet.max_row + 1)}
    column = columns["任务编号"]
    foreign = [
        row
        for row in range(header + 1, source.max_row + 1)
        if source[f"{column}{row}"].value and source[f"{column}{row}"].value not in own
    ]
    assert foreign
    target = sheet.max_row + 1
    for column_number, cell in enumerate(source[foreign[0]], start=1):
        sheet.cell(target, column_number).value = cell.value
    sheet[f"{columns['进展状态']}{target}"] = "已完成"
    book.save(office.inbox / "越权.xlsx")
    result = office.consolidate()
    code = source[f"{column}{foreign[0]}"].value
    assert {agency for agency, _ in office.export()} == {first}
    assert code not in {task for _, task in office.export()}
    assert any(f"{target}" in (finding["location"] or "") for finding in result["files"][0]["findings"])


@pytest.mark.parametrize("how", ["as issued", "pasted as values into a new workbook"])
def test_another_periods_form_waits_for_the_clerk(office: Office, how: str) -> None:
    agency = next(iter(office.forms))
    issued = planbook("issue", "--period", "2023Q4", "--agency", agency, workspace=office.root)
    content = filled_form(Path(issued.result["forms"][0]["path"]))
    if how != "as issued":
        source, copy = load_workbook(io.BytesIO(content))["责任清单"], Workbook()
        for row in source.iter_rows(values_only=True):
            copy.active.append(row)  # type: ignore[union-attr]
        buffer = io.BytesIO()
        copy.save(buffer)
        content = buffer.getvalue()
    (office.inbox / "晚到.xlsx").write_bytes(content)
    result = office.consolidate()
    (outcome,) = result["files"]
    assert (outcome["verdict"], outcome["agency"]) == ("unclaimed", agency)
    assert "2023年第四季度" in outcome["reason"]
    assert office.export() == {}


def test_a_form_pasted_as_values_into_a_new_workbook_is_known_by_its_codes(office: Office) -> None:
    agency, form = next(iter(office.forms.items()))
    source, copy = load_workbook(io.BytesIO(filled_form(form)))["责任清单"], Workbook()
    for row in source.iter_rows(values_only=True):
        copy.active.append(row)  # type: ignore[union-attr]
    copy.save(office.inbox / "粘贴.xlsx")
    result = office.consolidate()
    (outcome,) = result["files"]
    assert (outcome["verdict"], outcome["agency"]) == ("accepted", agency)
    assert "identified_by_codes" in [finding["code"] for finding in outcome["findings"]]
    assert {name for name, _ in office.export()} == {agency}


def test_a_return_of_which_nothing_is_certain_is_not_called_empty(office: Office) -> None:
    form = max(office.forms.values(), key=lambda path: path.stat().st_size)
    book = load_workbook(io.BytesIO(filled_form(form)))
    sheet = book["责任清单"]
    header, columns = columns_of(sheet, "任务编号")
    cells = [sheet[f"{columns['任务编号']}{row}"] for row in range(header + 1, sheet.max_row + 1)]
    codes = [cell.value for cell in cells]
    for cell, code in zip(cells, [*codes[1:], codes[0]], strict=True):  # one column moved against the others
        cell.value = code
    book.save(office.inbox / "错位.xlsx")
    (outcome,) = office.consolidate()["files"]
    assert (outcome["verdict"], office.export()) == ("rejected", {})
    assert "空的" not in outcome["reason"]
    assert any(finding["severity"] == "error" for finding in outcome["findings"])


def test_what_the_archive_holds_is_read_only_if_it_is_what_came_in(office: Office) -> None:
    """A crash or a full disk may have left another content under the digest of a return."""
    agency = next(iter(office.forms))
    content = filled_form(office.forms[agency])
    (office.inbox / "回表.xlsx").write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    archived = office.root / "archive" / sha256[:2] / sha256
    archived.parent.mkdir(parents=True)
    archived.write_bytes(filled_form(office.forms[agency], percent=99))
    assert verdicts(office.consolidate()) == {"回表.xlsx": "accepted"}
    assert archived.read_bytes() == content
    assert {one["completion_percent"] for one in office.export().values() if "completion_percent" in one} == {40}
