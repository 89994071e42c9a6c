"""A plan issued anew: codes and history stay, what was asked and returned before stays readable, the diff is shown."""

from pathlib import Path

import pytest

from planbook.model.codes import CodeKind, make_code
from tests.support.command import CommandResult, planbook
from tests.support.returns import filled_form

TITLE = "云岭市科技创新行动计划（2024—2026年）"
GOALS = "到2026年，全社会研发经费投入强度达到2.5%。"
LABORATORY = "建设云岭实验室。聚焦新材料领域，建设云岭实验室，组建科研团队。（牵头单位：市科技局；配合单位：市财政局）"
MARKET = "建设技术交易市场。完善服务体系，技术合同成交额达到120亿元。（牵头单位：市科技局；配合单位：市市场监管局）"
FUND = "设立成果转化基金。发挥财政资金引导作用，引导社会资本投入。（牵头单位：市财政局；配合单位：市科技局）"
POPULAR = "开展科普宣传活动。每年举办科技活动周，提升公民科学素质。（牵头单位：市科协；配合单位：市教育局）"
PILOT = "建设中试基地。围绕主导产业，布局建设一批中试基地。（牵头单位：市发展改革委；配合单位：市科技局）"
FIRST = (LABORATORY, MARKET, FUND, POPULAR)
SECOND = (LABORATORY, PILOT, MARKET.replace("120", "150"), FUND.replace("市科技局", "市国资委"))


def _write(path: Path, *items: str, title: str = TITLE) -> Path:
    numbered = "\n\n".join(f"{number}.{item}" for number, item in enumerate(items, start=1))
    path.write_text(f"{title}\n\n一、发展目标\n\n{GOALS}\n\n二、重点任务\n\n{numbered}\n", encoding="utf-8")
    return path


def _code(place: int) -> str:
    return make_code(CodeKind.TASK, 1, place)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the first edition imported."""
    root = tmp_path / "台账"
    assert planbook("init", root, "--office", "市督查室").code == 0
    assert planbook("import", _write(tmp_path / "方案.txt", *FIRST), workspace=root).code == 0
    return root


def _import_second(root: Path, *options: str, title: str = TITLE + "（2025年修订）") -> CommandResult:
    return planbook("import", _write(root.parent / "修订.txt", *SECOND, title=title), *options, workspace=root)


def _issued(root: Path, period: str) -> dict[str, Path]:
    forms = planbook("issue", "--period", period, workspace=root).result["forms"]
    return {form["agency"]: Path(form["path"]) for form in forms}


def _exported(root: Path) -> dict[tuple[str, str, str], str]:
    reports = planbook("export", workspace=root).result["reports"]
    return {(one["period"], one["agency"], one["task"]): one["progress"] for one in reports}


def test_revision_keeps_codes_history_and_what_was_returned(root: Path) -> None:
    forms = _issued(root, "2024Q1")
    inbox = root / "inbox" / "2024Q1"
    inbox.mkdir(parents=True, exist_ok=True)
    for agency in ("市科技局", "市科协"):
        (inbox / f"{agency}.xlsx").write_bytes(filled_form(forms[agency], text=f"{agency}一季度进展"))
    assert planbook("consolidate", "--period", "2024Q1", workspace=root).result["summary"]["accepted"] == 2
    before = _exported(root)
    assert before["2024Q1", "市科协", _code(4)] == "市科协一季度进展"

    revised = _import_second(root)
    (plan,) = revised.result["plans"]
    assert (plan["version"], plan["is_new"], plan["tasks"]) == (2, True, 4)
    assert set(revised.result["changes"]) >= {
        f"新增任务 {_code(5)}：建设中试基地",
        f"删除任务 {_code(4)}：开展科普宣传活动",
        f"任务 {_code(3)} 配合单位：市科技局 → 市国资委",
    }
    assert any("≥120亿元 → ≥150亿元" in change for change in revised.result["changes"])
    assert not any(_code(1) in change for change in revised.result["changes"])

    assert _exported(root) == before
    late = inbox / "市财政局.xlsx"  # a return to what was asked before the revision still counts
    late.write_bytes(filled_form(forms["市财政局"], text="市财政局一季度进展"))
    assert planbook("consolidate", "--period", "2024Q1", workspace=root).result["summary"]["accepted"] == 1
    after = _exported(root)
    assert before.items() <= after.items()
    assert after["2024Q1", "市财政局", _code(3)] == "市财政局一季度进展"

    second_quarter = _issued(root, "2024Q2")
    assert "市科协" not in second_quarter
    assert {"市发展改革委", "市国资委"} <= second_quarter.keys()
    assert planbook("doctor", workspace=root).code == 0


def test_same_bytes_again_change_nothing(root: Path) -> None:
    _import_second(root)
    again = _import_second(root)
    assert (again.code, again.result["changes"], again.result["plans"][0]["is_new"]) == (0, [], False)
    older = planbook("import", root.parent / "方案.txt", workspace=root)
    assert [finding["code"] for finding in older.result["findings"]] == ["revised_file_outdated"]
    assert older.result["plans"][0]["version"] == 2
    restored = planbook("import", root.parent / "方案.txt", "--revises", "P1", workspace=root)
    assert restored.result["plans"][0]["version"] == 3
    assert f"任务 {_code(4)} 恢复：已删除 → 开展科普宣传活动" in restored.result["changes"]


def test_as_new_makes_a_plan_of_its_own(root: Path) -> None:
    result = _import_second(root, "--as-new").result
    assert (result["plans"][0]["version"], result["changes"]) == (1, [])
    third = planbook("import", _write(root.parent / "再修订.txt", *SECOND[:3]), workspace=root)
    assert third.code == 2  # which of the two is it?
    assert "P1、P2" in third.result["error"]


def test_revises_says_which_plan_whatever_the_title(root: Path) -> None:
    result = _import_second(root, "--revises", "P1", title="云岭市创新高地建设方案").result
    assert result["plans"][0]["version"] == 2
    assert f"方案 P1 标题：{TITLE} → 云岭市创新高地建设方案" in result["changes"]


def test_another_plan_of_the_same_title_is_not_taken_for_a_revision(root: Path) -> None:
    farming = "推广保护性耕作。建设高标准示范区，推广免耕播种。（牵头单位：市农业农村局）"
    result = planbook("import", _write(root.parent / "农业.txt", farming), workspace=root)
    assert result.code == 1
    assert result.result["plans"][0]["version"] == 1
    assert result.result["changes"] == []
    assert "revised_title_shared" in [finding["code"] for finding in result.result["findings"]]
    forced = planbook("import", root.parent / "农业.txt", "--revises", "P1", workspace=root)
    assert forced.result["plans"][0]["version"] == 2
    codes = {finding["code"] for finding in forced.result["findings"]}
    assert codes >= {"revised_file_of_other_plan", "revised_nothing_in_common", "revised_mostly_removed"}


@pytest.mark.parametrize(
    "options", [("--revises", "P9"), ("--revises", "甲"), ("--revises", "P1", "--as-new")], ids=" ".join
)
def test_choice_that_makes_no_sense(root: Path, options: tuple[str, ...]) -> None:
    result = _import_second(root, *options)
    assert result.code == 2
    assert planbook("import", root.parent / "方案.txt", workspace=root).result["plans"][0]["version"] == 1
