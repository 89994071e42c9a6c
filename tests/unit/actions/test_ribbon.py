"""The table of buttons that both ribbons are made from."""

from planbook.actions.ribbon import BUTTONS, GROUPS, all_buttons


def test_every_button_has_an_id_and_an_icon_of_its_own() -> None:
    buttons = list(all_buttons())
    assert len(BUTTONS) == len(buttons)
    assert len({button.icon for button in buttons}) == len(buttons)
    assert len({group.id for group in GROUPS} | set(BUTTONS)) == len(GROUPS) + len(buttons)


def test_texts_fit_a_ribbon() -> None:
    for button in all_buttons():
        assert 2 <= len(button.label) <= 6, button.id  # longer labels wrap to three lines or push groups off the screen
        assert len(button.supertip) < 100, button.id
        assert button.supertip.endswith("。"), button.id
