"""The add-in's VBA logic, run by pyOpenVBA's interpreter with the way out of Excel replaced by a stand-in."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
from pyopenvba.apps.excel import ExcelApplication

from planbook.excel.addin_sentences import SENTENCES
from planbook.excel.arguments import decode_argument, encode_argument
from planbook.excel.vba_project import read_modules

MACROS: Final = Path(__file__).parents[3] / "macros"

SHELL_STAND_IN: Final = """
Option Explicit
Public Function ExcelWindow() As Long
    ExcelWindow = 7
End Function
Public Function PostToService(ByVal click As String) As Boolean
    ThisWorkbook.Worksheets(1).Range("Z1").Value = click
    PostToService = (ThisWorkbook.Worksheets(1).Range("Z9").Value = "service")
End Function
Public Function StartPlanbook(ByVal arguments As String) As String
    ThisWorkbook.Worksheets(1).Range("Z2").Value = arguments
    StartPlanbook = ThisWorkbook.Worksheets(1).Range("Z8").Value
End Function
Public Function Sentence(ByVal key As String) As String
    Sentence = key
End Function
"""

CONTROL: Final = """
Option Explicit
Public Id As String
"""

PRESS: Final = """
Option Explicit
Public Sub Press()
    Dim control As New FakeControl
    control.Id = "planbookConsolidate"
    PlanbookButton control
End Sub
"""

TEXTS: Final = (
    "",
    "plain-name_1.xlsx",
    "C:\\台账\\报表 1.xlsx",
    "/a b/\"甲\"'乙'/100%PATH%=x&y|z^!.xlsx",
    "~0041 已经像编码的名字",
    "𠮷野家\t换行\r\n",
    "＝＋－＠",
)


def in_vba(text: str) -> str:
    """Return `text` as VBA holds it: one character per UTF-16 unit."""
    units = text.encode("utf-16-be")
    return "".join(chr(int.from_bytes(units[place : place + 2])) for place in range(0, len(units), 2))


def interpreter() -> ExcelApplication:
    app = ExcelApplication()
    app.add_workbook()
    for module in read_modules(MACROS):
        if module.name in ("PlanbookClick", "PlanbookText"):
            app.add_module(module.text, name=module.name)
        elif module.name == "PlanbookRibbon":  # the interpreter has no ribbon types
            app.add_module(module.text.replace("As IRibbonControl", "As Object"), name=module.name)
    app.add_module(SHELL_STAND_IN, name="PlanbookShell")
    app.add_module(CONTROL, name="FakeControl", kind="class")
    app.add_module(PRESS, name="Press_")
    return app


@pytest.mark.parametrize("text", TEXTS)
def test_vba_and_python_write_arguments_alike(text: str) -> None:
    app = interpreter()
    encoded = app.run("EncodeText", in_vba(text))
    assert encoded == encode_argument(text)
    assert str(encoded).isascii()
    assert not set(str(encoded)) & set(" \"'%=&|^!\\\t")
    assert decode_argument(str(encoded)) == text
    assert app.run("DecodeText", encode_argument(text)) == in_vba(text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_click_is_json_in_ascii(text: str) -> None:
    click = str(interpreter().run("ClickAsJson", "planbookClose", in_vba(text), 123456, "任务 台账", "$B$2,$B$5"))
    assert click.isascii()
    assert json.loads(click) == {
        "button": "planbookClose",
        "book": text,
        "hwnd": 123456,
        "instance": "123456",
        "sheet": "任务 台账",
        "selection": "$B$2,$B$5",
    }


SESSION: Final = '{"version": "0.1.0", "port": 54321, "token":"0a1b", "pid": 9, "url": "http://127.0.0.1:54321/"}'


@pytest.mark.parametrize(
    ("session", "name", "value"),
    [
        (SESSION, "port", "54321"),
        (SESSION, "token", "0a1b"),
        (SESSION, "url", "http://127.0.0.1:54321/"),
        (SESSION, "absent", ""),
        ('{"port":1}', "port", "1"),
        ("", "port", ""),
    ],
)
def test_the_session_file_is_read(session: str, name: str, value: str) -> None:
    assert interpreter().run("JsonValue", session, name) == value


def test_settings_are_read_line_by_line() -> None:
    lines = f"version=0.1.0\r\ninterpreter={encode_argument('C:/程序 文件/pythonw.exe')}\r\n"
    assert interpreter().run("SettingIn", lines, "interpreter") == "C:/程序 文件/pythonw.exe"
    assert interpreter().run("SettingIn", lines, "missing") == ""


def test_a_button_goes_to_the_service_first() -> None:
    app = interpreter()
    app.sheet(1).set_value("Z9", "service")
    app.run("Press")
    assert '"button":"planbookConsolidate"' in str(app.sheet(1).value("Z1"))
    assert app.sheet(1).value("Z2") in (None, "")


def test_without_the_service_planbook_is_started() -> None:
    app = interpreter()
    app.run("Press")
    assert str(app.sheet(1).value("Z2")).startswith('excel-click "--button=planbookConsolidate" "--book=')


def test_the_clerk_is_told_why_it_did_not_start() -> None:
    app = interpreter()
    app.sheet(1).set_value("Z8", "找不到 Python")
    app.run("Press")
    assert "找不到 Python" in str(app.dialogs)


def test_a_selection_of_many_areas_arrives_whole() -> None:
    app = interpreter()
    areas = ",".join(f"B{row}" for row in range(2, 30, 2))
    app.add_module(f'Public Sub Choose()\n Range("{areas}").Select\n ClickButton "planbookClose"\nEnd Sub\n', name="C_")
    app.run("Choose")
    click = json.loads(str(app.sheet(1).value("Z1")))
    assert click["selection"] == ",".join(f"$B${row}" for row in range(2, 30, 2))


def test_every_sentence_that_the_macros_say_is_there() -> None:
    said = {key for path in MACROS.glob("*.bas") for key in re.findall(r'Sentence\("(\w+)"\)', path.read_text("ascii"))}
    assert said == {key for key, _ in SENTENCES}
    for _, sentence in SENTENCES:
        sentence.encode("gbk")  # MsgBox of a Chinese Windows
