"""Packages: what was signed comes out byte for byte, everything else is told and leaves nothing behind."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from nacl.signing import SigningKey

from tests.operations.updates.kits import PLATFORM, UpdateKit, package
from ult_desktop.base.errors import UserError
from ult_desktop.operations.updates import packages
from ult_desktop.operations.updates.packages import BadPackage


@pytest.mark.posix_only("modes")
def test_a_key_is_its_owners_alone(tmp_path: Path) -> None:
    packages.new_key(tmp_path / "kunci")
    assert stat.S_IMODE((tmp_path / "kunci").stat().st_mode) == 0o600


def test_a_key_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "kunci"
    public = packages.new_key(path)
    (tmp_path / "kunci.pub").write_text(f"{public}\n")
    message = packages.signing_key(path).sign(b"kata")
    assert packages.public_key(tmp_path / "kunci.pub").verify(message) == b"kata"
    with pytest.raises(UserError, match="sudah ada"):
        packages.new_key(path)
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        packages.new_key(tmp_path / "tidak-ada" / "kunci")


@pytest.mark.parametrize("text", ["", "bukan kunci", "A" * 44, "A" * 5000])
def test_what_is_no_key_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kunci"
    path.write_text(text)
    for read in (packages.signing_key, packages.public_key):
        with pytest.raises(UserError, match="tidak berisi kunci"):
            read(path)
    with pytest.raises(UserError, match="tidak dapat dibaca"):
        packages.public_key(tmp_path / "lain")


def test_the_installer_comes_out_as_it_went_in(kit: UpdateKit) -> None:
    held = os.urandom(3_000_000)
    made = kit.build(held, "1.2.3")
    assert made.path.name == f"ult-desktop-1.2.3-{PLATFORM}.ultupdate"
    own = packages.copy_checked(made, kit.own, kit.public)
    assert packages.unpack(own, kit.own, kit.public).read_bytes() == held
    assert own.manifest == made.manifest
    assert (own.manifest.version, own.manifest.bytes) == ("1.2.3", len(held))


@pytest.mark.parametrize(
    ("name", "version", "said"),
    [
        ("program.zip", "1.0.0", "kind"),
        ("program.deb", "1.0", "version"),
        ("program.deb", "1.0.0/../../x", "version"),
        ("kosong.deb", "1.0.0", "bytes"),
        ("tidak-ada.deb", "1.0.0", "tidak-ada.deb"),
    ],
)
def test_what_cannot_be_a_package_is_told(kit: UpdateKit, name: str, version: str, said: str) -> None:
    for each in ("program.zip", "program.deb"):
        (kit.own / each).write_bytes(b"isi")
    (kit.own / "kosong.deb").touch()
    with pytest.raises(UserError, match=said):
        packages.build(kit.own / name, kit.secret, kit.share, version, 1)
    assert list(kit.share.iterdir()) == []


def test_newest_first_and_only_this_systems(kit: UpdateKit) -> None:
    for version in ("1.9.0", "1.10.0", "0.9.0"):
        kit.build(b"isi", version)
    other = "deb" if PLATFORM == "win32" else "exe"
    (kit.own / f"lain.{other}").write_bytes(b"isi")
    packages.build(kit.own / f"lain.{other}", kit.secret, kit.share, "2.0.0", 1)
    good, bad = packages.offers(kit.share, kit.public, PLATFORM)
    assert [each.manifest.version for each in good] == ["1.10.0", "1.9.0", "0.9.0"]
    assert bad == ()
    assert packages.offers(kit.share / "tidak-ada", kit.public, PLATFORM) == ((), ())


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _whole: b"",
    "head": lambda whole: whole[:40],
    "half": lambda whole: whole[: len(whole) // 2],
    "longer": lambda whole: whole + b"x",
    "one bit": lambda whole: whole[:60] + bytes([whole[60] ^ 1]) + whole[61:],
    "something else": lambda whole: b"PK\x03\x04" + whole,
    "a huge manifest": lambda whole: whole[:77] + b"\xff\xff\xff\xff" + whole[81:],
}


@pytest.mark.parametrize("way", SPOILT)
def test_a_spoilt_package_is_told_by_its_name(kit: UpdateKit, way: str) -> None:
    made = kit.build(b"isi" * 500)
    made.path.write_bytes(SPOILT[way](made.path.read_bytes()))
    good, (error,) = packages.offers(kit.share, kit.public, PLATFORM)
    assert good == ()
    assert made.path.name in error.what


def test_somebody_elses_signature_is_none(kit: UpdateKit) -> None:
    made = package(kit.share, b"jahat", "9.0.0", SigningKey.generate())
    with pytest.raises(BadPackage, match="tidak ditandatangani"):
        packages.read_manifest(made.path, kit.public)


@pytest.mark.parametrize(
    "change",
    [
        *({"version": "../../1"}, {"version": "9.9.9\n"}, {"bytes": 10**12}, {"digest": "x"}),
        *({"digest": "0" * 64 + "\n"}, {"kind": "sh"}, {"path": "/etc"}),
    ],
)
def test_even_a_signed_manifest_says_nothing_but_what_it_may(
    kit: UpdateKit, change: dict[str, object]
) -> None:
    made = kit.build(b"isi")
    told = msgspec.json.encode(msgspec.to_builtins(made.manifest) | change)
    signature = kit.secret.sign(told).signature
    made.path.write_bytes(b"ULT-UPDATE-1\n" + signature + len(told).to_bytes(4, "big") + told + b"isi")
    with pytest.raises(BadPackage):
        packages.read_manifest(made.path, kit.public)


def test_an_installer_that_was_changed_behind_its_manifest_never_lies_there(kit: UpdateKit) -> None:
    made = kit.build(b"isi" * 500)
    held = bytearray(made.path.read_bytes())
    held[-1] ^= 1
    made.path.write_bytes(held)
    for act in (packages.copy_checked, packages.unpack):
        with pytest.raises(BadPackage, match="rusak"):
            act(made, kit.own, kit.public)
    assert list(kit.own.iterdir()) == []


def test_a_disk_that_takes_nothing_is_told(kit: UpdateKit) -> None:
    made = kit.build(b"isi")
    full = kit.own / "berkas"
    full.touch()
    for act in (packages.copy_checked, packages.unpack):
        with pytest.raises(UserError, match="tidak dapat ditulis"):
            act(made, full, kit.public)
    (kit.own / "program.deb").write_bytes(b"isi")
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        packages.build(kit.own / "program.deb", kit.secret, full, "1.0.0", 1)


@pytest.mark.posix_only("fifo")
def test_a_pipe_is_no_package(kit: UpdateKit) -> None:
    """Whoever may lay packages out would hold up each start of the PC."""
    made = kit.build(b"isi")
    made.path.unlink()
    os.mkfifo(made.path)
    with pytest.raises(BadPackage, match="tidak dapat dibaca"):
        packages.read_manifest(made.path, kit.public)
    with pytest.raises(UserError):
        packages.copy_checked(made, kit.own, kit.public)
    with pytest.raises(UserError):
        packages.unpack(made, kit.own, kit.public)


def test_a_package_that_goes_away_is_told(kit: UpdateKit) -> None:
    made = kit.build(b"isi")
    made.path.unlink()
    with pytest.raises(BadPackage, match="tidak dapat dibaca"):
        packages.read_manifest(made.path, kit.public)
    with pytest.raises(UserError):
        packages.copy_checked(made, kit.own, kit.public)
