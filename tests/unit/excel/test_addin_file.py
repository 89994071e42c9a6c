"""planbook.xlam: built from text, the same bytes each time, harmless to every scanner, valid to every validator."""

import io
import re
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Final

import pytest
from lxml import etree
from oletools.mraptor import MacroRaptor
from oletools.olevba import VBA_Parser
from PIL import Image
from pyopenvba import check_file

from planbook import __version__
from planbook.actions.ribbon import BUTTONS, GROUPS, all_buttons
from planbook.excel.build_addin import ADDIN, build_addin, source_tree
from planbook.excel.ribbon_xml import NAMESPACE, render_ribbon
from planbook.excel.vba_project import DOCUMENT_MODULES, read_modules
from planbook.model.errors import PlanbookError
from tests.support.validity import assert_valid_office_file

ROOT: Final = Path(__file__).parents[3]
RIBBON_FILE: Final = ROOT / "addin" / "excel" / "customUI14.xml"
ICONS: Final = ROOT / "addin" / "icons"


def part(name: str) -> bytes:
    with zipfile.ZipFile(ADDIN) as package:
        return package.read(name)


def code_of(text: str) -> list[str]:
    """Return the lines below attributes and class preamble, without trailing blanks."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    return [line.rstrip() for line in lines if not line.startswith("Attribute VB_")]


def extracted() -> dict[str, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = VBA_Parser(str(ADDIN))
        found = {Path(name).stem: code for _, _, name, code in parser.extract_macros()}
        parser.close()
    return found


def test_the_shipped_file_is_what_the_sources_make() -> None:
    assert build_addin(source_tree()) == ADDIN.read_bytes(), "planbook addin build --host excel"


def test_a_scanner_sees_exactly_the_sources() -> None:
    modules = {module.name: module for module in read_modules(ROOT / "macros")}
    found = extracted()
    assert found.keys() == modules.keys()
    for name, module in modules.items():
        assert code_of(found[name]) == code_of(module.code), name


def test_no_scanner_calls_it_suspicious() -> None:
    raptor = MacroRaptor("\n".join(extracted().values()))
    raptor.scan()
    assert not raptor.suspicious
    assert not raptor.autoexec


def test_the_macros_are_clean_vba() -> None:
    sources = ("macros", str(ADDIN.relative_to(ROOT)))
    run = subprocess.run(
        [sys.executable, "-m", "pyvbaanalysis", "--whole-project", "--fail-level", "information", *sources],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("(no diagnostics)") == len(sources)


@pytest.mark.validator
def test_the_package_is_valid() -> None:
    assert_valid_office_file(ADDIN)
    report = check_file(str(ADDIN))
    assert report.ok, report.issues


def test_every_part_has_a_type_and_every_override_a_part() -> None:
    root = etree.fromstring(part("[Content_Types].xml"))
    names = set(zipfile.ZipFile(ADDIN).namelist()) - {"[Content_Types].xml"}
    defaults = {element.get("Extension") for element in root if element.tag.endswith("Default")}
    overrides = {element.get("PartName", "") for element in root if element.tag.endswith("Override")}
    assert {override.removeprefix("/") for override in overrides} <= names
    assert all(name.rsplit(".", 1)[1] in defaults for name in names)


def test_the_ribbon_is_the_table_of_buttons() -> None:
    assert RIBBON_FILE.read_text(encoding="utf-8") == render_ribbon(), "scripts/build_ribbons.py"
    assert part("customUI/customUI14.xml") == RIBBON_FILE.read_bytes()
    root = etree.fromstring(part("customUI/customUI14.xml"))
    controls = [element.get("id") for element in root.iter(f"{{{NAMESPACE}}}button")]
    assert controls == [button.id for button in all_buttons()]
    assert [element.get("label") for element in root.iter(f"{{{NAMESPACE}}}group")] == [one.label for one in GROUPS]


# Attributes of 2009/07/customui that name callbacks, with the signature that Excel calls them by.
SIGNATURES: Final = {
    "onAction": "(control As IRibbonControl)",
    "onLoad": "(ribbon As IRibbonUI)",
    "getEnabled": "(control As IRibbonControl, ByRef returnedVal)",
    "getVisible": "(control As IRibbonControl, ByRef returnedVal)",
    "getLabel": "(control As IRibbonControl, ByRef returnedVal)",
}
BUTTON_ATTRIBUTES: Final = {"id", "label", "size", "image", "screentip", "supertip", "onAction"}


def test_every_callback_stands_in_the_macros_with_the_right_signature() -> None:
    root = etree.fromstring(RIBBON_FILE.read_bytes())
    code = extracted()["PlanbookRibbon"]
    callbacks = {(kind, element.get(kind)) for element in root.iter() for kind in element.attrib if kind in SIGNATURES}
    assert callbacks
    for kind, name in callbacks:
        assert f"Public Sub {name}{SIGNATURES[kind]}" in code, name
    for element in root.iter():
        unknown = [name for name in map(str, element.attrib) if name[:2] in ("on", "ge") and name not in SIGNATURES]
        assert not unknown, unknown


def test_the_ribbon_keeps_to_the_schema() -> None:
    """Elements, attributes and lengths as 2009/07/customui has them (its schema file is not ours to ship)."""
    root = etree.fromstring(RIBBON_FILE.read_bytes())
    children = {"customUI": "ribbon", "ribbon": "tabs", "tabs": "tab", "tab": "group", "group": "button"}
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        assert {child.tag for child in element} <= {f"{{{NAMESPACE}}}{children.get(name, '')}"}, name
    for button in root.iter(f"{{{NAMESPACE}}}button"):
        assert set(button.attrib) == BUTTON_ATTRIBUTES
        assert re.fullmatch(r"[A-Za-z_][\w.-]*", str(button.attrib["id"]))
        assert button.attrib["size"] in ("large", "normal")
        assert all(0 < len(text) <= 1024 for text in button.attrib.values())


def test_every_icon_is_drawn_at_both_sizes_and_embedded() -> None:
    relationships = etree.fromstring(part("customUI/_rels/customUI14.xml.rels"))
    targets = {element.get("Id"): element.get("Target") for element in relationships}
    for button in BUTTONS.values():
        assert targets[button.icon] == f"images/{button.icon}.png"
        drawn = (ICONS / f"{button.icon}_32.png").read_bytes()
        assert part(f"customUI/images/{button.icon}.png") == drawn
        for size in (16, 32):
            with Image.open(ICONS / f"{button.icon}_{size}.png") as picture:
                assert picture.size == (size, size)
                alpha = picture.convert("RGBA").getchannel("A").tobytes()
            covered = sum(value > 128 for value in alpha) / len(alpha)
            assert 0.2 < covered < 0.95, button.icon  # a faint drawing is lost on the ribbon, a full one is a tile
    assert {path.stem for path in ICONS.glob("*.svg")} == {button.icon for button in all_buttons()}


def test_icons_stand_out_on_light_and_on_dark() -> None:
    for button in all_buttons():
        with Image.open(io.BytesIO((ICONS / f"{button.icon}_16.png").read_bytes())) as picture:
            pixels = picture.convert("RGBA").tobytes()
        quads = [pixels[place : place + 4] for place in range(0, len(pixels), 4)]
        shades = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue, alpha in quads if alpha > 200]
        assert sum(abs(shade - 245) > 40 for shade in shades) >= 20, f"{button.icon} on light"
        assert sum(abs(shade - 41) > 40 for shade in shades) >= 20, f"{button.icon} on dark"


def test_the_macros_know_their_version() -> None:
    assert f'PLANBOOK_VERSION As String = "{__version__}"' in extracted()["PlanbookRibbon"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('Option Explicit\nPublic Const T = "月报"\n', "code page 1252 would make it ????"),
        ("Public Sub X()\nEnd Sub\n", "no Option Explicit"),
    ],
)
def test_sources_that_would_break_in_excel_are_refused(tmp_path: Path, text: str, why: str) -> None:
    for name in DOCUMENT_MODULES:
        (tmp_path / f"{name}.cls").write_text("Option Explicit\n", encoding="utf-8")
    (tmp_path / "Bad.bas").write_text(text, encoding="utf-8")
    with pytest.raises(PlanbookError):
        read_modules(tmp_path)
