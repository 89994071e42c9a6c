"""Installs planbook from the folder that this file lies in: standard library only, nothing from the internet.

Makes a Python environment of its own in the user's folder, installs the wheels, then the add-ins. Run again, it
upgrades. `--host excel|wps` chooses the add-ins (default: both, where they can be), `--workspace DIR` names the
workspace that the buttons work in.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def environment_folder() -> Path:
    """Return where planbook's Python environment goes."""
    override = os.environ.get("PLANBOOK_USER_FOLDER")
    if override:
        return Path(override) / "python"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "planbook" / "python"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "planbook" / "python"
    return Path.home() / ".local" / "share" / "planbook" / "python"


def check_files() -> None:
    """End with a sentence where a file of the bundle is missing or was changed on the way."""
    for line in (HERE / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            sys.exit(f"安装包不完整：{name} 缺失或被改动，请重新拷贝整个安装包。")


def run(*command: str) -> int:
    """Run a command and return its exit code."""
    return subprocess.run(command, check=False).returncode  # noqa: S603 (our own commands)


def main() -> None:
    """Install."""
    parser = argparse.ArgumentParser(description="安装 planbook")
    parser.add_argument("--host", action="append", choices=("excel", "wps"), help="只装这个加载项")
    parser.add_argument("--workspace", help="按钮使用的工作区文件夹")
    asked = parser.parse_args()
    check_files()
    target = environment_folder()
    print(f"安装到 {target} …")  # noqa: T201 (an installer talks)
    if not (target / "pyvenv.cfg").exists():
        venv.create(target, with_pip=True)
    python = target / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wheels = str(HERE / "wheels")
    if run(
        str(python), "-m", "pip", "install", "--quiet", "--upgrade", "--no-index", "--find-links", wheels, "planbook"
    ):
        sys.exit("planbook 没有装上，请把上面的内容发给维护人员。")
    at = ["-w", asked.workspace] if asked.workspace else []
    hosts = asked.host or (
        ["excel", "wps"] if sys.platform == "win32" else ["excel"] if sys.platform == "darwin" else ["wps"]
    )
    failed = [host for host in hosts if run(str(python), "-m", "planbook", "addin", "install", "--host", host, *at)]
    run(str(python), "-m", "planbook", "doctor", *at)
    if failed:
        sys.exit(f"planbook 已装好，但 {'、'.join(failed)} 的加载项没有装上，原因见上。")
    print("装好了。")  # noqa: T201 (an installer talks)


if __name__ == "__main__":
    main()
