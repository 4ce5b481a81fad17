"""Installing runs what this PC's key vouches for, and nothing else; there is a way back."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from nacl.encoding import Base64Encoder
from nacl.signing import SigningKey

from tests.operations.updates.kits import KIND, PLATFORM, UpdateKit, package
from ult_desktop.base.errors import UserError
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.operations.updates import installing, packages
from ult_desktop.operations.updates.installing import Installation
from ult_desktop.operations.updates.packages import BadPackage


class Here:
    """A PC where version 1.0.0 runs; what was run there, with the file's bytes."""

    def __init__(self, kit: UpdateKit, folder: Path, version: str = "1.0.0") -> None:
        self.ready = folder / "siap"
        self.ran: list[tuple[list[str], bytes]] = []
        key = folder / "key.pub"
        key.write_bytes(kit.public.encode(Base64Encoder))
        self.at = Installation(folder / "kept", key, version, MIGRATIONS.level, PLATFORM, self._run)
        self.ready.mkdir()

    def _run(self, command: Sequence[str], _log: Path) -> None:
        held = next(Path(word) for word in command if Path(word).is_file())
        self.ran.append((list(command), held.read_bytes()))

    def offer(self, kit: UpdateKit, version: str, held: bytes = b"isi") -> Path:
        return kit.build(held, version).path.rename(self.ready / f"{version}.ultupdate")


@pytest.fixture
def here(kit: UpdateKit, tmp_path: Path) -> Here:
    return Here(kit, tmp_path)


def test_at_the_start_the_newest_is_installed_from_where_only_administrators_write(
    here: Here, kit: UpdateKit
) -> None:
    here.offer(kit, "1.1.0")
    here.offer(kit, "1.2.0", b"terbaru")
    old = here.offer(kit, "1.0.0")
    done = installing.apply_ready(here.ready, here.at)
    assert done is not None
    assert done.version == "1.2.0"
    ((command, held),) = here.ran
    assert held == b"terbaru"
    assert str(here.at.kept / f"ult-desktop-1.2.0.{KIND}") in command
    assert not old.exists()
    assert installing.state_of(here.at.kept).version == "1.2.0"


def test_nothing_ready_is_nothing_done(here: Here) -> None:
    assert installing.apply_ready(here.ready, here.at) is None
    assert installing.apply_ready(here.ready / "tidak-ada", here.at) is None
    assert here.ran == []


def test_a_station_that_lays_something_else_ready_runs_nothing(here: Here, kit: UpdateKit) -> None:
    other = package(kit.share, b"jahat", "9.0.0", SigningKey.generate())
    other.path.rename(here.ready / other.path.name)
    with pytest.raises(BadPackage, match="tidak ditandatangani"):
        installing.apply_ready(here.ready, here.at)
    assert here.ran == []


def test_a_package_that_is_exchanged_after_the_look_runs_nothing(here: Here, kit: UpdateKit) -> None:
    path = here.offer(kit, "1.1.0", b"isi" * 100)
    held = path.read_bytes()
    path.write_bytes(held[:-1] + b"x")
    with pytest.raises(BadPackage, match="rusak"):
        installing.apply_ready(here.ready, here.at)
    assert here.ran == []


def test_by_hand_only_what_is_newer(here: Here, kit: UpdateKit) -> None:
    for version in ("1.0.0", "0.9.9"):
        with pytest.raises(UserError, match="update back"):
            installing.apply_package(kit.build(b"isi", version).path, here.at)
    assert installing.apply_package(kit.build(b"isi", "1.0.1").path, here.at).version == "1.0.1"
    assert len(here.ran) == 1


def test_a_package_for_another_system_is_told(here: Here, kit: UpdateKit) -> None:
    away = here.at._replace(platform="win32" if PLATFORM == "linux" else "linux")
    with pytest.raises(BadPackage, match="sistem lain"):
        installing.apply_package(kit.build(b"isi").path, away)


def test_the_way_back_is_kept_and_not_taken_again_by_itself(
    here: Here, kit: UpdateKit, tmp_path: Path
) -> None:
    for version in ("1.1.0", "1.2.0", "1.3.0"):
        running = here.at._replace(version={"1.1.0": "1.0.0", "1.2.0": "1.1.0", "1.3.0": "1.2.0"}[version])
        installing.apply_package(kit.build(version.encode(), version).path, running)
    now = here.at._replace(version="1.3.0")
    kept = sorted(path.name for path in here.at.kept.glob("*.ultupdate"))
    assert kept == [f"ult-desktop-{each}-{PLATFORM}.ultupdate" for each in ("1.2.0", "1.3.0")]
    assert installing.go_back(None, now).version == "1.2.0"
    assert here.ran[-1][1] == b"1.2.0"
    assert installing.state_of(here.at.kept).left == "1.3.0"
    with pytest.raises(UserError, match="tidak tersimpan paket"):
        installing.go_back(None, now._replace(version="1.2.0", kept=tmp_path / "lain"))


def test_back_means_back_and_never_before_what_the_office_file_knows(here: Here, kit: UpdateKit) -> None:
    with pytest.raises(UserError, match="tidak lebih lama"):
        installing.go_back(kit.build(b"isi", "1.0.0").path, here.at)
    older = kit.build(b"isi", "0.9.0", MIGRATIONS.level).path
    with pytest.raises(UserError, match="tidak dapat membacanya"):
        installing.go_back(older, here.at._replace(level=MIGRATIONS.level + 1))
    assert installing.go_back(kit.build(b"isi", "0.9.0").path, here.at).version == "0.9.0"


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("msi", ["msiexec", "/i", "{}", "/qn", "/norestart"]),
        ("exe", ["{}", "/S", "/BACK"]),
        ("deb", ["dpkg", "--install", "{}"]),
    ],
)
def test_each_kind_is_installed_silently(here: Here, kit: UpdateKit, kind: str, command: list[str]) -> None:
    installer = kit.own / f"pemasang.{kind}"
    installer.write_bytes(b"isi")
    made = packages.build(installer, kit.secret, kit.share, "2.0.0", MIGRATIONS.level)
    installing.apply_package(made.path, here.at._replace(platform=made.manifest.kind.platform))
    told = str(here.at.kept / f"ult-desktop-2.0.0.{kind}")
    assert here.ran[0][0] == [word.format(told) for word in command]


def test_a_note_that_is_damaged_is_none(tmp_path: Path) -> None:
    (tmp_path / installing._STATE).write_bytes(b"\xff{")
    assert installing.state_of(tmp_path) == installing.UpdateState()


@pytest.mark.posix_only("beside")
def test_an_installer_that_fails_is_told_in_its_own_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    installing.run_installer([sys.executable, "-c", "print('baik')"], log)
    assert log.read_text() == "baik\n"
    with pytest.raises(UserError, match="disk penuh"):
        installing.run_installer([sys.executable, "-c", "raise SystemExit('disk penuh')"], log)
    with pytest.raises(UserError, match="Pemasangan gagal"):
        installing.run_installer(["ult-tidak-ada"], log)
