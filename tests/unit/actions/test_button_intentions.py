"""Every button does something: its intention is registered and takes what the button finds out."""

from dataclasses import MISSING, fields

from planbook.actions.intentions.registry import INTENTIONS
from planbook.actions.ribbon import Ask, all_buttons

FOUND_OUT = {Ask.TASKS: {"tasks", "task", "agency", "beside", "header"}}
"""Fields that an `Ask` fills in, where they are more than the one of its name."""


def test_every_button_has_its_intention() -> None:
    assert [button.id for button in all_buttons() if button.intention not in INTENTIONS] == []


def test_every_intention_takes_what_its_button_finds_out() -> None:
    for button in all_buttons():
        known = {field.name for field in fields(INTENTIONS[button.intention].request)}
        for ask in button.asks:
            assert known & FOUND_OUT.get(ask, {ask.value}), f"{button.id}: {ask}"


def test_every_button_finds_out_what_its_intention_needs() -> None:
    for button in all_buttons():
        given = {name for ask in button.asks for name in FOUND_OUT.get(ask, {ask.value})}
        for field in fields(INTENTIONS[button.intention].request):
            is_needed = field.default is MISSING and field.default_factory is MISSING
            assert not is_needed or field.name in given, f"{button.id}: {field.name}"
