"""Whether the clerk presses Esc in Excel while planbook works: the key's own state, for Excel tells nobody."""

import sys
from collections.abc import Callable
from typing import Final, TypeAlias

EscapeKey: TypeAlias = Callable[[], bool]
"""Whether Esc was pressed since the last question."""

_WINDOWS_ESCAPE: Final = 0x1B
_DOWN_OR_PRESSED_SINCE: Final = 0x8001
_MAC_ESCAPE: Final = 53
_MAC_SESSION: Final = 0


def escape_key_in(hwnd: int) -> EscapeKey:
    """Return the question for the Excel of window `hwnd`; a press in another program's window does not count."""
    if sys.platform == "win32":
        return _windows_key(hwnd)
    if sys.platform == "darwin":
        return _mac_key()
    return lambda: False


def _windows_key(hwnd: int) -> EscapeKey:
    import ctypes

    user32 = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it

    def process_of(window: int) -> int:
        process = ctypes.c_ulong()
        user32.GetWindowThreadProcessId(window, ctypes.byref(process))
        return process.value

    excel = process_of(hwnd)
    user32.GetAsyncKeyState(_WINDOWS_ESCAPE)  # forget a press from before the click

    def is_pressed() -> bool:
        pressed = bool(user32.GetAsyncKeyState(_WINDOWS_ESCAPE) & _DOWN_OR_PRESSED_SINCE)
        return pressed and (not hwnd or process_of(user32.GetForegroundWindow()) == excel)

    return is_pressed


def _mac_key() -> EscapeKey:
    import ctypes

    services = ctypes.CDLL("/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices")
    services.CGEventSourceKeyState.restype = ctypes.c_bool
    return lambda: bool(services.CGEventSourceKeyState(_MAC_SESSION, _MAC_ESCAPE))
