from pathlib import Path

import pytest

from planbook.model.errors import PlanbookError
from planbook.workspace import network_share
from planbook.workspace.network_share import (
    is_unc,
    read_linux_mounts,
    read_mac_mounts,
    refuse_network_share,
    share_among,
)

_LINUX = """\
/dev/sda1 / ext4 rw,relatime 0 0
server:/export /mnt/共享\\040盘 nfs4 rw 0 0
//srv/office /mnt/share cifs rw,vers=3.1.1 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
me@host:/ /home/me/remote fuse.sshfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
portal /run/user/0/doc fuse.portal rw 0 0
"""
_MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//wang@server/office on /Volumes/office (smbfs, nodev, nosuid, mounted by wang)
server:/data on /Volumes/data (1) (nfs)
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/wang/台账", ""),
        ("/mnt/共享 盘/台账", "nfs4"),
        ("/mnt/share/台账", "cifs"),
        ("/mnt/share", "cifs"),
        ("/mnt/share2", ""),
        ("/mnt/share/local/台账", ""),  # a disk of one's own mounted below a share
        ("/home/me/remote/a/b", "fuse.sshfs"),
        ("/mnt/c/台账", ""),  # Windows' own disk, seen from WSL
        ("/run/user/0/doc/x", ""),
    ],
)
def test_linux(place: str, kind: str) -> None:
    assert share_among(read_linux_mounts(_LINUX), place) == kind


@pytest.mark.parametrize(
    ("place", "kind"), [("/Users/wang", ""), ("/Volumes/office/台账", "smbfs"), ("/Volumes/data (1)/x", "nfs")]
)
def test_mac(place: str, kind: str) -> None:
    assert share_among(read_mac_mounts(_MAC), place) == kind


@pytest.mark.parametrize(
    ("place", "is_remote"),
    [
        ("\\\\server\\office\\台账", True),
        ("//server/office", True),
        ("\\\\?\\UNC\\server\\office", True),
        ("\\\\?\\D:\\台账", False),
        ("D:\\台账", False),
    ],
)
def test_windows_paths(place: str, *, is_remote: bool) -> None:
    assert is_unc(place) is is_remote


def test_a_ledger_on_a_share_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_network_share(tmp_path)
    monkeypatch.setattr(network_share, "network_share", lambda _folder: "cifs")
    with pytest.raises(PlanbookError, match="PostgreSQL"):
        refuse_network_share(tmp_path)
