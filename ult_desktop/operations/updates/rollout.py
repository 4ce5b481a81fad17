"""The state of an update in the office file: which stations have it, and whose turn it is to install it."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.updates import commands
from ult_desktop.core.updates.rollout import (
    KnownStation,
    Manifest,
    MarkedUpdate,
    UpdateMark,
    UpdateTurn,
    Version,
    lacking_stations,
    turn_of,
)
from ult_desktop.db import station_updates
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found


class Rollout(msgspec.Struct, frozen=True, kw_only=True):
    """The stations that take part in updates, and their marks: for the window and the command line."""

    stations: tuple[KnownStation, ...]
    marks: tuple[MarkedUpdate, ...]

    def has_mark(self, version: str, identity: str, mark: UpdateMark) -> bool:
        wanted = (version, identity, mark)
        return any((marked.version, marked.identity, marked.mark) == wanted for marked in self.marks)

    def turn(self, identity: str, manifest: Manifest, now: int) -> UpdateTurn:
        """Return the turn of a station that has the package. `now` is UTC ms."""
        return turn_of(
            identity,
            manifest.version,
            changes_file=manifest.level > MIGRATIONS.level,
            marks=self.marks,
            stations=self.stations,
            now=now,
        )


def read_rollout(tx: Transaction) -> Rollout:
    return Rollout(stations=station_updates.known(tx), marks=station_updates.marks(tx))


@handles(commands.ReleaseUpdate, needs=Permission.MANAGE_OFFICE, answer=station_updates.get)
@named("update release", "Izinkan semua komputer menyusul, sebelum yang pertama menjalankan VERSION sehari.")
def release_update(command: commands.ReleaseUpdate, tx: Transaction, context: Context) -> NewEvent:
    _require_offered(tx, command.version)
    return _note(tx, context, command.version, "", UpdateMark.RELEASED)


@handles(commands.ExcuseStation, needs=Permission.MANAGE_OFFICE, answer=station_updates.get)
@named(
    "update go-on-without", "Jangan tunggu komputer NAME untuk VERSION, misalnya karena sudah tidak dipakai."
)
def excuse_station(command: commands.ExcuseStation, tx: Transaction, context: Context) -> NewEvent:
    _require_offered(tx, command.version)
    rollout = read_rollout(tx)
    waited_for = lacking_stations(command.version, rollout.marks, rollout.stations, context.at)
    station = require_found(
        next((station for station in waited_for if station.name == command.name), None),
        _("{name} tidak sedang ditunggu untuk versi {version}.").format(
            name=command.name, version=command.version
        ),
        _("Lihat siapa yang ditunggu: `ult-desktop update check`."),
    )
    return _note(tx, context, command.version, station.identity, UpdateMark.EXCUSED)


def _require_offered(tx: Transaction, version: Version) -> None:
    if not any(mark.version == version for mark in station_updates.marks(tx)):
        raise refuse(
            _("Belum ada komputer yang menerima paket versi {version}.").format(version=version),
            _("Taruh paketnya di folder program di samping berkas kantor, lalu tunggu satu jam."),
        )


def _note(tx: Transaction, context: Context, version: str, identity: str, mark: UpdateMark) -> NewEvent:
    if read_rollout(tx).has_mark(version, identity, mark):
        raise refuse(_("Itu sudah dicatat."))
    mark_id = station_updates.add(tx, version, identity, mark, context.at, context.by.officer_id)
    return NewEvent(f"update.{mark}", "update", mark_id, {"version": version})
