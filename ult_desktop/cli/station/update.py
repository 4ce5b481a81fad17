"""`update`: make a package, show what the share offers, install it, go back to the version before."""

import sys
from pathlib import Path
from typing import Annotated

import click

from ult_desktop import __version__
from ult_desktop.base import UserError, _, paths
from ult_desktop.base.config import load_station
from ult_desktop.base.policy import FILE_NAME, policy_or_nothing
from ult_desktop.cli.common import output, session
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import OfficeFile, param
from ult_desktop.core.updates.rollout import UpdateTurn
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.operations.updates import installing, packages
from ult_desktop.operations.updates.rollout import read_rollout
from ult_desktop.operations.updates.staging import UpdatePlaces, offered_in

Package = Annotated[Path | None, "Berkas paket pembaruan."]
Key = Annotated[Path | None, "Kunci publik; bawaan: yang dipasang bersama program."]


update = Noun(
    "update",
    nouns=("updates",),
    write=output.words_writer(lambda mark: _("Dicatat untuk versi {version}.").format(version=mark.version)),
)


@update.subcommand("Buat kunci penandatangan FILE; kunci publiknya FILE.pub ikut dipasang.", "key")
def make_key(file: Path) -> None:
    public = packages.new_key(file)
    public_file = file.with_name(f"{file.name}.pub")
    public_file.write_text(f"{public}\n", encoding="ascii")
    click.echo(_("{secret}: simpan di tempat terkunci, jangan di folder bersama.").format(secret=file))
    click.echo(_("{public}: sertakan saat memasang program.").format(public=public_file))


@update.subcommand("Buat paket bertanda tangan dari pemasang INSTALLER (.exe, .msi, .deb).")
def build(
    installer: Annotated[Path, "Pemasang program, .exe, .msi atau .deb."],
    *,
    key: Annotated[Path, param("Kunci penandatangan.", "--sign")],
    folder: Annotated[
        Path,
        param(
            "Folder untuk paketnya.",
            "--to",
            type=click.Path(path_type=Path, file_okay=False, exists=True),
            default=".",
        ),
    ],
    version: Annotated[str | None, "Versi program di dalamnya; bawaan: versi program ini."] = None,
) -> None:
    package = packages.build(
        installer, packages.signing_key(key), folder, version or __version__, MIGRATIONS.level
    )
    click.echo(
        _("Taruh paket ini di folder program di samping berkas kantor: {path}").format(path=package.path)
    )


@update.subcommand("Apa yang ditawarkan folder bersama, siapa menjalankan versi apa, dan giliran siapa.")
def check(
    *,
    key: Key = None,
    database: Annotated[OfficeFile, "Berkas kantor; bawaan: PC ini."] = None,
    as_json: bool,
) -> None:
    path = session.office_path(database, load_station())
    public = packages.public_key(key or UpdatePlaces.of_this_pc().key)
    good, bad = packages.offers(offered_in(path), public, sys.platform)
    with session.open_office(path) as office:
        known, now = office.read(read_rollout), office.clock()
    newest = good[0].manifest if good else None
    turns = dict[str, UpdateTurn]()
    if newest is not None:
        turns = {each.name: known.turn(each.identity, newest, now) for each in known.stations}
    if as_json:
        answer = {
            "offered": newest,
            "bad": [str(each) for each in bad],
            "stations": known.stations,
            "turns": turns,
        }
        session.write_json(answer)
        return
    for error in bad:
        click.echo(str(error), err=True)
    click.echo(
        _("Tidak ada paket di {folder}.").format(folder=offered_in(path))
        if newest is None
        else _("Ditawarkan: versi {version}, tanda tangannya benar.").format(version=newest.version)
    )
    output.write_lines(
        f"{each.name:<16} {each.version:<10} {turns[each.name].words if turns else ''}".rstrip()
        for each in known.stations
    )


@update.subcommand("Pasang paket yang lebih baru; hanya oleh administrator komputer ini.")
def apply(
    package: Package = None,
    *,
    at_start: Annotated[bool, "Yang sudah disiapkan stasiun di komputer ini, bila ada."] = False,
    key: Key = None,
) -> None:
    places, installation = UpdatePlaces.of_this_pc(), _installation(key)
    if not policy_or_nothing().updates:
        if at_start:
            return
        raise UserError(
            _("Pembaruan dimatikan di PC ini oleh administratornya."),
            _("Program yang terpasang tetap bekerja."),
            _("Berkasnya: {path}.").format(path=paths.program_folder() / FILE_NAME),
        )
    if package is not None and not at_start:
        started = installing.apply_package(package, installation)
    else:
        ready = installing.apply_ready(places.ready, installation) if installation.key.exists() else None
        if ready is None:
            if not at_start:
                click.echo(_("Tidak ada paket yang siap dipasang di komputer ini."))
            return
        started = ready
    click.echo(_("Pemasangan versi {version} dimulai.").format(version=started.version))


@update.subcommand("Kembali ke versi sebelumnya, atau ke PACKAGE yang lebih lama.")
def back(package: Package = None, *, key: Key = None) -> None:
    started = installing.go_back(package, _installation(key))
    click.echo(_("Pemasangan versi {version} dimulai.").format(version=started.version))


def _installation(key: Path | None) -> installing.Installation:
    places = UpdatePlaces.of_this_pc()
    return installing.Installation(places.kept, key or places.key)
