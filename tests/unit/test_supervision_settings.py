from pathlib import Path

import pytest

from planbook.model.errors import PlanbookError
from planbook.model.light_rules import PRESETS, STANDARD, Condition, LightRule
from planbook.model.lights import Light
from planbook.model.scores import STANDARD_SCORES
from planbook.workspace.light_settings import LIGHTS_TEMPLATE
from planbook.workspace.settings import Settings, read_settings, render_settings


def settings(folder: Path, text: str) -> Settings:
    path = folder / "planbook.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_a_file_from_before_there_were_tables(tmp_path: Path) -> None:
    old = settings(tmp_path, "[lights]\nyellow_points_behind = 5\nred_points_behind = 20\nblue_days_before = 7\n")
    assert [row.threshold for row in old.lights.rows if row.condition in (Condition.BEHIND, Condition.NEAR_DUE)] == [
        20,
        5,
        7,
    ]
    assert not old.lights.counts_working_days
    assert (settings(tmp_path, "").lights, settings(tmp_path, "").scores) == (STANDARD, STANDARD_SCORES)


def test_a_new_file_counts_working_days(tmp_path: Path) -> None:
    new = settings(tmp_path, render_settings("督查室", ""))
    assert new.lights.rows == STANDARD.rows
    assert new.lights.counts_working_days
    assert new.scores == STANDARD_SCORES


def test_the_table_in_the_comments_is_the_standard_one(tmp_path: Path) -> None:
    uncommented = "\n".join(
        line.removeprefix("# ") if "[" in line or "]" in line else line for line in LIGHTS_TEMPLATE.splitlines()
    )
    assert settings(tmp_path, uncommented).lights.rows == STANDARD.rows


def test_an_offices_own_rows(tmp_path: Path) -> None:
    own = settings(
        tmp_path, '[lights]\npreset = "从严"\nrules = [["黄灯", "超过时限天数", 3], ["红灯", "填报状态", "未启动"]]\n'
    )
    assert own.lights.rows == (
        LightRule(Light.YELLOW, Condition.OVERDUE, 3),
        LightRule(Light.RED, Condition.STATUS, statuses=("未启动",)),
    )
    assert settings(tmp_path, '[lights]\npreset = "从严"\n').lights.rows == PRESETS["从严"]


@pytest.mark.parametrize(
    "text",
    [
        '[lights]\npreset = "随便"',
        '[lights]\nrules = [["紫灯", "距时限天数", 1]]',
        '[lights]\nrules = [["红灯", "距时限天数", "五"]]',
        '[lights]\nrules = [["红灯", "距时限天数", true]]',
        '[lights]\nrules = [["红灯"]]',
        '[lights]\nrules = [["红灯", "填报状态", "很好"]]',
        '[lights]\nrules = ["红灯"]',
        '[lights]\nworking_days = "是"',
        '[scores]\ntable = [["报送及时"]]\n',
        '[scores]\ntable = [["态度", 10]]',
        '[scores]\ntable = [["报送及时", -1]]',
        "[scores]\ntable = 5",
    ],
)
def test_what_cannot_be_understood_is_shown(tmp_path: Path, text: str) -> None:
    if text.endswith("\n"):  # no points at all is as good as a row left out
        assert settings(tmp_path, text).scores.rows[0].full == 0
        return
    with pytest.raises(PlanbookError, match=r"planbook\.toml"):
        settings(tmp_path, text)
