r"""An update package: an installer with a signed manifest before it, in one file (docs/updates.md).

    "ULT-UPDATE-1\n" · signature, 64 bytes · length of the manifest, 4 bytes · manifest, JSON · installer

The signature (ed25519) covers the manifest, and the manifest the installer by its length and digest.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

import msgspec
from nacl.encoding import Base64Encoder
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from ult_desktop.base import UserError, _
from ult_desktop.base.digests import blake2b_of
from ult_desktop.base.private_files import open_private
from ult_desktop.core.updates.rollout import FILE_SUFFIX, MAX_BYTES, InstallerKind, Manifest, version_order
from ult_desktop.db.store.share_files import open_regular

_MAGIC = b"ULT-UPDATE-1\n"
_SIGNATURE, _LENGTH = 64, 4  # bytes in the head of a package
_MOST_MANIFEST = 4096  # bytes
_CHUNK = 1 << 20
_KEY_BYTES = 44  # 32 bytes as base64
Key = TypeVar("Key")


class Offer(NamedTuple):
    """A package whose signature is good. Its installer is not read yet."""

    path: Path
    manifest: Manifest


class BadPackage(UserError):
    """The error that a package is bad. It is not installed, and does no harm where it is."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            _("Paket {name} tidak dipakai: {why}.").format(name=path.name, why=why),
            _("Program yang terpasang tetap bekerja."),
            _("Salin paket itu sekali lagi dari pembuatnya, atau hapus."),
        )


def new_key(path: Path) -> str:
    """Write a new signing key to a file that only its maker can read; return its public key.

    Raises:
        UserError: the file exists, or the folder cannot be written.
    """
    key = SigningKey.generate()
    try:
        with open(path, "xb", opener=open_private) as file:
            file.write(key.encode(Base64Encoder) + b"\n")
    except FileExistsError as error:
        raise UserError(
            _("{path} sudah ada.").format(path=path),
            _("Kunci itu tidak diubah."),
            _("Pilih nama lain: siapa kehilangan kuncinya tidak dapat lagi membuat pembaruan."),
        ) from error
    except OSError as error:
        raise _not_written(path, error) from error
    return key.verify_key.encode(Base64Encoder).decode()


def signing_key(path: Path) -> SigningKey:
    """Return the signing key in a file. Raises UserError if there is no such file, or it holds no key."""
    return _read_key(path, SigningKey)


def public_key(path: Path) -> VerifyKey:
    """Return the public key in a file. Raises UserError if there is no such file, or it holds no key."""
    return _read_key(path, VerifyKey)


def _read_key(path: Path, kind: Callable[[bytes, type[Base64Encoder]], Key]) -> Key:
    try:
        with open_regular(path) as file:
            # With room for the line's end on Windows.
            encoded = file.read(_KEY_BYTES + 2).strip()
    except OSError as error:
        raise UserError(
            _("Kunci {path} tidak dapat dibaca ({error}).").format(path=path, error=error.strerror),
            _("Tidak ada yang dipasang."),
        ) from error
    try:
        return kind(encoded, Base64Encoder)
    except (ValueError, TypeError, CryptoError) as error:
        raise UserError(
            _("{path} tidak berisi kunci: satu baris base64 sepanjang 44 huruf.").format(path=path),
            _("Tidak ada yang dipasang."),
        ) from error


def build(installer: Path, key: SigningKey, folder: Path, version: str, level: int) -> Offer:
    """Build the package of an installer in `folder`. `level` is the schema that its program writes.

    Raises:
        UserError: the file is no installer of this program, or too large, or the folder cannot be written.
    """
    manifest = _manifest_of(installer, version, level)
    encoded = msgspec.json.encode(manifest)
    path = folder / manifest.package_name
    with _writing_whole(path) as half, half.open("wb") as file, installer.open("rb") as source:
        file.write(_MAGIC + key.sign(encoded).signature + len(encoded).to_bytes(_LENGTH, "big") + encoded)
        for chunk in _chunks(source):
            file.write(chunk)
    return Offer(path, manifest)


def _manifest_of(installer: Path, version: str, level: int) -> Manifest:
    try:
        with installer.open("rb") as file:
            fields = {
                "version": version,
                "level": level,
                "kind": installer.suffix.removeprefix("."),
                "bytes": installer.stat().st_size,
                "digest": blake2b_of(_chunks(file)).hex(),
            }
        return msgspec.convert(fields, Manifest)
    except (OSError, msgspec.ValidationError) as error:
        kinds = ", ".join(f".{kind}" for kind in InstallerKind)
        raise UserError(
            _("{path} tidak dapat dijadikan paket: {error}.").format(path=installer, error=error),
            _("Tidak ada yang dibuat."),
            _("Pakai pemasang ({kinds}) paling besar {n} MB, dengan versi seperti 1.2.0.").format(
                kinds=kinds, n=MAX_BYTES // 1_000_000
            ),
        ) from error


