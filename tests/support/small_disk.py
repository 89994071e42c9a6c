"""Runs commands in a workspace on a disk that is almost full; to be run within a mount namespace of its own.

    unshare --mount python -m tests.support.small_disk WORKSPACE MOUNT_POINT KIB_FREE COMMAND…

Puts the workspace on a small disk, leaves KIB_FREE on it, runs the command, makes room, and copies the workspace back.
Prints the command's exit code and what it said as JSON.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

_SIZE = 64 * 1024 * 1024
_FILLER = "filler"


def main() -> None:
    """Do as the module says."""
    workspace, mount_point, kib_free = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(mount_point)], check=True)
    root = mount_point / "台账"
    shutil.copytree(workspace, root)
    filler = mount_point / _FILLER
    with filler.open("wb") as file:
        file.write(b"\0" * max(0, shutil.disk_usage(mount_point).free - kib_free * 1024))
    command = [sys.executable, "-m", "planbook", "-w", str(root), *sys.argv[4:], "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    filler.unlink()
    shutil.rmtree(workspace)
    shutil.copytree(root, workspace)
    sys.stdout.write(json.dumps({"code": run.returncode, "error": run.stderr}))


if __name__ == "__main__":
    main()
