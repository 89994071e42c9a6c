"""A click as it arrives from the add-in, by the service or by the command line."""

from collections.abc import Mapping
from dataclasses import dataclass

from planbook.model.errors import PlanbookError


@dataclass(frozen=True, slots=True)
class Click:
    """Which button was pressed, and where.

    Attributes:
        button: Control id.
        book: Full name of the workbook in front; empty where there was none.
        hwnd: Window of that Excel, 0 where there is only one.
        sheet: Sheet in front.
        selection: Addresses of the selected areas, joined by commas; empty where Excel is to be asked.
    """

    button: str
    book: str = ""
    hwnd: int = 0
    sheet: str = ""
    selection: str = ""

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> "Click":
        """Return the click that the service got.

        Raises:
            PlanbookError: It is none.
        """
        texts = {name: values.get(name, "") for name in ("button", "book", "sheet", "selection")}
        hwnd = values.get("hwnd", 0)
        if not isinstance(hwnd, int) or not all(isinstance(text, str) for text in texts.values()):
            raise PlanbookError("加载项传来的内容不完整，请重新点击按钮。")
        return cls(hwnd=hwnd, **{name: str(text) for name, text in texts.items()})
