"""Whose form a workbook is: by seal, by codes, by headers, agency and titles; and when nobody can tell."""

from dataclasses import replace

import pytest

from planbook.forms.candidates import Candidate
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.identify import Claim, Identification, identify
from planbook.forms.manifest import open_seal
from planbook.forms.tables import survey
from planbook.model.form import Form, Role
from planbook.model.period import Period
from planbook.model.submission import Anchor
from tests.support.tables import KEY, EditableBook, EditableSheet, issued_book, sheet_of
from tests.unit.forms.return_samples import CODES, FILLED, ONE, filled_book, places, return_form

Q1, Q2 = Period.parse("2024Q1"), Period.parse("2024Q2")
OWN = return_form()
# Shares two tasks with OWN, in the other role.
FINANCE = return_form(
    form_id="finance1",
    agency="省财政厅",
    tasks=(replace(OWN.tasks[0], role=Role.SUPPORT), replace(OWN.tasks[3], role=Role.LEAD)),
    indicators=(),
)
NEXT = return_form(
    form_id="next1",
    period=Q2,
    tasks=tuple(replace(task, previous_progress=f"一季度{task.title}已推进。") for task in OWN.tasks),
)
FORMS = (OWN, FINANCE, NEXT)


def _identify(book: EditableBook, forms: tuple[Form, ...] = FORMS, asked: Period = Q1) -> Identification:
    raw = book.raw()
    candidates = tuple(Candidate.of(form) for form in forms)
    return identify(
        survey(raw, DEFAULT_LAYOUT),
        open_seal(raw, [KEY], OWN.workspace_id),
        {one.form_id: one for one in candidates},
        asked=asked,
    )


def _reason(found: Identification) -> str | None:
    return places([found.reason])[0][0] if found.reason else None


def _codes(found: Identification) -> list[str]:
    return [code for code, _ in places(found.findings)]


def test_a_seal_that_holds_names_the_form() -> None:
    found = _identify(filled_book())
    assert (found.claim, found.form_id, found.agency, found.anchor) == (
        Claim.CLAIMED,
        OWN.form_id,
        "省科技厅",
        Anchor.MANIFEST,
    )
    assert found.reason is None
    assert found.findings == ()


def test_the_property_alone_is_a_seal() -> None:
    book = filled_book()
    book.drop("_planbook")
    assert _identify(book).anchor is Anchor.MANIFEST


def test_a_form_of_another_workspace_is_not_ours() -> None:
    other = return_form(workspace_id="ffffffffffffffff")
    found = _identify(filled_book(other))
    assert (found.claim, _reason(found)) == (Claim.NOT_OURS, "form_of_other_workspace")


def test_a_forged_seal_is_never_believed_but_says_whose_it_may_be() -> None:
    book = filled_book()
    book.properties.clear()
    manifest = book["_planbook"]
    for row in manifest.rows:
        if row[0] == "agency":
            row[1] = "省财政厅"
    found = _identify(book)
    assert (found.claim, _reason(found), found.agency) == (Claim.UNCLAIMED, "seal_broken", "省科技厅")
    assert found.anchor is None


def test_one_seal_that_holds_beside_a_broken_one_is_noted() -> None:
    book = filled_book()
    book.properties["planbook"] += "0"
    found = _identify(book)
    assert (found.claim, _codes(found)) == (Claim.CLAIMED, ["seal_damaged"])


def test_forms_of_two_agencies_in_one_workbook_are_nobodys() -> None:
    book = filled_book()
    other = issued_book(FINANCE)
    for sheet in other.sheets:
        sheet.name += "2"
    book.sheets += other.sheets
    found = _identify(book)
    assert (found.claim, _reason(found), found.form_id) == (Claim.UNCLAIMED, "several_forms", None)


def test_a_form_that_was_never_put_on_record_is_unclaimed() -> None:
    found = _identify(filled_book(), forms=(FINANCE,))
    assert (found.claim, _reason(found), found.agency) == (Claim.UNCLAIMED, "form_not_on_record", "省科技厅")


@pytest.mark.parametrize("forms", [FORMS, (NEXT,)])
def test_another_periods_form_is_named_with_its_period(forms: tuple[Form, ...]) -> None:
    found = _identify(filled_book(), forms=forms, asked=Q2)
    assert (found.claim, _reason(found), found.period) == (Claim.UNCLAIMED, "form_of_other_period", Q1)


