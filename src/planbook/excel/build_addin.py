"""addin build --host excel: planbook.xlam from the text and pictures of the source tree."""

from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from planbook import __version__
from planbook.excel.addin_sentences import SENTENCES
from planbook.excel.ribbon_xml import render_ribbon
from planbook.excel.vba_project import build_vba_project, read_modules
from planbook.excel.xlam_package import pack_addin
from planbook.model.errors import PlanbookError
from planbook.workspace.replacing import replace_file

ADDIN: Final = Path(__file__).with_name("planbook.xlam")
"""The built add-in as it ships."""


def source_tree() -> Path:
    """Return the folder of planbook's sources.

    Raises:
        PlanbookError: planbook was installed without them; users have no need to build.
    """
    root = Path(__file__).parents[3]
    if not (root / "macros").is_dir() or not (root / "addin" / "excel").is_dir():
        raise PlanbookError("打包加载项要在 planbook 的源码目录里做；安装的 planbook 自带打好的加载项，不需要打包。")
    return root


def build_addin(root: Path) -> bytes:
    """Return planbook.xlam as the sources under `root` make it.

    Raises:
        PlanbookError: A source is missing or not as it must be.
    """
    ribbon = (root / "addin" / "excel" / "customUI14.xml").read_text(encoding="utf-8")
    if ribbon != render_ribbon():
        raise PlanbookError("addin/excel/customUI14.xml 与按钮表不一致，请先运行 scripts/build_ribbons.py。")
    icons = {name: (root / "addin" / "icons" / f"{name}_32.png").read_bytes() for name in _images(ribbon)}
    return pack_addin(
        vba_project=build_vba_project(read_modules(root / "macros")),
        ribbon=ribbon,
        icons=icons,
        sentences=SENTENCES,
        version=__version__,
    )


def write_addin() -> Path:
    """Build the add-in from the source tree and put it where the wheel takes it from; return its path."""
    replace_file(ADDIN, build_addin(source_tree()))
    return ADDIN


def _images(ribbon: str) -> tuple[str, ...]:
    root = ElementTree.fromstring(ribbon)  # noqa: S314 (our own file)
    return tuple(sorted({element.get("image", "") for element in root.iter()} - {""}))
