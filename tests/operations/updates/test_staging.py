"""Stations take updates from the share by themselves, one PC first."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from nacl.encoding import Base64Encoder
from nacl.signing import SigningKey

from tests.db.schema.builds import next_program
from tests.office import make_office
from tests.operations.scene import Scene
from tests.operations.updates.kits import UpdateKit, package
from ult_desktop import __version__
from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import program_folder
from ult_desktop.base.policy import FILE_NAME
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.updates.commands import ExcuseStation, ReleaseUpdate
from ult_desktop.core.updates.rollout import UpdateMark
from ult_desktop.db import station_updates
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store import stations
from ult_desktop.db.store.journal import Journal
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.backing_up import EVERY_HOUR_MS
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.updates.installing import _STATE
from ult_desktop.operations.updates.rollout import read_rollout
from ult_desktop.operations.updates.staging import Stager, UpdatePlaces, offered_in

ADMIN = Actor(station="loket-1", officer_id=1, roles=frozenset({Role.ADMIN}))


class Pc:
    """One PC with a station that reported itself."""

    def __init__(self, lan: "Lan", name: str) -> None:
        self.lan, self.name = lan, name
        folder = lan.folder / name
        folder.mkdir()
        self.places = UpdatePlaces(folder / "own", folder / "kept", folder / "key.pub")
        self.places.own.mkdir()
        self.places.kept.mkdir()
        self.places.key.write_bytes(lan.kit.public.encode(Base64Encoder))
        self.journal = folder / "journal.db"
        own = Journal(self.journal)
        self.identity = own.identity()
        own.close()
        self.report(__version__)

    def report(self, version: str) -> None:
        row = stations.Presence(
            name=self.name,
            mode="counter",
            version=version,
            boot="b",
            seen_at=self.lan.now,
            identity=self.identity,
        )
        self.lan.store.write(lambda tx: stations.report(tx, row))

    def look(self) -> list[str]:
        """Return the words of its hourly look, a moment after the last one."""
        self.lan.scene.clock.now += 1
        stager = Stager(self.lan.scene.path, self.journal, self.places)
        return [error.what for error in stager.stage_newest(self.lan.store, self.lan.now)]

    @property
    def waits(self) -> list[str]:
        return _names(self.places.waiting)

    def is_ready(self) -> bool:
        return bool(_names(self.places.ready)) and not self.waits


def _names(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.iterdir())] if folder.exists() else []


class Lan:
    """An office, its share and a maker's desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scene = Scene(make_office(folder))
        self.kit = UpdateKit(SigningKey.generate(), offered_in(self.scene.path), folder)
        self.kit.share.mkdir()
        self.store = Store(self.scene.path)

    @property
    def now(self) -> int:
        return self.scene.clock.now

    def marks(self) -> list[tuple[UpdateMark, str]]:
        return [(each.mark, each.identity) for each in self.store.read(station_updates.marks)]


@pytest.fixture
def lan(tmp_path: Path) -> Iterator[Lan]:
    made = Lan(tmp_path)
    yield made
    made.store.close()
    made.scene.close()


