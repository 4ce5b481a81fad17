"""Where an office file may lie: real mount tables, and the folders that lose tickets."""

import ctypes
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.db.lock_check import location
from ult_desktop.db.lock_check.location import (
    DRIVE,
    Mount,
    advice_on,
    is_reachable,
    mount_of,
    on_network,
    problem_with,
    read_mounts,
    require_safe,
    system_mounts,
)

TABLE = r"""
/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw,nosuid 0 0
//SRV/ult /mnt/ult cifs rw,vers=3.1.1,nobrl,username=kios 0 0
//SRV/ult /mnt/baru smb3 rw,vers=3.1.1 0 0
nas:/ult /mnt/nfs3 nfs rw,vers=3,addr=10.0.0.2 0 0
nas:/ult /mnt/nfs4 nfs4 rw,vers=4.2,addr=10.0.0.2 0 0
nas:/ult /mnt/longgar nfs4 rw,vers=4.2,nolock 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw,user_id=1000 0 0
/dev/sdb1 /media/Kantor\040Kita\134Ké ext4 rw 0 0
systemd-1 /mnt/auto autofs rw,fd=44 0 0
//SRV/ult /mnt/auto cifs rw,vers=3.0 0 0
kurang kolom
"""
MOUNTS = read_mounts(TABLE)


def test_a_table_is_read_with_its_escapes() -> None:
    assert len(MOUNTS) == 11
    assert "/media/Kantor Kita\\Ké" in [mount.point for mount in MOUNTS]
    assert MOUNTS[2].options >= {"nobrl", "rw"}


@pytest.mark.parametrize(
    ("path", "point"),
    [
        ("/srv/office.db", "/"),
        ("/mnt/ult/a/office.db", "/mnt/ult"),
        ("/mnt/ultima/office.db", "/"),
        ("/media/Kantor Kita\\Ké/office.db", "/media/Kantor Kita\\Ké"),
    ],
)
def test_the_nearest_mount_counts(path: str, point: str) -> None:
    mount = mount_of(Path(path), MOUNTS)
    assert mount is not None
    assert mount.point == point


def test_of_two_on_one_point_the_later_counts() -> None:
    mount = mount_of(Path("/mnt/auto/office.db"), MOUNTS)
    assert mount is not None
    assert mount.kind == "cifs"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/mnt/ult/office.db", "NFSv4"),
        ("/mnt/baru/office.db", "Windows"),
        ("/mnt/auto/office.db", "CIFS"),
        ("/mnt/nfs3/office.db", "versi 4"),
        ("/mnt/longgar/office.db", "nolock"),
        ("/run/user/1000/gvfs/smb-share:server=srv/office.db", "kunci berkas"),
        ("/srv/siti/OneDrive - BPMP/office.db", "sinkronisasi"),
        ("/srv/siti/Nextcloud/office.db", "sinkronisasi"),
        ("/G/Drive Saya/ult/office.db", "sinkronisasi"),
    ],
)
def test_a_place_that_loses_tickets_is_told_with_the_way_out(path: str, words: str) -> None:
    assert words in problem_with(Path(path), MOUNTS)


@pytest.mark.parametrize(
    "path", ["/srv/office.db", "/mnt/nfs4/office.db", "/media/Kantor Kita\\Ké/office.db"]
)
def test_a_good_place(path: str) -> None:
    assert problem_with(Path(path), MOUNTS) == ""


def test_without_a_mount_table_nothing_is_said() -> None:
    assert problem_with(Path("/srv/office.db"), []) == ""


@pytest.mark.posix_only("proc")
def test_this_computers_own_disk_is_safe(tmp_path: Path) -> None:
    assert system_mounts()
    require_safe(tmp_path / "office.db")


@pytest.mark.posix_only("links")
def test_a_link_to_a_bad_place_is_followed(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "ult").symlink_to(tmp_path / "OneDrive")
    with pytest.raises(UserError, match="tidak dapat dibuka dari") as refused:
        require_safe(tmp_path / "ult" / "office.db")
    assert "sinkronisasi" in refused.value.todo


def test_elsewhere_there_is_no_mount_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "PROC_MOUNTS", tmp_path / "mounts")
    assert system_mounts() == []


def test_a_share_that_went_away_on_windows_is_told_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There `resolve` and `is_dir` raise: "the specified network name is no longer available"."""

    def gone(_path: Path, *_more: object) -> bool:
        raise OSError(22, "WinError 64")

    for look in ("resolve", "is_dir"):
        monkeypatch.setattr(Path, look, gone)
    require_safe(tmp_path / "office.db")
    assert not is_reachable(tmp_path)
    with pytest.raises(UserError):
        require_safe(tmp_path / "OneDrive" / "office.db")


def test_windows_is_asked_for_its_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Z: is mapped (4), C: is a disk (3), the other letters are free (1)."""
    kernel = SimpleNamespace(GetDriveTypeW=lambda root: {"Z:\\": 4, "C:\\": 3}.get(root, 1))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert [mount.point for mount in system_mounts()] == ["Z:\\"]


@pytest.mark.parametrize(
    ("path", "network"),
    [(r"z:\ult\office.db", True), (r"C:\ult\office.db", False), (r"\\SERVER\ult\office.db", True)],
)
def test_a_drive_letter_for_a_share_is_the_network(path: str, network: bool) -> None:
    drives = [Mount("Z:\\", DRIVE, frozenset())]
    assert on_network(PureWindowsPath(path), drives) is network
    assert ("\\\\SERVER" in advice_on(PureWindowsPath(path), drives)) is (path[0] == "z")


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/srv/office.db", False),
        ("/mnt/nfs4/office.db", True),
        ("\\\\SERVER\\ult\\office.db", True),
        ("//server/ult/office.db", True),
    ],
)
def test_a_share_is_told_from_this_computers_disk(path: str, network: bool) -> None:
    assert on_network(Path(path), MOUNTS) is network


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        (r"C:\kantor\OneDrive - Kantor\Documents", "OneDrive - Kantor"),
        (r"D:\awan\Dokumen", "OneDrive"),
        (r"G:\My Drive\Dokumen", "My Drive"),
        (r"C:\kantor\Dropbox", "Dropbox"),
        (r"C:\kantor\Documents", ""),
        (r"D:\awan-lama\Dokumen", ""),
    ],
)
def test_a_folder_that_a_cloud_copies(path: str, cloud: str) -> None:
    assert location.synced_by(PureWindowsPath(path), {"ONEDRIVECOMMERCIAL": r"D:\awan"}) == cloud
