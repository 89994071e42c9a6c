"""Sixty agencies with twenty tasks each send back what people make of a form: nothing lands wrongly, all is named."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Final

import pytest

from planbook.actions.read_return_file import ArchivedFile, ReadingContext, ReturnFile, ReturnReader
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.forms.identify import Claim
from planbook.forms.layout import Column, Field, FormLayout, ValueKind
from planbook.forms.writer import write_form
from planbook.model.codes import CodeKind, make_code
from planbook.model.form import Form, FormTask, Role
from planbook.model.period import Period
from planbook.model.submission import TaskReport
from tests.support.form_in_hand import (
    DAY,
    EXPECTED,
    FIELDS,
    NEXT_STEPS,
    PERCENT,
    PHONE,
    PROBLEMS,
    PROGRESS,
    REPORTER,
    SHEET,
    STATUS,
    FormInHand,
)
from tests.support.office import edit_workbooks
from tests.support.person_faults import (
    ANSWERS,
    BY_HAND,
    SHEETS,
    SORTS,
    STRUCTURE,
    Fault,
    insert_rows,
    move_column,
    paste_as_values,
    sort_rows,
)

_WORKSPACE: Final = "3f2a9c1d5b7e4860"
_AGENCIES: Final = 60
_TASKS: Final = 20
_KEY: Final = b"0123456789abcdef0123456789abcdef"
_PERIOD: Final = Period.parse("2024Q1")
_TODAY: Final = date(2024, 4, 9)
_DOMAINS: Final = ("种业", "制造", "物流", "水利", "教育", "医疗", "文旅", "能源", "信息", "生态", "住房", "养老")
_WORKS: Final = ("平台建设", "改革试点", "项目攻坚", "标准制定", "人才培养", "园区提质", "执法检查", "数据共享")
_ALL: Final = (*SORTS, *ANSWERS, *STRUCTURE, *BY_HAND, *SHEETS)


def _forms() -> list[Form]:
    """Forms that share tasks: each agency leads ten, and supports ten that its neighbour leads."""
    names = [f"{domain}{office}" for office in ("局", "委", "办", "中心", "集团") for domain in _DOMAINS][:_AGENCIES]
    titles = [f"推进第{item}批{_DOMAINS[item % 12]}{_WORKS[item // 12 % 8]}" for item in range(_AGENCIES * 10)]
    forms = []
    for place, name in enumerate(names):
        neighbour = (place + 1) % _AGENCIES
        items = [(10 * place + item, Role.LEAD, name) for item in range(10)]
        items += [(10 * neighbour + item, Role.SUPPORT, names[neighbour]) for item in range(10)]
        tasks = tuple(
            FormTask(
                make_code(CodeKind.TASK, 1, item + 1),
                "湘江省高质量发展行动计划",
                f"二、重点任务 / （{item % 9 + 1}）",
                titles[item],
                f"围绕{titles[item]}制定清单，年内完成{item % 40 + 3}项，形成可推广的做法{item % 5 + 1}条。",
                role,
                (lead,),
                (),
                date(2024, 6 + item % 7, 28),
                f"上期已完成{titles[item]}的方案编制。" if item % 3 else "",
            )
            for item, role, lead in items
        )
        forms.append(
            Form(f"form{place:04d}", _WORKSPACE, name, _PERIOD, 1, date(2024, 3, 20), None, "省政府办", "", tasks, ())
        )
    return forms


def _mixtures(random: Random) -> list[tuple[Fault, ...]]:
    """Return what happens to each form: nothing, one fault, or two or three together; every fault at least once."""
    singles = [(fault,) for fault in _ALL]
    answers, structure = cycle(random.sample(ANSWERS, len(ANSWERS))), cycle(random.sample(STRUCTURE, len(STRUCTURE)))
    # Pasted as values a form loses comments and merges: what those would say is not to be expected then.
    sheets = cycle([fault for fault in SHEETS if fault is not paste_as_values])
    mixed: list[tuple[Fault, ...]] = [(sort_rows, paste_as_values), (sort_rows, insert_rows, move_column)]
    mixed += [
        (next(answers), next(structure), *([next(sheets)] if place % 2 else []))
        for place in range(_AGENCIES - len(singles) - len(mixed) - 2)
    ]
    return [(), *singles, *mixed, ()]


@dataclass
class _Tally:
    """What became of the cells that were filled in."""

    filled: int = 0
    right: int = 0
    asked: int = 0


def _own_layout() -> FormLayout:
    """An office's own: columns in another order, some left out, two of its own."""
    tasks = DEFAULT_LAYOUT.tasks
    known = {column.header: column for column in tasks.columns}
    own = [Column(Field.EXTRA, header, 12, ValueKind.LONG_TEXT) for header in ("本级经费（万元）", "分管领导")]
    headers = ("任务编号", "任务名称", "承担角色(牵头/配合)", "任务内容", "完成时限", "上期进展")
    filled_in = (STATUS, PROGRESS, PERCENT, PROBLEMS, NEXT_STEPS, EXPECTED)
    columns = (
        *(known[header] for header in headers),
        *(own[0], *(known[header] for header in filled_in), own[1]),
        *(known[header] for header in (REPORTER, DAY, PHONE, "备注")),
    )
    return replace(DEFAULT_LAYOUT, version="本办样式", tasks=replace(tasks, columns=columns))


