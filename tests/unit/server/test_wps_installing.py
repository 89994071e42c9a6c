"""Installing the WPS add-in in homes as Windows, Linux and UOS have them: one element, and others' kept."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import py7zr
import pytest

from planbook import __version__
from planbook.model.errors import PlanbookError
from planbook.server.wps_addin import FOLDER, addin_files, pack_for_it
from planbook.server.wps_checks import check_addin
from planbook.server.wps_installing import install_addin, installed_version, trust, uninstall_addin
from planbook.server.wps_places import WpsPlaces, wps_places

OTHERS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<jsplugins>\n'
    '  <jspluginonline name="别家" type="wps" url="http://x/" enable="enable_dev"/>\n  <!-- 保留 -->\n</jsplugins>\n'
)
FILES: Mapping[str, bytes] = addin_files(Path("/家/service.json"))


def windows(home: Path) -> WpsPlaces:
    roaming, local = home / "AppData" / "漫游 数据", home / "AppData" / "Local"
    (local / "Kingsoft" / "WPS Office" / "12.1.0.16910" / "office6").mkdir(parents=True)
    return wps_places(platform="win32", environment={"APPDATA": str(roaming), "LOCALAPPDATA": str(local)}, home=home)


def linux(home: Path) -> WpsPlaces:
    (home / "root/opt/kingsoft/wps-office").mkdir(parents=True)
    return wps_places(platform="linux", environment={}, home=home, root=home / "root")


def uos(home: Path) -> WpsPlaces:
    (home / "root/opt/apps/cn.wps.wps-office-pro/files/kingsoft/wps-office").mkdir(parents=True)
    return wps_places(platform="linux", environment={}, home=home, root=home / "root")


def without_wps(home: Path) -> WpsPlaces:
    return wps_places(platform="linux", environment={}, home=home, root=home / "root")


LAYOUTS = [windows, linux, uos, without_wps]


def listed(places: WpsPlaces) -> list[tuple[str | None, str | None]]:
    root = ElementTree.parse(places.register).getroot()  # noqa: S314 (the test's own)
    return [(one.get("name"), one.get("url")) for one in root]


@pytest.fixture(params=LAYOUTS, ids=lambda layout: layout.__name__)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> WpsPlaces:
    made: WpsPlaces = request.param(tmp_path)
    return made


def test_the_places_are_those_of_the_system(tmp_path: Path) -> None:
    assert windows(tmp_path / "w").addins == tmp_path / "w/AppData/漫游 数据/kingsoft/wps/jsaddons"
    assert linux(tmp_path / "l").addins == tmp_path / "l/.local/share/Kingsoft/wps/jsaddons"
    policies = [layout(tmp_path / layout.__name__).policy for layout in LAYOUTS]
    assert [one is not None and one.parts[-3:] == ("office6", "cfgs", "oem.ini") for one in policies] == [
        True,
        True,
        True,
        False,
    ]


def test_installed_beside_others_again_and_removed(places: WpsPlaces) -> None:
    places.addins.mkdir(parents=True)
    places.register.write_text(OTHERS, encoding="utf-8")
    install_addin(places, FILES)
    first = places.register.read_bytes()
    assert listed(places) == [("别家", "http://x/"), ("planbook", FOLDER)]
    assert "保留" in places.register.read_text(encoding="utf-8")
    assert installed_version(places) == __version__
    assert (places.addins / FOLDER / "index.html").is_file()
    stamp = (places.addins / FOLDER).stat().st_mtime_ns
    install_addin(places, FILES)
    assert (places.register.read_bytes(), (places.addins / FOLDER).stat().st_mtime_ns) == (first, stamp)
    uninstall_addin(places)
    assert listed(places) == [("别家", "http://x/")]
    assert [one.name for one in places.addins.iterdir() if one.is_dir()] == []
    assert places.register.with_name("publish.xml.planbook-backup").read_text(encoding="utf-8") == OTHERS
    assert "没有安装" in uninstall_addin(places)[0]


def test_the_first_add_in_of_all(places: WpsPlaces) -> None:
    install_addin(places, FILES)
    root = ElementTree.parse(places.register).getroot()  # noqa: S314 (the test's own)
    (element,) = root
    wanted = {
        "name": "planbook",
        "type": "et",
        "url": FOLDER,
        "version": __version__,
        "enable": "enable_dev",
        "install": "null",
    }
    assert element.attrib == wanted | {"customDomain": ""}


def test_a_newer_version_takes_the_older_ones_place(places: WpsPlaces) -> None:
    old = places.addins / "planbook_0.0.9"
    old.mkdir(parents=True)
    (places.addins / "planbook_notes").mkdir()
    places.register.write_text(
        '<jsplugins><jsplugin name="planbook" type="et" url="planbook_0.0.9" version="0.0.9"/>'
        '<jspluginonline name="planbook" url="http://127.0.0.1/"/></jsplugins>',
        encoding="utf-8",
    )
    assert "从 0.0.9 升级" in install_addin(places, FILES)[0]
    assert listed(places) == [("planbook", FOLDER)]
    assert sorted(one.name for one in places.addins.iterdir() if one.is_dir()) == [FOLDER, "planbook_notes"]


@pytest.mark.parametrize(
    "content",
    ["<jsplugins><broken", "<other/>", '<!DOCTYPE x [<!ENTITY a "b">]><jsplugins>&a;</jsplugins>', "\x00\x01"],
)
def test_a_list_that_cannot_be_read_is_left_alone(tmp_path: Path, content: str) -> None:
    places = linux(tmp_path)
    places.addins.mkdir(parents=True)
    places.register.write_text(content, encoding="utf-8")
    with pytest.raises(PlanbookError):
        install_addin(places, FILES)
    with pytest.raises(PlanbookError):
        uninstall_addin(places)
    assert places.register.read_text(encoding="utf-8") == content
    assert [one.name for one in places.addins.iterdir()] == ["publish.xml"]


def test_what_the_it_department_rolled_out_is_not_doubled(places: WpsPlaces) -> None:
    places.addins.mkdir(parents=True)
    places.enterprise_register.write_text(
        '<jsplugins><jsplugin name="planbook" url="http://x/"/></jsplugins>', encoding="utf-8"
    )
    with pytest.raises(PlanbookError):
        install_addin(places, FILES)
    assert not places.register.exists()
    places.enterprise_register.write_text(
        '<jsplugins><jsplugin name="别家" url="http://x/"/></jsplugins>', encoding="utf-8"
    )
    install_addin(places, FILES)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("", None),
        ("{", None),
        ('{"et": []}', None),
        ('{"et": {"k": {"name": "别家", "enable": true, "isload": true}}}', None),
        ('{"et": {"k": {"name": "planbook", "enable": true, "isload": false}, "namelist": "k"}}', (True, False)),
        ('{"et": {"k": {"name": "planbook", "enable": false, "isload": false}}}', (False, False)),
        ('{"et": {"k": {"name": "planbook", "enable": true, "isload": true}}}', (True, True)),
    ],
)
def test_trust_is_read_and_never_written(tmp_path: Path, content: str, wanted: tuple[bool, bool] | None) -> None:
    places = linux(tmp_path)
    places.addins.mkdir(parents=True)
    places.trust.write_text(content, encoding="utf-8")
    assert trust(places) == wanted
    install_addin(places, FILES)
    uninstall_addin(places)
    assert places.trust.read_text(encoding="utf-8") == content


def test_doctor_says_what_is_missing(tmp_path: Path) -> None:
    places = linux(tmp_path)
    (check,) = check_addin(places, tmp_path / "service.json")
    assert check.is_good
    install_addin(places, FILES)
    places.trust.write_text(
        json.dumps({"et": {"k": {"name": "planbook", "enable": True, "isload": False}}}), encoding="utf-8"
    )
    found = {one.subject: one.is_good for one in check_addin(places, tmp_path / "service.json")}
    assert found == {"WPS 加载项": True, "WPS 信任": False, "本机服务": False, "WPS 网址管控": True}


def test_the_it_departments_files(tmp_path: Path) -> None:
    folder = pack_for_it(tmp_path / "下发")
    assert ElementTree.parse(folder / "jsplugins.xml").getroot()[0].get("name") == "planbook"  # noqa: S314 (our own)
    assert "JSPluginsServer=" in (folder / "oem.ini").read_text(encoding="utf-8")
    with py7zr.SevenZipFile(io.BytesIO((folder / "planbook.7z").read_bytes())) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    assert f"{FOLDER}/index.html" in names
    assert sorted(names) == sorted(f"{FOLDER}/{name}" for name in FILES)


def test_the_session_file_is_written_into_the_folder() -> None:
    assert b'"sessionFile": "/\xe5\xae\xb6/service.json"' in FILES["js/config.js"]
    assert b'"sessionFile": ""' in addin_files()["js/config.js"]