def test_swapped_sheets_are_seen_by_the_agency_they_name() -> None:
    book = filled_book()
    book.sheets[1] = issued_book(FINANCE).tasks
    found = _identify(book)
    assert (found.claim, _reason(found)) == (Claim.UNCLAIMED, "contents_of_other_agency")


def test_swapped_rows_are_seen_by_their_codes_and_roles() -> None:
    book = filled_book(FINANCE) if FINANCE.indicators else issued_book(FINANCE)
    own = filled_book()
    header = book.tasks.header_row()
    book.tasks.rows[header:] = own.tasks.rows[own.tasks.header_row() :]
    found = _identify(book)
    assert (found.claim, _reason(found)) == (Claim.UNCLAIMED, "contents_of_other_agency")


def test_another_periods_sheet_in_this_periods_form_is_seen() -> None:
    book = filled_book()
    book.sheets[1] = issued_book(NEXT).tasks
    found = _identify(book)
    assert (found.claim, _reason(found)) == (Claim.UNCLAIMED, "contents_of_other_period")


def test_without_a_seal_codes_titles_agency_and_period_are_enough() -> None:
    book = filled_book()
    book.drop_seal()
    found = _identify(book)
    assert (found.claim, found.form_id, found.anchor) == (Claim.CLAIMED, OWN.form_id, Anchor.CODES)
    assert _codes(found) == ["identified_by_codes"]


def test_pasted_rows_without_any_heading_are_told_by_roles_and_last_periods_text() -> None:
    book = filled_book()
    table = EditableSheet("Sheet1", book.tasks.rows[book.tasks.header_row() - 1 :])
    found = _identify(EditableBook([table]))
    assert (found.claim, found.form_id) == (Claim.CLAIMED, OWN.form_id)
    # The same rows could be the next period's just as well, were it not for 上期进展.
    table.delete_column("上期进展")
    found = _identify(EditableBook([table]))
    assert (found.claim, _reason(found), found.agency) == (Claim.UNCLAIMED, "period_unclear", "省科技厅")


def test_codes_without_titles_prove_nothing_since_every_workspace_has_them() -> None:
    found = _identify(EditableBook([sheet_of("Sheet1", FILLED)]))
    assert (found.claim, _reason(found)) == (Claim.UNCLAIMED, "agency_unclear")


def test_codes_with_other_titles_are_another_workspaces() -> None:
    book = filled_book()
    book.drop_seal()
    for code in CODES:
        book.tasks.set(code, "任务名称", f"整治河道{code}")
    book.drop("指标进度")
    found = _identify(book)
    assert (found.claim, _reason(found)) == (Claim.NOT_OURS, "rows_not_ours")


def test_rows_of_two_agencies_pasted_together_are_nobodys() -> None:
    """One row is 省财政厅's with its code; those of 省科技厅 have lost theirs, and their roles deny 省财政厅."""
    book = filled_book()
    table = EditableSheet("Sheet1", book.tasks.rows[book.tasks.header_row() - 1 :])
    for code in CODES:
        table.set(code, "任务编号", None)
    finance = issued_book(FINANCE).tasks
    table.rows[1] = finance.rows[finance.row(ONE) - 1]
    found = _identify(EditableBook([table]))
    assert found.claim is Claim.UNCLAIMED
    del table.rows[2:]
    assert _identify(EditableBook([table])).agency == "省财政厅"


def test_rows_that_two_agencies_may_have_sent_are_nobodys() -> None:
    book = filled_book()
    table = EditableSheet("Sheet1", book.tasks.rows[book.tasks.header_row() - 1 :])
    table.delete_column("承担角色(牵头/配合)")
    table.rows = [table.rows[0], *(row for row in table.rows if ONE in row)]
    found = _identify(EditableBook([table]))
    assert (found.claim, _reason(found), found.agency) == (Claim.UNCLAIMED, "agency_unclear", None)


def test_an_agency_that_has_not_got_these_tasks_is_a_contradiction() -> None:
    book = filled_book()
    book.drop_seal()
    book.drop("填报说明", "指标进度")
    book.tasks.rows[1] = ["填报单位：省财政厅"]
    found = _identify(book)
    assert found.claim is Claim.UNCLAIMED