@pytest.mark.office
@pytest.mark.parametrize("layout", [DEFAULT_LAYOUT, _own_layout()], ids=["standard", "own"])
def test_what_sixty_agencies_meant_arrives_or_is_asked_about(tmp_path: Path, layout: FormLayout) -> None:
    random = Random(20240409)  # noqa: S311  # replays the same returns, guards no secret
    forms = _forms()
    hands = [
        _in_hand(form, faults, tmp_path, random, layout) for form, faults in zip(forms, _mixtures(random), strict=True)
    ]
    saved = [_saved_path(hand, tmp_path) for hand in hands]
    edit_workbooks([(hand.path, [*hand.steps, ("save", str(path))]) for hand, path in zip(hands, saved, strict=True)])
    reader = ReturnReader(ReadingContext(_WORKSPACE, (_KEY,), _PERIOD, _TODAY, tuple(forms), (layout,)))
    tally, wrong = _Tally(), []
    for hand, path in zip(hands, saved, strict=True):
        for edit in hand.edits:
            path.write_bytes(edit(path.read_bytes()))
        wrong += _compare(hand, reader.read(ArchivedFile("", path)), tally)
    assert not wrong, "\n".join(wrong)
    assert tally.filled > 9_000
    assert tally.right >= 0.995 * (tally.filled - tally.asked)


def _in_hand(form: Form, faults: Sequence[Fault], folder: Path, random: Random, layout: FormLayout) -> FormInHand:
    path = folder / f"{form.agency}.xlsx"
    path.write_bytes(write_form(form, layout, _KEY))
    hand = FormInHand(form, path, random, layout=layout)
    for fault in faults:
        fault(hand)
    return hand


def _saved_path(hand: FormInHand, folder: Path) -> Path:
    return folder / "returned" / f"{hand.form.form_id}.{hand.suffix}"


def _compare(hand: FormInHand, read: ReturnFile, tally: _Tally) -> list[str]:
    """Return what is wrong about a return that was read: values, or findings that are missing."""
    agency = hand.form.agency
    if read.identification.claim is not Claim.CLAIMED or read.identification.agency != agency:
        return [f"{agency}: {read.identification}"]
    reports = {report.task_code: report for report in read.task_reports}
    wrong = []
    for (code, header), means in hand.meant.items():
        value = _value(reports.get(code), header)
        is_right = value is not None and str(value) == str(means)
        tally.filled += 1
        tally.right += is_right
        if (code, header) in hand.asked:
            tally.asked += 1
            tally.right -= is_right
            is_right = is_right or value is None or header in _taken_all_the_same(read)
        if not is_right:
            wrong.append(f"{agency} {code} {header}: {value!r}, meant {means!r}")
    found = Counter((finding.code, str(finding.location)) for finding in read.findings)
    missing = [one for one in hand.locations() if one not in found]
    return [*wrong, *(f"{agency}: {one} not found, but {sorted(found)}" for one in missing)]


def _value(report: TaskReport | None, header: str) -> object:
    value = getattr(report, FIELDS[header]) if report else None
    return value if value != "" else None


def _taken_all_the_same(read: ReturnFile) -> frozenset[object]:
    """Return the columns whose values are taken with a warning that all of them may be wrong."""
    return frozenset(
        dict(finding.values).get("column") for finding in read.findings if finding.code == "answers_seem_sorted"
    )


@pytest.mark.office
def test_forms_that_change_hands_are_never_taken_for_anothers(tmp_path: Path) -> None:
    """Sheets exchanged between two agencies, pasted in beside one's own, and another period's form."""
    own, other = _forms()[:2]
    late = replace(own, form_id="late", period=Period.parse("2023Q4"), issued_on=date(2023, 12, 20))
    paths = {form.form_id: tmp_path / f"{form.form_id}.xlsx" for form in (own, other, late)}
    for form in (own, other, late):
        paths[form.form_id].write_bytes(write_form(form, DEFAULT_LAYOUT, _KEY))
    fill = FormInHand(own, paths[own.form_id], Random(1)).steps  # noqa: S311  # likewise
    saved = {name: tmp_path / f"{name}.xlsx" for name in ("exchanged", "beside", "late_return", "renamed")}
    bring = ("bring_sheet", str(paths[other.form_id]), SHEET, 1)
    edit_workbooks(
        [
            (paths[own.form_id], [*fill, ("delete_sheet", SHEET), bring, ("save", str(saved["exchanged"]))]),
            (paths[own.form_id], [*fill, ("rename_sheet", SHEET, "本单位"), bring, ("save", str(saved["beside"]))]),
            (paths["late"], [*fill, ("save", str(saved["late_return"]))]),
            (paths[own.form_id], [*fill, ("save", str(saved["renamed"]))]),
        ]
    )
    reader = ReturnReader(ReadingContext(_WORKSPACE, (_KEY,), _PERIOD, _TODAY, (own, other, late), (DEFAULT_LAYOUT,)))
    read = {name: reader.read(ArchivedFile("", path)) for name, path in saved.items()}
    claims = {name: one.identification.reason and one.identification.reason.code for name, one in read.items()}
    assert claims == {
        "exchanged": "contents_of_other_agency",
        "beside": None,
        "late_return": "form_of_other_period",
        "renamed": None,
    }
    assert read["renamed"].identification.agency == own.agency
    strange = [str(finding.location) for finding in read["beside"].findings if finding.code == "table_of_other_agency"]
    assert strange == [f"{SHEET}!A{DEFAULT_LAYOUT.tasks.header_row}"]
    assert read["beside"].task_reports == tuple(
        replace(report, sheet="本单位") for report in read["renamed"].task_reports
    )