def offers(folder: Path, key: VerifyKey, platform: str) -> tuple[tuple[Offer, ...], tuple[BadPackage, ...]]:
    """Return the good packages in a folder for a system, newest first; then the bad ones.

    `platform` is as `sys.platform` names it.
    """
    good, bad = [], []
    for path in sorted(folder.glob(f"*{FILE_SUFFIX}")) if folder.is_dir() else ():
        try:
            offer = Offer(path, read_manifest(path, key))
        except BadPackage as error:
            bad.append(error)
        else:
            if offer.manifest.kind.platform == platform:
                good.append(offer)
    good.sort(key=lambda offer: version_order(offer.manifest.version), reverse=True)
    return tuple(good), tuple(bad)


def read_manifest(path: Path, key: VerifyKey) -> Manifest:
    """Return the manifest of a package whose signature `key` proves.

    The installer's length is checked; its bytes are not read.

    Raises:
        BadPackage: the file is no package, half copied, not signed, or signed by somebody else.
    """
    try:
        with open_regular(path) as file:
            return _read_head(path, file, key)
    except OSError as error:
        raise BadPackage(path, _("tidak dapat dibaca ({error})").format(error=error.strerror)) from error


def _read_head(path: Path, file: BinaryIO, key: VerifyKey) -> Manifest:
    """Read the manifest, and leave the file at the installer's beginning."""
    head = file.read(len(_MAGIC) + _SIGNATURE + _LENGTH)
    if len(head) < len(_MAGIC) + _SIGNATURE + _LENGTH or not head.startswith(_MAGIC):
        raise BadPackage(path, _("bukan paket pembaruan, atau baru setengah tersalin"))
    signature, length = head[len(_MAGIC) : -_LENGTH], int.from_bytes(head[-_LENGTH:], "big")
    # The length is not signed: anybody who writes to the share can set it, so no more than a bound is read.
    encoded = file.read(min(length, _MOST_MANIFEST))
    try:
        manifest = msgspec.json.decode(key.verify(encoded, signature), type=Manifest)
    except (CryptoError, msgspec.MsgspecError) as error:
        raise BadPackage(path, _("tidak ditandatangani dengan kunci kantor ini")) from error
    if os.fstat(file.fileno()).st_size != file.tell() + manifest.bytes:
        raise BadPackage(path, _("panjangnya tidak cocok; mungkin baru setengah tersalin"))
    return manifest


def copy_checked(offer: Offer, folder: Path, key: VerifyKey) -> Offer:
    """Copy a package into `folder` and check the whole copy. It gets the package's name only if it is whole.

    Raises:
        BadPackage: the package is damaged, or changed since its manifest was read.
        UserError: the disk is full, or the folder cannot be written.
    """
    target = folder / offer.manifest.package_name
    with _writing_whole(target) as half:
        folder.mkdir(parents=True, exist_ok=True)
        with open_regular(offer.path) as source, half.open("wb") as file:
            for chunk in _chunks(source, MAX_BYTES + _MOST_MANIFEST):
                file.write(chunk)
        # The copy is checked, not the package on the share, which may have been exchanged since.
        with half.open("rb") as file:
            manifest = _read_head(offer.path, file, key)
            _require_whole(offer.path, file, manifest)
    return Offer(target, manifest)


def unpack(offer: Offer, folder: Path, key: VerifyKey) -> Path:
    """Write the installer of a package into `folder`, and check it there.

    Raises:
        BadPackage: the package is damaged or somebody else's.
        UserError: the folder cannot be written, or its disk is full.
    """
    target = folder / offer.manifest.installer_name
    try:
        with open_regular(offer.path) as source, target.open("wb") as file:
            manifest = _read_head(offer.path, source, key)
            for chunk in _chunks(source, manifest.bytes):
                file.write(chunk)
        with target.open("rb") as file:
            _require_whole(offer.path, file, manifest)
    except BadPackage:
        _delete(target)
        raise
    except OSError as error:
        _delete(target)
        raise _not_written(target, error) from error
    return target


def _require_whole(path: Path, installer: BinaryIO, manifest: Manifest) -> None:
    if blake2b_of(_chunks(installer)).hex() != manifest.digest:
        raise BadPackage(path, _("isinya rusak"))


@contextmanager
def _writing_whole(target: Path) -> Iterator[Path]:
    """Yield a path to write to. The file gets the name `target` at the end; after a failure it is deleted."""
    # In the same folder, since only there the renaming is one step.
    half = target.with_suffix(".half")
    try:
        yield half
        half.replace(target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        _delete(half)


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _chunks(file: BinaryIO, most: int = MAX_BYTES) -> Iterator[bytes]:
    while most > 0 and (chunk := file.read(min(_CHUNK, most))):
        most -= len(chunk)
        yield chunk


def _not_written(path: Path, error: OSError) -> UserError:
    return UserError(
        _("{path} tidak dapat ditulis ({error}).").format(path=path, error=error.strerror),
        _("Program yang terpasang tetap bekerja."),
        _("Periksa hak tulis dan ruang kosong disk itu."),
    )
