"""The administrators' side of an update: check a package that a station put ready, install it, go back.

This side reads nothing from the share and nothing from the office file. It runs only installers whose package
is signed for the key on this PC.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ult_desktop import __version__
from ult_desktop.base import UserError, _
from ult_desktop.core.updates.rollout import InstallerKind, Manifest, version_order
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.operations.updates import packages

_STATE, _LOG = "pembaruan.json", "pemasangan.log"
_DETACHED = 0x0000_0008 | 0x0000_0200 if sys.platform == "win32" else 0  # detached, own process group


class UpdateState(msgspec.Struct, frozen=True, kw_only=True):
    """The installation that was begun last on this PC: of `version`, at `at` (UTC seconds).

    If it was a way back to an older version, `left` is the newer one; else "".
    """

    version: str = ""
    at: int = 0
    left: str = ""


def run_installer(command: Sequence[str], log: Path) -> None:
    """Run the installer, with its output in `log`.

    On Windows this does not wait for the installer's end, because it replaces this program.

    Raises:
        UserError: it did not start or, not on Windows, it failed.
    """
    try:
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603  (its digest is signed)
                command, stdout=output, stderr=subprocess.STDOUT, creationflags=_DETACHED
            )
    except OSError as error:
        raise _installation_failed(str(error)) from error
    if not _DETACHED and process.wait():
        raise _installation_failed(log.read_text(errors="replace")[-500:].strip())


class Installation(NamedTuple):
    """The program on this PC.

    `kept` is the folder of packages that were installed, `key` the public key; only administrators write
    there. `level` is the schema that the program writes.
    """

    kept: Path
    key: Path
    version: str = __version__
    level: int = MIGRATIONS.level
    platform: str = sys.platform
    run: Callable[[Sequence[str], Path], None] = run_installer


def state_of(kept: Path) -> UpdateState:
    """Return the installation that was begun last; an empty one if the PC was never updated."""
    try:
        return msgspec.json.decode((kept / _STATE).read_bytes(), type=UpdateState)
    except (OSError, msgspec.MsgspecError):
        return UpdateState()


def apply_ready(ready: Path, installation: Installation) -> Manifest | None:
    """Install, at the PC's start, the newest package that a station put ready. None if there is none.

    Raises:
        UserError: as `apply_package`.
    """
    good, bad = packages.offers(ready, packages.public_key(installation.key), installation.platform)
    newer = []
    for offer in good:
        if _is_newer(offer.manifest, installation):
            newer.append(offer)
        else:
            # Otherwise it would be checked again on each start of the PC.
            offer.path.unlink(missing_ok=True)
    if newer:
        return _install(newer[0], installation, UpdateState())
    if bad:
        raise bad[0]
    return None


def apply_package(path: Path, installation: Installation) -> Manifest:
    """Install the package at `path`, which must be newer than this program.

    Raises:
        UserError: the package is not good, not newer or for another system, this account may not install, or
            the installer failed.
    """
    offer = _read_offer(path, installation)
    if not _is_newer(offer.manifest, installation):
        raise UserError(
            _("Paket itu berisi versi {version}; yang terpasang {own}.").format(
                version=offer.manifest.version, own=installation.version
            ),
            _("Tidak ada yang dipasang."),
            _("Versi yang lebih lama hanya dengan `ult-desktop update back`."),
        )
    return _install(offer, installation, UpdateState())


def go_back(path: Path | None, installation: Installation) -> Manifest:
    """Install an older version: that of `path`, or the last one before this that is kept on this PC.

    Raises:
        UserError: as `apply_package`; there is no older package; or the office file, which this version has
            migrated, is too new for the older version.
    """
    offer = _last_older_kept(installation) if path is None else _read_offer(path, installation)
    if _is_newer(offer.manifest, installation) or offer.manifest.version == installation.version:
        raise UserError(
            _("Paket itu berisi versi {version}, tidak lebih lama daripada {own}.").format(
                version=offer.manifest.version, own=installation.version
            ),
            _("Tidak ada yang dipasang."),
        )
    # An office file of a higher level refuses older programs (docs/updates.md, "One PC first").
    if offer.manifest.level < installation.level:
        raise UserError(
            _("Berkas kantor sudah diubah oleh versi {own}; versi {version} tidak dapat membacanya.").format(
                version=offer.manifest.version, own=installation.version
            ),
            _("Tidak ada yang dipasang."),
            _("Tetap pakai versi ini, atau pulihkan cadangan dari sebelum pembaruan (panduan TI)."),
        )
    return _install(offer, installation, UpdateState(left=installation.version))


def _read_offer(path: Path, installation: Installation) -> packages.Offer:
    offer = packages.Offer(path, packages.read_manifest(path, packages.public_key(installation.key)))
    if offer.manifest.kind.platform != installation.platform:
        raise packages.BadPackage(path, _("dibuat untuk sistem lain"))
    return offer


def _last_older_kept(installation: Installation) -> packages.Offer:
    good, _bad = packages.offers(
        installation.kept, packages.public_key(installation.key), installation.platform
    )
    for offer in good:
        if version_order(offer.manifest.version) < version_order(installation.version):
            return offer
    raise UserError(
        _("Di komputer ini tidak tersimpan paket yang lebih lama daripada {own}.").format(
            own=installation.version
        ),
        _("Tidak ada yang dipasang."),
        _("Sebut paketnya: `ult-desktop update back PAKET`."),
    )


def _is_newer(manifest: Manifest, installation: Installation) -> bool:
    return version_order(manifest.version) > version_order(installation.version)


def _install(offer: packages.Offer, installation: Installation, state: UpdateState) -> Manifest:
    """Install a package from a checked copy in `kept`, and note that this was begun.

    Only administrators write to `kept`: nobody can exchange the copy between the check and the installation.
    """
    key = packages.public_key(installation.key)
    copy = packages.copy_checked(offer, installation.kept, key)
    installer = packages.unpack(copy, installation.kept, key)
    begun = msgspec.structs.replace(state, version=copy.manifest.version, at=int(time.time()))
    (installation.kept / _STATE).write_bytes(msgspec.json.encode(begun))
    _delete_kept_but(installation, copy.manifest.version)
    installation.run(_install_command(installer, copy.manifest.kind), installation.kept / _LOG)
    return copy.manifest


def _install_command(installer: Path, kind: InstallerKind) -> list[str]:
    if kind is InstallerKind.MSI:
        return ["msiexec", "/i", str(installer), "/qn", "/norestart"]
    if kind is InstallerKind.DEB:
        return ["dpkg", "--install", str(installer)]
    return [str(installer), "/S", "/BACK"]  # /BACK: older versions too, since this program has checked that


def _delete_kept_but(installation: Installation, version: str) -> None:
    """Delete the kept packages but that of `version` and, for the way back, that of the running version."""
    good, _bad = packages.offers(
        installation.kept, packages.public_key(installation.key), installation.platform
    )
    for offer in good:
        if offer.manifest.version not in {version, installation.version}:
            offer.path.unlink(missing_ok=True)
            (installation.kept / offer.manifest.installer_name).unlink(missing_ok=True)


def _installation_failed(words: str) -> UserError:
    return UserError(
        _("Pemasangan gagal: {words}.").format(words=words.rstrip(".")),
        _("Program yang lama tetap terpasang, dan data kantor tidak tersentuh."),
        _("Jalankan sekali lagi sebagai administrator, atau pasang sendiri."),
    )
