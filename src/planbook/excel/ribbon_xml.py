"""Excel's ribbon, written from the table of buttons: customUI14.xml."""

from typing import Final
from xml.sax.saxutils import quoteattr

from planbook.actions.ribbon import GROUPS, TAB_ID, TAB_LABEL, Button, Group

NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"
CALLBACK: Final = "PlanbookButton"


def render_ribbon() -> str:
    """Return customUI14.xml; an `image` is the id of a relationship to the icon's PNG."""
    groups = "\n".join(_group(group) for group in GROUPS)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<customUI xmlns={quoteattr(NAMESPACE)}>\n"
        "  <ribbon>\n"
        "    <tabs>\n"
        f"      <tab id={quoteattr(TAB_ID)} label={quoteattr(TAB_LABEL)}>\n"
        f"{groups}\n"
        "      </tab>\n"
        "    </tabs>\n"
        "  </ribbon>\n"
        "</customUI>\n"
    )


def _group(group: Group) -> str:
    buttons = "\n".join(_button(button) for button in group.buttons)
    return f"        <group id={quoteattr(group.id)} label={quoteattr(group.label)}>\n{buttons}\n        </group>"


def _button(button: Button) -> str:
    attributes = {
        "id": button.id,
        "label": button.label,
        "size": "large" if button.is_large else "normal",
        "image": button.icon,
        "screentip": button.screentip,
        "supertip": button.supertip,
        "onAction": CALLBACK,
    }
    return f"          <button {' '.join(f'{name}={quoteattr(text)}' for name, text in attributes.items())}/>"