def test_the_newest_version_of_a_form_is_meant_where_no_seal_says_which() -> None:
    newer = replace(OWN, form_id="newer", version=2)
    book = filled_book()
    book.drop_seal()
    assert _identify(book, forms=(OWN, newer, FINANCE)).form_id == "newer"


def test_without_codes_headers_agency_and_titles_must_agree() -> None:
    book = filled_book()
    book.drop_seal()
    book.tasks.delete_column("任务编号")
    book.drop("指标进度")
    found = _identify(book)
    assert (found.claim, found.form_id, found.anchor) == (Claim.CLAIMED, OWN.form_id, Anchor.HEADERS)
    assert _codes(found) == ["identified_by_headers"]
    book.drop("填报说明")
    book.tasks.rows[1] = []
    assert _reason(_identify(book)) == "agency_unclear"


def test_other_tables_are_not_ours() -> None:
    for table in ("姓名 | 年龄\n张三 | 33", "序号 | 任务名称 | 牵头单位 | 备注\n1 | 修路 | 交通局 | 无", ""):
        found = _identify(EditableBook([sheet_of("Sheet1", table)]))
        assert (found.claim, _reason(found)) == (Claim.NOT_OURS, "not_a_form")
    assert _identify(EditableBook([])).claim is Claim.NOT_OURS


_HEADLESS = "序号 | 任务名称 | 承担角色 | 进展状态 | 完成进度(%) | 本期进展情况 | 填报人"


def _own_table(title: str, *, sheet: str = "Sheet1") -> EditableBook:
    """The tasks retyped into a table of the agency's own: no seal, no codes, no label, a title above."""
    rows = [
        f"{number} | {task.title} | {task.role} | 达到序时 | 40 | 推进 | 张三" for number, task in enumerate(OWN.tasks)
    ]
    return EditableBook([sheet_of(sheet, "\n".join([title, _HEADLESS, *rows]))])


@pytest.mark.parametrize(
    "title",
    [
        "省科技厅2024年第一季度重点任务进展情况表",
        "2024年一季度省科学技术厅任务落实情况",
        "附件2 湘江省重点任务责任清单（省科技厅）2024年第一季度",
        "2024年第一季度重点任务责任清单 | 报送单位：省科技厅",
    ],
)
def test_a_title_alone_may_name_agency_and_period(title: str) -> None:
    found = _identify(_own_table(title))
    assert (found.claim, found.form_id, found.anchor) == (Claim.CLAIMED, OWN.form_id, Anchor.HEADERS)
    assert _codes(found) == ["identified_by_headers"]


def test_a_sheets_name_may_name_the_agency() -> None:
    found = _identify(_own_table("2024年第一季度重点任务责任清单", sheet="省科技厅"))
    assert (found.claim, found.form_id) == (Claim.CLAIMED, OWN.form_id)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("2024年第一季度重点任务责任清单", "agency_unclear"),
        ("长沙省科技厅2024年第一季度责任清单", "agency_unclear"),  # another one's name ends in it
        ("省科技厅直属院所2024年第一季度责任清单", "agency_unclear"),
        ("省科技厅、省财政厅2024年第一季度责任清单 | （省财政厅）", "agency_unclear"),
        ("省财政厅2024年第一季度责任清单", "agency_unclear"),  # which has not got these tasks
        ("湘江省人民政府办公厅2024年第一季度责任清单", "agency_unclear"),  # the office itself
        ("省科技厅重点任务责任清单", "period_unclear"),
        ("省科技厅2024年第二季度重点任务责任清单", "form_of_other_period"),
        ("省科技厅2023年第四季度重点任务责任清单", "form_of_other_period"),
    ],
)
def test_a_title_that_leaves_a_doubt_is_not_believed(title: str, reason: str) -> None:
    found = _identify(_own_table(title), forms=(*FORMS, return_form(form_id="office", agency=OWN.office)))
    assert (found.claim, _reason(found)) == (Claim.UNCLAIMED, reason)


def test_last_periods_text_tells_the_period_of_rows_without_codes() -> None:
    book = filled_book()
    book.drop_seal()
    book.drop("填报说明", "指标进度")
    book.tasks.delete_column("任务编号")
    book.tasks.rows[: book.tasks.header_row() - 1] = [["省科技厅责任清单"]]
    found = _identify(book)
    assert (found.claim, found.form_id) == (Claim.CLAIMED, OWN.form_id)
