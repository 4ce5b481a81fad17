"""Updates from the command line: from the maker's key to the installation on a PC."""

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.office import open_office, report_other
from tests.operations.updates.kits import KIND
from tests.program import CommandResult
from ult_desktop import __version__
from ult_desktop.base.config import default_path
from ult_desktop.base.policy import FILE_NAME
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.updates import installing
from ult_desktop.operations.updates.staging import UpdatePlaces


class Maker:
    """The desk where packages are made; its public key is installed on this PC."""

    def __init__(self, desk: CommandLine, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.share = desk.path.parent / "program"
        self.share.mkdir()
        self.key = folder / "kunci"
        assert desk.run("update", "key", self.key).code == 0
        self.places = UpdatePlaces.of_this_pc()
        self.places.key.parent.mkdir(parents=True)
        self.key.with_name("kunci.pub").rename(self.places.key)

    def build(self, version: str) -> Path:
        installer = self.folder / f"pemasang.{KIND}"
        installer.write_bytes(b"isi")
        answer = self.desk.run(
            *("update", "build", installer, "--sign", self.key, "--to", self.share, "--version", version)
        )
        assert answer.code == 0, answer.err
        (made,) = (each for each in self.share.iterdir() if version in each.name)
        assert str(made) in answer.out
        return made

    def office(self, *words: str) -> CommandResult:
        return self.desk.run("update", *words, "--database", self.desk.path)


@pytest.fixture
def maker(desk: CommandLine, tmp_path: Path) -> Maker:
    return Maker(desk, tmp_path)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the installers that would have run: a test installs nothing on this machine."""
    commands: list[list[str]] = []
    here = installing.Installation
    monkeypatch.setattr(
        "ult_desktop.operations.updates.installing.Installation",
        lambda kept, key: here(kept, key, run=lambda command, _log: commands.append(list(command))),
    )
    return commands


def test_what_the_share_offers_and_who_runs_what(maker: Maker) -> None:
    assert "Tidak ada paket" in maker.office("check").out
    maker.build("9.9.9")
    (maker.share / "rusak.ultupdate").write_bytes(b"x")
    answer = maker.office("check")
    assert "versi 9.9.9" in answer.out
    assert "rusak.ultupdate" in answer.err
    row = maker.office("check", "--json").row
    assert (row["offered"]["version"], row["offered"]["level"]) == ("9.9.9", MIGRATIONS.level)
    assert len(row["bad"]) == 1


def test_stations_are_told_with_their_turn(maker: Maker) -> None:
    office = open_office(maker.desk.path)
    report_other(
        office,
        Presence(name="loket-1", mode="counter", version=__version__, boot="b", seen_at=0, identity="x"),
    )
    office.close()
    maker.build("9.9.9")
    answer = maker.office("check")
    assert f"loket-1          {__version__}" in answer.out
    assert "dinyalakan lagi" in answer.out


def test_without_the_public_key_it_says_so(maker: Maker) -> None:
    maker.places.key.unlink()
    answer = maker.office("check")
    assert answer.code == 1
    assert "tidak dapat dibaca" in answer.err


def test_a_package_is_installed_by_hand_and_taken_back(maker: Maker, ran: list[list[str]]) -> None:
    answer = maker.desk.run("update", "apply", maker.build("9.9.9"))
    assert answer.code == 0, answer.err
    assert "versi 9.9.9 dimulai" in answer.out
    back = maker.desk.run("update", "back", maker.build("0.0.1"))
    assert "versi 0.0.1 dimulai" in back.out
    assert len(ran) == 2
    assert maker.desk.run("update", "back").code == 0, "0.0.1 is kept here"


def test_administrators_may_switch_updates_off(maker: Maker, ran: list[list[str]]) -> None:
    (maker.places.key.parent / FILE_NAME).write_text("updates = false\n")
    refused = maker.desk.run("update", "apply", maker.build("9.9.9"))
    assert (refused.code, ran) == (1, [])
    assert "dimatikan di PC ini" in refused.err
    assert maker.desk.run("update", "apply", "--at-start").code == 0, "the task of Windows did not fail"


def test_at_the_start_only_what_a_station_laid_ready(maker: Maker, ran: list[list[str]]) -> None:
    assert maker.desk.run("update", "apply", "--at-start").out == ""
    assert "Tidak ada paket yang siap" in maker.desk.run("update", "apply").out
    maker.places.ready.mkdir(parents=True)
    maker.build("9.9.9").rename(maker.places.ready / "a.ultupdate")
    assert "versi 9.9.9 dimulai" in maker.desk.run("update", "apply", "--at-start").out
    assert len(ran) == 1


def test_a_pc_without_a_key_starts_in_silence(maker: Maker) -> None:
    maker.places.key.unlink()
    answer = maker.desk.run("update", "apply", "--at-start")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_an_admin_releases_and_goes_on_without(maker: Maker) -> None:
    for words in (("release", "9.9.9"), ("go-on-without", "9.9.9", "kios-1")):
        assert "Belum ada komputer" in maker.office(*words).err


def test_the_office_is_this_pcs_own(maker: Maker) -> None:
    maker.build("9.9.9")
    unset = maker.desk.run("update", "check")
    assert unset.code == 1
    assert "ult-desktop setup" in unset.err
    default_path().parent.mkdir(parents=True, exist_ok=True)
    default_path().write_text(f"database = '{maker.desk.path}'\n")
    assert "9.9.9" in maker.desk.run("update", "check").out
