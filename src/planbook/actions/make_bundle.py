"""bundle: everything that an office without internet needs to install planbook, in one zip."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from planbook import __version__
from planbook.actions.bundle_wheels import Target, fetch_wheels
from planbook.model.errors import PlanbookError
from planbook.workspace.replacing import replace_file

_SCRIPTS: Final = Path(__file__).with_name("bundle_files")
_NO_EXECUTION: Final = 0o644
_EXECUTABLE: Final = 0o755


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was made, and how many wheels are in it."""

    path: Path
    target: str
    wheels: int


def make_bundle(
    folder: Path,
    target: Target,
    *,
    addins: Mapping[str, Path],
    now: datetime,
    python: str = f"{sys.version_info.major}.{sys.version_info.minor}",
    wheel: Path | None = None,
    find_links: Path | None = None,
    extra_files: Sequence[Path] = (),
) -> Bundle:
    """Make `planbook-VERSION-TARGET.zip` in `folder`.

    Args:
        folder: Where to.
        target: System that it is for.
        addins: The office programs' add-ins by the name they have in the bundle.
        now: Time of making, noted in its list of contents.
        python: Version of the Python that the office has or will install.
        wheel: planbook's own wheel; made from the sources, or fetched, by default.
        find_links: A folder of wheels instead of the package index.
        extra_files: Files to put in beside, such as Python's own installer.

    Raises:
        PlanbookError: A wheel cannot be had, or the zip cannot be written.
    """
    with tempfile.TemporaryDirectory() as temporary:
        wheels = Path(temporary) / "wheels"
        wheels.mkdir()
        own = wheel or _own_wheel(Path(temporary), find_links)
        fetched = fetch_wheels(own, target, wheels, python=python, find_links=find_links)
        contents = {f"wheels/{path.name}": path.read_bytes() for path in (own, *fetched)}
    contents |= {path.name: path.read_bytes() for path in sorted(_SCRIPTS.iterdir()) if path.is_file()}
    contents["python-version.txt"] = f"{python}\n".encode("ascii")
    contents |= {f"addin/{name}": path.read_bytes() for name, path in addins.items()}
    contents |= {f"manual/{name}": content for name, content in _manual().items()}
    contents |= {path.name: path.read_bytes() for path in extra_files}
    path = folder / f"planbook-{__version__}-{target.name}.zip"
    replace_file(path, _zip(path.stem, contents, now))
    return Bundle(path, target.name, len(fetched) + 1)


def _own_wheel(folder: Path, find_links: Path | None) -> Path:
    """Return planbook's own wheel: built where the sources lie, fetched elsewhere."""
    root = Path(__file__).parents[3]
    if (root / "pyproject.toml").is_file():
        what = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(root)]
    else:
        source = ["--no-index", "--find-links", str(find_links)] if find_links else []
        what = ["download", "--no-deps", *source, "--dest", str(folder), f"planbook=={__version__}"]
    command = [sys.executable, "-m", "pip", *what, "--quiet", "--disable-pip-version-check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own command)
    found = next(iter(folder.glob("planbook-*.whl")), None)
    if run.returncode or found is None:
        raise PlanbookError(
            f"没有得到 planbook 自己的安装包（{run.stderr.strip()[-200:]}），请用 --wheel 指定 .whl 文件。"
        )
    return found


def _manual() -> dict[str, bytes]:
    """Return the documents for users: from the package, or from the source tree."""
    package = Path(__file__).parents[1] / "manual"
    folder = package if package.is_dir() else Path(__file__).parents[3] / "docs"
    wanted = [*folder.glob("*.md"), *folder.glob("images/*.png")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(wanted)}


def _zip(stem: str, contents: Mapping[str, bytes], now: datetime) -> bytes:
    """Return the zip, everything in one folder, with the digest of each file in SHA256SUMS.txt."""
    import io

    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    local = now.astimezone()
    stamp = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted({**contents, "SHA256SUMS.txt": sums.encode()}.items()):
            entry = zipfile.ZipInfo(f"{stem}/{name}", stamp)
            entry.external_attr = (_EXECUTABLE if name.endswith((".sh", ".py")) else _NO_EXECUTION) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()
