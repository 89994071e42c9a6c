"""vbaProject.bin from VBA text, by pyOpenVBA: the same bytes at every build. Used at build time only."""

import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planbook.model.errors import PlanbookError

DOCUMENT_MODULES: Final = ("ThisWorkbook", "Sheet1")
_CLASS_PREAMBLE: Final = re.compile(r"\AVERSION 1\.0 CLASS\n(?:.*\n)*?END\n")


@dataclass(frozen=True, slots=True)
class Module:
    """A VBA module as its text file has it."""

    name: str
    text: str

    @property
    def code(self) -> str:
        """Its text below the attribute lines, as the editor shows it."""
        body = _CLASS_PREAMBLE.sub("", self.text)
        return "\n".join(line for line in body.split("\n") if not line.startswith("Attribute VB_"))


def read_modules(folder: Path) -> tuple[Module, ...]:
    """Return the modules in `folder`, the document modules first, the others by name.

    Raises:
        PlanbookError: One is not ASCII (the project's code page would turn Chinese into ????), has no
            `Option Explicit`, or a document module is missing.
    """
    modules = {path.stem: Module(path.stem, _text(path)) for path in sorted(folder.glob("*.[bc][al]s"))}
    missing = [name for name in DOCUMENT_MODULES if name not in modules]
    if missing:
        raise PlanbookError(f"{folder} 中缺少 {'、'.join(missing)}.cls，无法打包加载项。")
    return (*(modules.pop(name) for name in DOCUMENT_MODULES), *modules.values())


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("ascii").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PlanbookError(f"{path} 中有 ASCII 以外的字符；中文请写在加载项的文字表里。") from error
    if not re.search(r"^Option Explicit$", text, flags=re.MULTILINE):
        raise PlanbookError(f"{path} 中没有 Option Explicit。")
    return text


def build_vba_project(modules: Sequence[Module]) -> bytes:
    """Return vbaProject.bin holding `modules` and nothing else.

    Raises:
        PlanbookError: pyOpenVBA is not installed, as it is not for users.
    """
    try:
        from pyopenvba import ExcelFile, VBAModuleKind
    except ImportError as error:
        raise PlanbookError("打包加载项需要开发环境里的 pyOpenVBA（make install）。") from error
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlam"
        with ExcelFile.create_new(path) as template:
            project = template.vba_project()
            for name in set(project.module_names()) - {*DOCUMENT_MODULES}:
                project.delete_module(name)
            for module in modules:
                if module.name in DOCUMENT_MODULES:  # their attributes are the template's: Excel's own
                    template.set_module(module.name, module.code.replace("\n", "\r\n"))
                else:
                    project.add_module(module.name, module.text.replace("\n", "\r\n"), kind=VBAModuleKind.standard)
            template.save()
        with zipfile.ZipFile(path) as package:
            return package.read("xl/vbaProject.bin")
