"""What only the desk in front of the screen can do: opening a file, and a folder dialog of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from planbook.model.errors import PlanbookError

_DIALOG_S: Final = 300
_DIALOG: Final = """
import sys, tkinter
from tkinter import filedialog
root = tkinter.Tk()
root.withdraw()
root.attributes("-topmost", True)
print(filedialog.askdirectory(title=sys.argv[1], initialdir=sys.argv[2] or None, mustexist=True) or "")
"""


def open_at_the_desk(path: Path) -> None:
    """Open a file or folder with the program that the desk has for it.

    Raises:
        PlanbookError: There is none, or no desk.
    """
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 (what a double click does; the path was checked)
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if not opener:
        raise PlanbookError(f"这台电脑上没有可用的打开方式，请自行打开 {path}。")
    command = [opener, str(path)]  # a whole path: never taken for an option
    subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 (checked by the caller)


def pick_folder(title: str, initial: str) -> str:
    """Return the folder that the clerk chooses, empty where none was chosen.

    The dialog stands in a process of its own: it may wait for minutes, and its window system may fail.

    Raises:
        PlanbookError: There is no window system, or nothing was chosen in time.
    """
    command = [sys.executable, "-I", "-c", _DIALOG, title, initial if Path(initial).is_dir() else ""]
    try:
        run = subprocess.run(  # noqa: S603 (our own text; what is asked for is an argument)
            command, capture_output=True, text=True, timeout=_DIALOG_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PlanbookError("等了五分钟没有选文件夹，已取消，请再点一次。") from error
    if run.returncode != 0:
        raise PlanbookError("这台电脑上打不开选文件夹的窗口，请在输入框里直接填写文件夹的完整路径。")
    return run.stdout.strip()
