from dataclasses import replace
from decimal import Decimal

import pytest

from planbook.model.lights import Light
from planbook.model.scores import STANDARD_SCORES, Conduct, ScoreKind, ScoreRow, ScoreRules, ranks, score

_GOOD = Conduct(
    is_returned=True, days_late=0, day_unit="个工作日", required=12, filled=12, resent=0, errors=0,
    lights={Light.GREEN: 2}, leads=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "points", "words"),
    [
        ({}, ("30", "20", "20", "30"), "按时报送"),
        ({"days_late": 3}, ("21", "20", "20", "30"), "迟报3个工作日，30−3×3=21分"),
        ({"days_late": 30}, ("0", "20", "20", "30"), "30−3×30=−60，扣完为止，0分"),
        ({"filled": 9}, ("30", "15", "20", "30"), "20×9÷12=15分"),
        ({"resent": 2, "errors": 3}, ("30", "20", "6", "30"), "20−4×2−2×3=6分"),
        ({"lights": {Light.GREEN: 1, Light.YELLOW: 1, Light.RED: 1}}, ("30", "20", "20", "15"), "30×1.5÷3=15分"),
        ({"lights": {Light.BLUE: 1, Light.GREY: 1, Light.WHITE: 5}}, ("30", "20", "20", "15"), "牵头任务2项"),
        ({"lights": {}, "leads": False}, ("30", "20", "20", "30"), "没有在计时的配合任务"),
        ({"is_returned": False, "lights": {Light.GREY: 2}}, ("0", "0", "0", "0"), "本期未报送，0分"),
    ],
)
def test_every_point_is_explained(changes: dict[str, object], points: tuple[str, ...], words: str) -> None:
    given = score(replace(_GOOD, **changes), STANDARD_SCORES)  # type: ignore[arg-type]  # names and values are the test's own
    assert tuple(item.points for item in given.items) == tuple(map(Decimal, points))
    assert given.total == sum(map(Decimal, points))
    assert any(words in item.ground for item in given.items)


def test_an_office_sets_its_own_table() -> None:
    rules = ScoreRules((ScoreRow(ScoreKind.TIMELINESS, Decimal(50), Decimal("0.5")),))
    given = score(replace(_GOOD, days_late=3), rules)
    assert (len(given.items), given.total) == (1, Decimal("48.5"))


def test_ties_share_a_rank() -> None:
    assert ranks([Decimal(9), Decimal(10), Decimal(9), Decimal(1)]) == (2, 1, 2, 4)
    assert ranks([]) == ()
