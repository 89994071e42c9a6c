import pkgutil
from importlib import import_module

import pytest

import planbook.model.catalogue as package
from planbook.model.catalogue import CATALOGUE
from planbook.model.findings import NOWHERE, Finding, Location


def test_no_code_is_defined_twice() -> None:
    rooms = [import_module(f"{package.__name__}.{room.name}") for room in pkgutil.iter_modules(package.__path__)]
    codes = [code for room in rooms for code in getattr(room, "ENTRIES", {})]
    assert sorted(codes) == sorted(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_entry_renders_a_chinese_sentence(code: str) -> None:
    entry = CATALOGUE[code]
    values = tuple((name, "值") for name in entry.placeholders())
    message = Finding(code, Location(sheet="责任清单", cell="M12"), values).message
    assert message.startswith("「责任清单」M12 单元格：")
    assert message.endswith("。")
    assert "。。" not in message
    assert "{" not in message
    assert "？" not in message.removesuffix("？。")


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_missing_value_never_breaks_the_message(code: str) -> None:
    assert Finding(code, NOWHERE).message
