"""The places where an office file may lie; mounts and folders that would lose tickets are refused.

`nobrl` mounts lost or doubled 20-47 % of acknowledged tickets; a Linux CIFS client without it answers BUSY
for ever and, after a session reset, writes without locks; a sync folder copies a file that is being written
(docs/store.md, rule 2).
"""

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath
from string import ascii_uppercase
from typing import NamedTuple

from ult_desktop.base import UserError, _
from ult_desktop.db.store import errors
from ult_desktop.db.store.server_address import is_server

PROC_MOUNTS = Path("/proc/mounts")
CIFS = frozenset({"cifs", "smb3", "smbfs"})
USER_SPACE = frozenset(  # file systems that run as a program, and know no locks of other computers
    {"fuse.gvfsd-fuse", "fuse.sshfs", "fuse.rclone", "fuse.smbnetfs", "fuse.davfs2", "davfs"}
)
# How the names of sync folders begin. "My drive" and "Drive saya" are the folders on Google's drive letter.
SYNC_FOLDERS = (
    *("onedrive", "dropbox", "nextcloud", "icloud", "syncthing"),
    *("google drive", "googledrive", "my drive", "drive saya"),
)


DRIVE = "drive letter"  # of Windows, for a share
# https://learn.microsoft.com/en-us/windows/win32/api/fileapi/nf-fileapi-getdrivetypew
_REMOTE_DRIVE = 4


class Mount(NamedTuple):
    """A line of /proc/mounts, or a drive letter of Windows."""

    point: str
    kind: str
    options: frozenset[str]


def read_mounts(text: str) -> list[Mount]:
    """Read the text of /proc/mounts as data; the octal escapes of blanks are undone."""
    mounts = []
    for line in text.splitlines():
        fields = line.split()
        if len(fields) < 4:
            continue
        _device, point, kind, options, *_rest = fields
        # Blank, tab, newline and backslash are written as three octal digits, other letters as they are:
        # https://man7.org/linux/man-pages/man5/proc_mounts.5.html. `decode("unicode_escape")` would read
        # letters beyond ASCII as Latin-1.
        point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), point)
        mounts.append(Mount(point, kind, frozenset(options.split(","))))
    return mounts


def mount_of(path: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    """Return the mount that holds `path`: the longest mount point above it; of two the later one."""
    nearest: Mount | None = None
    for mount in mounts:
        # Mounts may lie over each other; the later one hides the earlier.
        if path.is_relative_to(mount.point) and (nearest is None or len(mount.point) >= len(nearest.point)):
            nearest = mount
    return nearest


def problem_with(path: PurePath, mounts: Iterable[Mount]) -> str:
    """Say why a file must not be opened at `path`, with the way out; "" when it may."""
    if _sync_folder(path):
        return _(
            "Folder sinkronisasi (OneDrive, Dropbox, …) menyalin berkas yang sedang ditulis. "
            "Pakai folder bersama biasa."
        )
    mount = mount_of(path, mounts)
    if mount is None:
        return ""
    if mount.kind in CIFS:
        return _(
            "Komputer Linux tidak boleh membuka berkas kantor lewat CIFS/SMB: kunci berkasnya tidak aman. "
            "Pakai NFSv4, atau jalankan stasiun ini di Windows."
        )
    if mount.kind in USER_SPACE:
        return _(
            "Folder jaringan ini ({kind}) tidak mengenal kunci berkas. Pakai NFSv4 atau disk komputer ini."
        ).format(kind=mount.kind)
    if mount.kind.startswith("nfs") and (mount.kind != "nfs4" or "nolock" in mount.options):
        return _("NFS harus versi 4 dan tanpa `nolock`. Pasang ulang dengan `vers=4.2`.")
    return ""


def synced_by(path: PurePath, variables: Mapping[str, str] = os.environ) -> str:
    """Return the name of what copies a folder into a cloud, "OneDrive"; "" where nothing is known to."""
    roots = (variables.get(name) for name in ("ONEDRIVE", "ONEDRIVECOMMERCIAL", "ONEDRIVECONSUMER"))
    if any(root and path.is_relative_to(type(path)(root)) for root in roots):
        return "OneDrive"
    return _sync_folder(path)


def _sync_folder(path: PurePath) -> str:
    """Return the part of a path that has the name of a sync folder; "" if none has."""
    return next((part for part in path.parts if part.casefold().startswith(SYNC_FOLDERS)), "")


def require_safe(path: Path, *, follow_links: bool = True) -> None:
    """Refuse a path where data would be lost.

    Following a link to a bad mount reads the share, which may hang: without `follow_links` only the path
    itself is checked.

    Raises:
        UserError: with the way out; the office is on a server.
    """
    if is_server(path):
        raise errors.needs_a_file()
    problem = problem_with(resolve_links(path) if follow_links else path.absolute(), system_mounts())
    if problem:
        raise UserError(
            _("Berkas kantor tidak dapat dibuka dari {path}.").format(path=path),
            _("Berkas tidak disentuh."),
            problem,
        )


def resolve_links(path: Path) -> Path:
    """Return the path to which links lead.

    Windows raises over a share that went away; then the path itself is returned.
    """
    try:
        return path.resolve()
    except OSError:
        return path.absolute()


def is_reachable(folder: Path) -> bool:
    """Return whether a folder is there.

    A share or a disk that went away gives errors of every kind on Windows.
    """
    try:
        return folder.is_dir()
    except OSError:
        return False


def on_network(path: PurePath, mounts: Iterable[Mount]) -> bool:
    """Return whether a file lies on another computer: a UNC path, a drive letter for one, or an NFS mount."""
    if str(path).startswith(("\\\\", "//")):
        return True
    mount = mount_of(path, mounts)
    return mount is not None and (mount.kind == DRIVE or mount.kind.startswith("nfs"))


def advice_on(path: PurePath, mounts: Iterable[Mount]) -> str:
    """Say what would be better about a path that may be used; "" when nothing would."""
    mount = mount_of(path, mounts)
    if mount is None or mount.kind != DRIVE:
        return ""
    return _(
        "Pakai alamat jaringan (\\\\SERVER\\folder) sebagai ganti huruf drive: drive belum tentu tersambung"
        " saat PC menyala, dan akun lain tidak memilikinya."
    )


def system_mounts() -> list[Mount]:
    """List the mounts of this system, on Windows the drive letters of shares; none is opened: it may hang."""
    if sys.platform == "win32":
        return network_drives(ctypes.windll.kernel32.GetDriveTypeW)
    if not PROC_MOUNTS.exists():
        return []
    return read_mounts(PROC_MOUNTS.read_text(encoding="utf-8", errors="replace"))


def network_drives(drive_type: Callable[[str], int]) -> list[Mount]:
    """List the drive letters that stand for a share; `drive_type` is Windows' GetDriveTypeW."""
    roots = (f"{letter}:\\" for letter in ascii_uppercase)
    return [Mount(root, DRIVE, frozenset()) for root in roots if drive_type(root) == _REMOTE_DRIVE]
