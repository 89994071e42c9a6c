"""The progress bar says how far, how fast and how long still."""

import io

import pytest
from rich.console import Console

from planbook.cli.progress_bar import progress_bar, time_left


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "还需 0 秒"), (59.6, "还需 1 分 0 秒"), (200, "还需 3 分 20 秒"), (7_260, "还需 2 小时 1 分")],
)
def test_a_time_to_come_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_the_bar_shows_count_and_rate() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=120, no_color=True)
    with progress_bar("一键汇总", console) as advance:
        advance(7, 0, "查找 inbox")
        for done in range(1, 41):
            advance(done, 80, f"第{done}份.xlsx")
    shown = out.getvalue()
    assert "40/80" in shown
    assert "第40份.xlsx" in shown
    assert "每秒" in shown
    assert "还需" in shown
