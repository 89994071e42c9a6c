"""The wheels that planbook needs on another system: followed from wheel to wheel by that system's own markers.

`pip download --platform` judges markers by the system that it runs on, and so leaves out what Windows alone needs
(pywin32, colorama) when run on Linux; hence the closure is made here, and pip only fetches.
"""

import email
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from planbook.model.errors import PlanbookError

if TYPE_CHECKING:
    from packaging.requirements import Requirement


@dataclass(frozen=True, slots=True)
class Target:
    """A system that a bundle is for.

    Attributes:
        name: As the clerk writes it.
        label: What it is.
        tags: Platform tags of its wheels, as pip takes them.
        markers: What its Python says of itself, its version left out.
    """

    name: str
    label: str
    tags: tuple[str, ...]
    markers: Mapping[str, str]


def _target(name: str, label: str, tags: Sequence[str], system: Sequence[str]) -> Target:
    sys_platform, os_name, platform_system, machine = system
    markers = {
        "sys_platform": sys_platform,
        "os_name": os_name,
        "platform_system": platform_system,
        "platform_machine": machine,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    return Target(name, label, tuple(tags), MappingProxyType(markers))


def _manylinux(machine: str) -> tuple[str, ...]:
    return tuple(f"manylinux{version}_{machine}" for version in ("_2_28", "_2_17", "2014"))


def _macos(machine: str) -> tuple[str, ...]:
    return tuple(
        f"macosx_{version}_{kind}" for version in ("12_0", "11_0", "10_13", "10_9") for kind in (machine, "universal2")
    )


TARGETS: Final[Mapping[str, Target]] = MappingProxyType(
    {
        one.name: one
        for one in (
            _target("win_amd64", "Windows 64 位", ("win_amd64",), ("win32", "nt", "Windows", "AMD64")),
            _target("win32", "Windows 32 位", ("win32",), ("win32", "nt", "Windows", "x86")),
            _target("macos_arm64", "苹果电脑（M 系列）", _macos("arm64"), ("darwin", "posix", "Darwin", "arm64")),
            _target("macos_x86_64", "苹果电脑（Intel）", _macos("x86_64"), ("darwin", "posix", "Darwin", "x86_64")),
            _target("linux_x86_64", "麒麟、统信（x86）", _manylinux("x86_64"), ("linux", "posix", "Linux", "x86_64")),
            _target(
                "linux_aarch64", "麒麟、统信（ARM）", _manylinux("aarch64"), ("linux", "posix", "Linux", "aarch64")
            ),
        )
    }
)


def fetch_wheels(
    first: Path, target: Target, folder: Path, *, python: str, find_links: Path | None = None
) -> tuple[Path, ...]:
    """Put into `folder` every wheel that the wheel `first` needs on `target`; return them by name.

    Args:
        first: planbook's own wheel, which is not copied.
        target: The system.
        folder: Where to.
        python: Version of the Python there, e.g. `3.11`; many wheels are for one version alone.
        find_links: A folder of wheels to take them from instead of the package index.

    Raises:
        PlanbookError: pip is missing, or a package has no wheel for that system.
    """
    markers = {**target.markers, "python_version": python, "python_full_version": f"{python}.0"}
    known: set[str] = set()
    wanted = _needs(first, markers, ())
    while wanted:
        fresh = {name: needed for name, needed in wanted.items() if name not in known}
        if not fresh:
            break
        known |= fresh.keys()
        _download(fresh.values(), target, folder, python, find_links)
        wanted = {}
        for name, needed in fresh.items():
            wheel = _wheel_of(name, folder)
            for other, requirement in _needs(wheel, markers, tuple(needed.extras)).items():
                wanted.setdefault(other, requirement)
    return tuple(sorted(folder.glob("*.whl")))


def _needs(wheel: Path, markers: Mapping[str, str], extras: tuple[str, ...]) -> "dict[str, Requirement]":
    """Return what a wheel needs where `markers` hold, by canonical name, at the version in use here if any is."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, Requirement] = {}
    for text in requirements_of(wheel):
        requirement = Requirement(text)
        asked = [{**markers, "extra": extra} for extra in ("", *extras)]
        if requirement.marker is None or any(requirement.marker.evaluate(one) for one in asked):
            found.setdefault(canonicalize_name(requirement.name), _pinned(requirement))
    return found


def requirements_of(wheel: Path) -> list[str]:
    """Return the `Requires-Dist` lines of a wheel."""
    with zipfile.ZipFile(wheel) as package:
        name = next(one for one in package.namelist() if one.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(package.read(name)).get_all("Requires-Dist") or []


def _pinned(requirement: "Requirement") -> "Requirement":
    """Return the requirement at the version that is installed here, tested together, where that fits it."""
    from packaging.specifiers import SpecifierSet

    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return requirement
    if requirement.specifier.contains(version, prereleases=True):
        requirement.specifier = SpecifierSet(f"=={version}")
    return requirement


def _download(
    requirements: "Iterable[Requirement]", target: Target, folder: Path, python: str, find_links: Path | None
) -> None:
    specifiers = [f"{one.name}{one.specifier}" for one in requirements]
    source = ["--no-index", "--find-links", str(find_links)] if find_links else []
    platforms = [argument for tag in target.tags for argument in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--implementation", "cp", "--python-version", python, *platforms]
    command += [*source, "--dest", str(folder), *specifiers]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own command)
    if run.returncode:
        reason = next((line for line in reversed(run.stderr.splitlines()) if "ERROR" in line), run.stderr[-300:])
        raise PlanbookError(
            f"{target.label}的安装包没有备齐（{reason.strip()}）；请检查网络，或用 --find-links 指定本地目录。"
        )


def _wheel_of(name: str, folder: Path) -> Path:
    from packaging.utils import canonicalize_name

    for wheel in folder.glob("*.whl"):
        if canonicalize_name(wheel.name.split("-", 1)[0]) == name:
            return wheel
    raise PlanbookError(f"没有得到 {name} 的安装包，请检查网络后再试。")
