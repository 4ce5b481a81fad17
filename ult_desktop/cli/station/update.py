"""`update`: make a package, look at what the share offers, install it, go back, let the others follow."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from ult_desktop import __version__
from ult_desktop.base import _
from ult_desktop.base.config import load_station
from ult_desktop.cli.common import asking, session
from ult_desktop.core.updates.commands import ExcuseStation, ReleaseUpdate
from ult_desktop.core.updates.rollout import MarkedUpdate, UpdateTurn
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.operations.updates import installing, packages
from ult_desktop.operations.updates.rollout import Rollout, read_rollout
from ult_desktop.operations.updates.staging import UpdatePlaces, offered_in

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_KEY = click.option("--key", type=_FILE, help="Kunci publik; bawaan: yang dipasang bersama program.")


def _told(mark: MarkedUpdate) -> str:
    return _("Dicatat untuk versi {version}.").format(version=mark.version)


update = asking.Noun("update", "Pembaruan program lewat folder bersama: buat, periksa, pasang, kembali.")


@update.command("key", help="Buat kunci penandatangan FILE; kunci publiknya FILE.pub ikut dipasang.")
@click.argument("file", type=_FILE)
def make_key(file: Path) -> None:
    public = packages.new_key(file)
    beside = file.with_name(f"{file.name}.pub")
    beside.write_text(f"{public}\n", encoding="ascii")
    click.echo(_("{secret}: simpan di tempat terkunci, jangan di folder bersama.").format(secret=file))
    click.echo(_("{public}: sertakan saat memasang program.").format(public=beside))


@update.command(help="Buat paket bertanda tangan dari pemasang INSTALLER (.exe, .msi, .deb).")
@click.argument("installer", type=_FILE)
@click.option("--sign", "key", type=_FILE, required=True, help="Kunci penandatangan.")
@click.option("--to", "folder", type=_FOLDER, default=".", help="Folder untuk paketnya.")
@click.option("--version", help="Versi program di dalamnya; bawaan: versi program ini.")
def build(installer: Path, key: Path, folder: Path, version: str | None) -> None:
    made = packages.build(
        installer, packages.signing_key(key), folder, version or __version__, MIGRATIONS.level
    )
    click.echo(_("Taruh paket ini di folder program di samping berkas kantor: {path}").format(path=made.path))


@update.command(help="Apa yang ditawarkan folder bersama, siapa menjalankan versi apa, dan giliran siapa.")
@_KEY
@click.option(
    "--database", type=session.OfficePath(), envvar="ULT_DATABASE", help="Berkas kantor; bawaan: PC ini."
)
@session.json_option
def check(key: Path | None, database: Path | None, as_json: bool) -> None:
    path = session.office_here(database, load_station())
    public = packages.public_key(key or UpdatePlaces.of_this_pc().key)
    good, bad = packages.offers(offered_in(path), public, sys.platform)
    with session.open_office(path) as office:
        known, now = office.read(read_rollout), office.clock()
    newest = good[0].manifest if good else None
    turns = (
        {}
        if newest is None
        else {each.name: known.turn(each.identity, newest, now) for each in known.stations}
    )
    if as_json:
        told = {
            "offered": newest,
            "bad": [str(each) for each in bad],
            "stations": known.stations,
            "turns": turns,
        }
        session.write_json(msgspec.to_builtins(told))
        return
    for error in bad:
        click.echo(str(error), err=True)
    click.echo(
        _("Tidak ada paket di {folder}.").format(folder=offered_in(path))
        if newest is None
        else _("Ditawarkan: versi {version}, tanda tangannya benar.").format(version=newest.version)
    )
    asking.tell_rows(_station_lines(known, turns))


def _station_lines(known: Rollout, turns: dict[str, UpdateTurn]) -> Iterator[str]:
    for station in known.stations:
        turn = turns.get(station.name)
        yield f"{station.name:<16} {station.version:<10} {turn.words if turn else ''}".rstrip()


@update.command(help="Pasang paket yang lebih baru; hanya oleh administrator komputer ini.")
@click.argument("package", type=_FILE, required=False)
@click.option("--at-start", is_flag=True, help="Yang sudah disiapkan stasiun di komputer ini, bila ada.")
@_KEY
def apply(package: Path | None, at_start: bool, key: Path | None) -> None:
    places, here = UpdatePlaces.of_this_pc(), _here(key)
    if package is not None and not at_start:
        done = installing.apply_package(package, here)
    else:
        ready = installing.apply_ready(places.ready, here) if here.key.exists() else None
        if ready is None:
            if not at_start:
                click.echo(_("Tidak ada paket yang siap dipasang di komputer ini."))
            return
        done = ready
    click.echo(_("Pemasangan versi {version} dimulai.").format(version=done.version))


@update.command(help="Kembali ke versi sebelumnya, atau ke PACKAGE yang lebih lama.")
@click.argument("package", type=_FILE, required=False)
@_KEY
def back(package: Path | None, key: Path | None) -> None:
    done = installing.go_back(package, _here(key))
    click.echo(_("Pemasangan versi {version} dimulai.").format(version=done.version))


def _here(key: Path | None) -> installing.Installation:
    places = UpdatePlaces.of_this_pc()
    return installing.Installation(places.kept, key or places.key)


update.operation(
    "release",
    ReleaseUpdate,
    "Izinkan semua komputer menyusul, sebelum yang pertama menjalankan VERSION sehari.",
    asking.argument("version"),
    write=asking.in_words(_told),
)
update.operation(
    "go-on-without",
    ExcuseStation,
    "Jangan tunggu komputer NAME untuk VERSION, misalnya karena sudah tidak dipakai.",
    asking.argument("version"),
    asking.argument("name"),
    write=asking.in_words(_told),
)
