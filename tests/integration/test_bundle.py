"""The offline bundle: made from a small set of wheels, unpacked and installed without any network."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from planbook import __version__
from planbook.actions.bundle_wheels import TARGETS, requirements_of
from planbook.excel.build_addin import ADDIN
from tests.support.command import planbook

MAIN = """
import json, os, sys
from pathlib import Path
log = Path(os.environ["PLANBOOK_USER_FOLDER"]) / "calls.jsonl"
with log.open("a", encoding="utf-8") as file:
    file.write(json.dumps(sys.argv[1:]) + chr(10))
"""


def write_wheel(
    folder: Path, name: str, version: str, needs: Sequence[str] = (), *, tag: str = "py3-none-any", code: str = ""
) -> Path:
    """Write the smallest wheel that pip installs: one package, whose `__main__` is `code`."""
    info = f"{name}-{version}.dist-info"
    lines = "".join(f"Requires-Dist: {need}\n" for need in needs)
    files = {
        f"{name}/__init__.py": "",
        f"{name}/__main__.py": code,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{lines}",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as package:
        for place, text in {**files, f"{info}/RECORD": record}.items():
            package.writestr(place, text)
    return path


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of wheels as an office's mirror has them."""
    folder = tmp_path_factory.mktemp("镜像 目录")
    write_wheel(folder, "alpha_part", "1.0", ["beta-part[fast]>=2", "winpart; sys_platform == 'win32'"])
    write_wheel(folder, "beta_part", "2.5", ["gamma-part; extra == 'fast'", "delta-part; extra == 'slow'"])
    write_wheel(folder, "gamma_part", "3.0", ["alpha-part"])
    write_wheel(folder, "winpart", "1.0", tag="cp311-cp311-win_amd64")
    needs = ["alpha-part", "macpart; sys_platform == 'darwin'", "oldpart; python_version < '3.11'"]
    write_wheel(folder, "planbook", __version__, needs, code=MAIN)
    return folder


def bundle(shelf: Path, target: Path, *options: str) -> zipfile.ZipFile:
    own = shelf / f"planbook-{__version__}-py3-none-any.whl"
    run = planbook("bundle", target, "--wheel", own, "--find-links", shelf, *options)
    assert run.code == 0, run.error
    return zipfile.ZipFile(run.result["bundles"][0]["path"])


@pytest.fixture(scope="module")
def linux_bundle(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return bundle(shelf, tmp_path_factory.mktemp("bundle"), "--platform", "linux_x86_64")


def wheels_in(package: zipfile.ZipFile) -> set[str]:
    return {Path(name).name.split("-")[0] for name in package.namelist() if name.endswith(".whl")}


def test_windows_gets_what_windows_alone_needs(shelf: Path, tmp_path: Path) -> None:
    package = bundle(shelf, tmp_path)
    assert wheels_in(package) == {"planbook", "alpha_part", "beta_part", "gamma_part", "winpart"}
    root = f"planbook-{__version__}-win_amd64"
    assert package.read(f"{root}/addin/planbook.xlam") == ADDIN.read_bytes()
    assert package.read(f"{root}/install.cmd").isascii()
    assert package.read(f"{root}/install.cmd").count(b"\r\n") == package.read(f"{root}/install.cmd").count(b"\n")
    assert f"{root}/manual/manual.md" in package.namelist()


def test_it_installs_without_any_network(linux_bundle: zipfile.ZipFile, tmp_path: Path) -> None:
    assert "winpart" not in wheels_in(linux_bundle)
    linux_bundle.extractall(tmp_path / "U 盘")
    root = tmp_path / "U 盘" / f"planbook-{__version__}-linux_x86_64"
    home = tmp_path / "用户 文件夹"
    environment = {**os.environ, "PLANBOOK_USER_FOLDER": str(home), "PIP_NO_INDEX": "1"}
    command = ["sh", str(root / "install.sh"), "--host", "excel", "--workspace", "台 账"]
    for _ in range(2):  # a second run upgrades in place
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert run.returncode == 0, run.stdout + run.stderr
    calls = [json.loads(line) for line in (home / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
    assert calls[0] == ["addin", "install", "--host", "excel", "-w", "台 账"]
    assert calls[1][0] == "doctor"


def test_a_file_that_was_damaged_on_the_way_is_named(linux_bundle: zipfile.ZipFile, tmp_path: Path) -> None:
    linux_bundle.extractall(tmp_path / "x")
    root = tmp_path / "x" / f"planbook-{__version__}-linux_x86_64"
    (root / "addin" / "planbook.xlam").write_bytes(b"cut off")
    run = subprocess.run(["sh", str(root / "install.sh")], capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "addin/planbook.xlam" in run.stderr


def test_a_package_without_a_wheel_is_named(shelf: Path, tmp_path: Path) -> None:
    poorer = tmp_path / "镜像"
    shutil.copytree(shelf, poorer)
    (poorer / "gamma_part-3.0-py3-none-any.whl").unlink()
    own = poorer / f"planbook-{__version__}-py3-none-any.whl"
    run = planbook("bundle", tmp_path, "--wheel", own, "--find-links", poorer)
    assert run.code == 2
    assert "gamma" in run.error
    assert list(tmp_path.glob("*.zip")) == []


@pytest.mark.parametrize("options", [("--platform", "win95"), ("--python", "2.7"), ("--python", "最新")])
def test_systems_that_are_none_are_refused(tmp_path: Path, options: tuple[str, str]) -> None:
    assert planbook("bundle", tmp_path, *options).code == 2


def test_our_own_requirements_can_be_read_for_every_target(tmp_path: Path) -> None:
    """The markers in pyproject.toml mean something on every system that bundles are for."""
    from importlib import metadata

    from packaging.requirements import Requirement

    wheel = write_wheel(tmp_path, "planbook", __version__, metadata.requires("planbook") or [])
    assert requirements_of(wheel) == metadata.requires("planbook")
    for target in TARGETS.values():
        markers = {**target.markers, "python_version": "3.11", "python_full_version": "3.11.0"}
        names = {
            requirement.name
            for requirement in map(Requirement, requirements_of(wheel))
            if requirement.marker is None or requirement.marker.evaluate(dict(markers))
        }
        assert ("xlwings" in names) == (not target.name.startswith("linux"))