def test_the_first_goes_ahead_and_the_others_follow_a_day_after_it_runs(
    lan: Lan, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = Pc(lan, "loket-1"), Pc(lan, "kios-1")
    made = lan.kit.build(b"isi" * 9000)
    assert first.look() + other.look() == []
    assert first.is_ready()
    assert other.waits == [made.path.name]
    assert (first.places.ready / made.path.name).read_bytes() == made.path.read_bytes()
    with monkeypatch.context() as installed:
        installed.setattr("ult_desktop.operations.updates.staging.__version__", "9.9.9")
        first.look()
        first.look()
    other.look()
    assert not other.is_ready()
    lan.scene.clock.now += DAY_MS
    other.look()
    assert other.is_ready()
    other.look()
    staged = [(UpdateMark.STAGED, first.identity), (UpdateMark.STAGED, other.identity)]
    assert lan.marks() == [*staged, (UpdateMark.INSTALLED, first.identity)]


def test_a_pc_whose_administrators_want_no_updates_takes_none(lan: Lan, own_home: Path) -> None:
    pc, policy = Pc(lan, "loket-1"), program_folder() / FILE_NAME
    lan.kit.build(b"isi")
    policy.parent.mkdir(parents=True)
    policy.write_text("updates = false\n")
    assert (pc.look(), pc.waits, pc.is_ready()) == ([], [], False)


def test_an_admin_lets_them_follow_and_nobody_else(lan: Lan) -> None:
    first, other = Pc(lan, "loket-1"), Pc(lan, "kios-1")
    ask = ReleaseUpdate(version="9.9.9")
    with pytest.raises(UserError, match="Belum ada komputer"):
        lan.scene.office.perform(ask, ADMIN)
    lan.kit.build(b"isi")
    first.look()
    with pytest.raises(UserError, match="tidak berwenang"):
        lan.scene.office.perform(ask, Actor(station="kios-1"))
    assert lan.scene.office.perform(ask, ADMIN).mark is UpdateMark.RELEASED
    with pytest.raises(UserError, match="sudah dicatat"):
        lan.scene.office.perform(ask, ADMIN)
    other.look()
    assert other.is_ready()


def test_a_program_that_changes_the_file_waits_for_all_but_whom_an_admin_leaves_out(lan: Lan) -> None:
    first, other = Pc(lan, "loket-1"), Pc(lan, "kios-1")
    Pc(lan, "layar-1")
    lan.kit.build(b"isi", level=MIGRATIONS.level + 1)
    for pc in (first, other, first):
        pc.look()
    assert not first.is_ready()
    manifest = lan.kit.build(b"isi", level=MIGRATIONS.level + 1).manifest
    assert lan.store.read(read_rollout).turn(first.identity, manifest, lan.now).lacking == ("layar-1",)
    excuse = ExcuseStation(version="9.9.9", name="layar-1")
    with pytest.raises(UserError, match="tidak sedang ditunggu"):
        lan.scene.office.perform(ExcuseStation(version="9.9.9", name="kios-1"), ADMIN)
    assert lan.scene.office.perform(excuse, ADMIN).mark is UpdateMark.EXCUSED
    first.look()
    other.look()
    assert first.is_ready()
    assert other.is_ready()


def test_what_is_not_newer_or_of_an_older_office_or_gone_back_from_is_left_alone(lan: Lan) -> None:
    pc = Pc(lan, "loket-1")
    lan.kit.build(b"isi", __version__)
    lan.kit.build(b"isi", "8.0.0", level=MIGRATIONS.level)
    with next_program():
        lan.kit.build(b"isi", "7.0.0", level=MIGRATIONS.level)
        (pc.places.kept / _STATE).write_text('{"left":"7.0.0"}')
        assert pc.look() == []
    assert not pc.places.waiting.exists()
    assert lan.marks() == []


def test_without_a_key_nothing_of_the_share_is_read(lan: Lan) -> None:
    pc = Pc(lan, "loket-1")
    pc.places.key.unlink()
    (lan.kit.share / "x.ultupdate").write_bytes(b"jahat")
    assert pc.look() == []


def test_a_rogue_share_is_told_and_a_good_package_beside_it_taken(lan: Lan) -> None:
    pc = Pc(lan, "loket-1")
    rogue = package(lan.kit.share, b"jahat", "99.0.0", SigningKey.generate())
    rogue.path.rename(lan.kit.share / "rogue.ultupdate")
    lan.kit.build(b"isi")
    (words,) = pc.look()
    assert "rogue.ultupdate" in words
    assert pc.is_ready()


def test_a_copy_that_breaks_off_is_made_anew(lan: Lan) -> None:
    pc = Pc(lan, "loket-1")
    made = lan.kit.build(b"isi" * 9000)
    pc.places.waiting.mkdir()
    (pc.places.waiting / made.path.with_suffix(".half").name).write_bytes(b"setengah")
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[:-1] + b"x")
    with pytest.raises(UserError, match="rusak"):
        pc.look()
    assert pc.waits == []
    assert lan.marks() == []
    made.path.write_bytes(whole)
    pc.look()
    assert pc.is_ready()


def _staged(identity: str, now: int, tx: Transaction) -> None:
    station_updates.add(tx, "9.9.9", identity, UpdateMark.STAGED, now, None)


def test_two_pcs_at_once_know_who_is_first(lan: Lan) -> None:
    """Both staged in the same moment, before either saw the other's note."""
    one, other = Pc(lan, "a"), Pc(lan, "b")
    for identity in (one.identity, other.identity):
        lan.store.write(partial(_staged, identity, lan.now))
    lan.kit.build(b"isi")
    one.look()
    other.look()
    assert [pc.is_ready() for pc in sorted((one, other), key=lambda pc: pc.identity)] == [True, False]


def test_the_share_goes_and_nothing_is_half_done(lan: Lan) -> None:
    pc = Pc(lan, "loket-1")
    lan.kit.build(b"isi")
    shutil.rmtree(lan.kit.share)
    assert pc.look() == []
    assert not pc.places.waiting.exists()


@pytest.mark.file_only("folder")
def test_every_station_looks_once_an_hour(lan: Lan) -> None:
    """A station looks beside its other care of the file."""
    places = UpdatePlaces.of_this_pc()
    places.key.parent.mkdir(parents=True, exist_ok=True)
    places.key.write_bytes(lan.kit.public.encode(Base64Encoder))
    journal = lan.folder / "journal.db"
    keeper = FileMaintainer(MaintenanceTask(lan.scene.path, journal, "loket-1"), lan.scene.clock)
    keeper.do_due_jobs()
    made = lan.kit.build(b"isi")
    keeper.do_due_jobs()
    assert _names(places.ready) == []
    lan.scene.clock.now += EVERY_HOUR_MS
    keeper.do_due_jobs()
    assert _names(places.ready) == [made.path.name]
    keeper.close()
