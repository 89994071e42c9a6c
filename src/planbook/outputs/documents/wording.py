"""How documents word numbers, days and names."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from planbook.outputs.cell_text import chinese_date, plain_number

NONE: Final = "—"
_MOST_NAMED: Final = 3


def percent_of(part: int, whole: int) -> str:
    """Return a share in percent to one decimal, `—` of nothing."""
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.1'))}%" if whole else NONE


def percent(value: Decimal | None) -> str:
    """Return a percentage as reported, `—` where there is none."""
    return NONE if value is None else f"{plain_number(value)}%"


def day(value: date | None, missing: str = NONE) -> str:
    """Return a day as documents write it."""
    return chinese_date(value) if value else missing


def plan_names(titles: Sequence[str]) -> str:
    """Return plans in one phrase: 《甲》, 《甲》《乙》, or the first three and how many there are."""
    named = "".join(f"《{title}》" for title in titles[:_MOST_NAMED])
    return f"{named}等{len(titles)}个方案" if len(titles) > _MOST_NAMED else named


def change(now: int, before: int) -> str:
    """Return the change of a count: `+2`, `-1`, 持平."""
    return f"{now - before:+d}" if now != before else "持平"


def changes(items: Sequence[tuple[str, int, int]]) -> str:
    """Return the changes of counts of tasks in one phrase: 红灯增加1项、黄灯减少2项、绿灯持平."""
    words = [
        f"{name}增加{now - before}项" if now > before else f"{name}减少{before - now}项"
        for name, now, before in items
        if now != before
    ]
    return "、".join(words) if words else "各种灯的项数都持平"
