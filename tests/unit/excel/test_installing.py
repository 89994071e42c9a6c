"""The add-in's installer and what doctor says of it, in homes made for the test."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from planbook import __version__
from planbook.excel.addin_checks import check_addin
from planbook.excel.addin_places import AddinPlaces, addin_places
from planbook.excel.arguments import decode_argument
from planbook.excel.build_addin import ADDIN
from planbook.excel.installing import install_addin, installed_version, read_settings, uninstall_addin
from planbook.model.errors import PlanbookError


class FakeRegistry:
    """A registry of values by `KEY|NAME`."""

    def __init__(self, values: Mapping[str, str | int | bytes]) -> None:
        excel = {r"HKCR\Excel.Application\CLSID|": "{00024500}"}
        server = {r"HKCR\CLSID\{00024500}\LocalServer32|": r"C:\Program Files\Microsoft Office\EXCEL.EXE /automation"}
        self._values = {**excel, **server, **values}

    def read(self, key: str, name: str = "") -> str | int | bytes | None:
        return self._values.get(f"{key}|{name}")

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(entry.split("|")[1] for entry in self._values if entry.startswith(f"{key}|"))


@pytest.fixture(autouse=True)
def user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANBOOK_USER_FOLDER", str(tmp_path / "用户 文件夹"))
    return tmp_path / "用户 文件夹"


@pytest.fixture
def python(tmp_path: Path) -> Path:
    folder = tmp_path / "Python 三"
    folder.mkdir()
    for name in ("python.exe", "pythonw.exe"):
        (folder / name).write_bytes(b"")
    return folder / "python.exe"


def windows(tmp_path: Path, python: Path) -> AddinPlaces:
    roaming = str(tmp_path / "张三" / "AppData" / "Roaming")
    return addin_places(platform="win32", environment={"APPDATA": roaming}, home=tmp_path, executable=str(python))


def mac(tmp_path: Path, python: Path) -> AddinPlaces:
    return addin_places(platform="darwin", environment={}, home=tmp_path / "张三", executable=str(python))


def test_windows_places(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    assert places.addin == tmp_path / "张三/AppData/Roaming/Microsoft/Excel/XLSTART/planbook.xlam"
    assert places.interpreter.name == "pythonw.exe"  # no console flashes up
    (python.with_name("pythonw.exe")).unlink()
    assert windows(tmp_path, python).interpreter == python


def test_mac_places(tmp_path: Path, python: Path) -> None:
    places = mac(tmp_path, python)
    group = "张三/Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    assert places.addin == tmp_path / group / "planbook.xlam"
    assert places.script == tmp_path / "张三/Library/Application Scripts/com.microsoft.Excel/planbook.applescript"


def test_install_again_changes_nothing(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    first = install_addin(places)
    times = [path.stat().st_mtime_ns for path in (places.addin, places.settings)]
    again = install_addin(places)
    assert [path.stat().st_mtime_ns for path in (places.addin, places.settings)] == times
    assert places.addin.read_bytes() == ADDIN.read_bytes()
    assert decode_argument(read_settings(places.settings)["interpreter"]) == str(places.interpreter)
    assert first[0] != again[0]


def test_an_older_version_is_replaced(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    install_addin(places)
    places.addin.write_bytes(b"old")
    places.settings.write_text("version=0.0.9\ninterpreter=gone\n", encoding="ascii")
    assert "0.0.9" in install_addin(places)[0]
    assert places.addin.read_bytes() == ADDIN.read_bytes()
    assert installed_version(places) == __version__


def test_uninstall_removes_what_was_installed_and_nothing_else(tmp_path: Path, python: Path) -> None:
    for places in (windows(tmp_path, python), mac(tmp_path, python)):
        install_addin(places)
        other = places.startup / "PERSONAL.XLSB"
        other.write_bytes(b"mine")
        (places.settings.parent / "workspaces.json").write_text("[]", encoding="ascii")
        uninstall_addin(places)
        assert list(places.startup.iterdir()) == [other]
        assert [path.name for path in places.settings.parent.iterdir()] == ["workspaces.json"]
        assert places.script is None or not places.script.exists()
        assert "没有安装" in uninstall_addin(places)[0]


def test_an_add_in_that_excel_holds_is_said(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    places.startup.mkdir(parents=True)
    places.addin.write_bytes(b"old")
    (places.startup / "~$planbook.xlam").write_bytes(b"")
    with pytest.raises(PlanbookError) as refused:
        install_addin(places)
    assert "退出 Excel" in refused.value.message
    assert places.addin.read_bytes() == b"old"


def test_the_macs_script_says_a_hostile_path_literally(tmp_path: Path) -> None:
    python = tmp_path / 'py "三" \\ $(x)' / "python3"
    python.parent.mkdir()
    python.write_bytes(b"")
    places = mac(tmp_path, python)
    install_addin(places)
    assert places.script is not None
    script = places.script.read_text(encoding="utf-8")
    assert 'py \\"三\\" \\\\ $(x)' in script
    assert "quoted form of interpreter" in script


def faults(places: AddinPlaces, values: Mapping[str, str | int | bytes], platform: str = "win32") -> list[str]:
    checks = check_addin(places, FakeRegistry(values), runs=lambda _interpreter: __version__, platform=platform)
    return [check.result for check in checks if not check.is_good]


POLICIES = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
SETTINGS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
RESILIENCY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
ATTACK_SURFACE = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({f"{POLICIES}|VBAWarnings": 4}, "全部宏"),
        ({f"{POLICIES}|VBAWarnings": 3}, "签名的宏"),
        ({f"{SETTINGS}|VBAWarnings": 4}, "全部宏"),
        ({f"{POLICIES}|RequireAddinSig": 1}, "签名的加载项"),
        ({f"{SETTINGS}|DisableAllAddins": 1}, "禁用了全部加载项"),
        ({rf"{POLICIES}\Trusted Locations|AllLocationsDisabled": 1}, "受信任位置"),
        ({f"{RESILIENCY}|1A2B": "x\0C:\\PLANBOOK.xlam".encode("utf-16-le")}, "禁用项目"),
        ({f"{ATTACK_SURFACE}|d4f940ab-401b-4efc-aadc-ad5f3c50688a": "1"}, "服务"),
        ({r"HKCR\CLSID\{00024500}\LocalServer32|": r"D:\WPS Office\12.1\office6\et.exe"}, "WPS"),
    ],
)
def test_doctor_names_what_forbids_it(
    tmp_path: Path, python: Path, values: Mapping[str, str | int | bytes], word: str
) -> None:
    places = windows(tmp_path, python)
    install_addin(places)
    found = faults(places, values)
    assert len(found) == 1
    assert word in found[0]


def test_doctor_is_content_with_a_good_installation(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    install_addin(places)
    assert faults(places, {f"{POLICIES}|VBAWarnings": 2}) == []


def test_doctor_finds_no_fault_where_nothing_is_installed(tmp_path: Path, python: Path) -> None:
    assert faults(windows(tmp_path, python), {}) == []


def test_doctor_sees_the_mark_of_the_web(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    install_addin(places)
    Path(f"{places.addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")
    assert "来自网络" in faults(places, {})[0]


def test_doctor_sees_a_damaged_file_and_a_python_that_is_gone(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    install_addin(places)
    places.addin.write_bytes(b"changed")
    places.interpreter.unlink()
    found = faults(places, {})
    assert len(found) == 2
    places.addin.unlink()
    assert "不见了" in faults(places, {})[0]


def test_doctor_runs_the_python_that_buttons_start(tmp_path: Path, python: Path) -> None:
    places = windows(tmp_path, python)
    install_addin(places)
    for version, is_good in (("", False), ("0.0.1", False), (__version__, True)):
        runs = {places.interpreter: version}
        checks = check_addin(places, FakeRegistry({}), runs=runs.__getitem__, platform="linux")
        assert [check.is_good for check in checks] == [True, is_good]


def test_doctor_misses_the_macs_script(tmp_path: Path, python: Path) -> None:
    places = mac(tmp_path, python)
    install_addin(places)
    assert places.script is not None
    places.script.unlink()
    assert "脚本" in faults(places, {}, platform="darwin")[0]
