"""Move the office to another place."""

import sys
from pathlib import Path

import click
import msgspec

from ult_desktop.base import _
from ult_desktop.cli.common import session
from ult_desktop.cli.common.help import SpokenCommand
from ult_desktop.db.office import office as rows
from ult_desktop.db.store.server_address import place_of
from ult_desktop.operations.office import moving


@click.command(
    cls=SpokenCommand,
    help="Pindahkan kantor ke berkas baru, atau ke basis data kosong di server; stasiun mengikuti sendiri.",
)
@click.option("--to", "target", type=session.OfficePath(), required=True, help="Tempat baru kantor.")
@click.option(
    "--stations",
    metavar="ALAMAT",
    default="",
    help="Alamat server untuk stasiun, bila semua memakai akun yang sama; kata sandinya tidak ikut.",
)
@click.option("--yes", is_flag=True, help="Jangan bertanya.")
@session.database_option
@session.officer_option
@session.json_option
def move(target: Path, stations: str, yes: bool, database: Path, officer: str, as_json: bool) -> None:
    if moving.has_moved_to(database, target, stations):
        place = place_of(target)
        session.tell(
            as_json, {"place": place, "moved": False}, _("Kantor sudah di {place}.").format(place=place)
        )
        return
    with session.open_office(database, follow=False) as opened:
        by = session.sign_in(opened, officer)
        name = opened.read(rows.load).settings.office.name
        session.confirm(
            _("Pindahkan kantor {name} ke {place}? Semua stasiun menunggu sampai selesai.").format(
                name=name, place=place_of(target)
            ),
            yes=yes,
        )
        with click.progressbar(length=1, label=_("Memindahkan"), file=sys.stderr) as bar:

            def tell(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            moved = moving.move_office(opened, by, target, stations, tell)
    told = _("Kantor {name} sekarang di {place}: {rows} baris, {events} catatan, rantai {chain}.")
    session.tell(
        as_json,
        {**msgspec.to_builtins(moved), "moved": True},
        told.format(
            name=name, place=moved.place, rows=moved.rows, events=moved.events, chain=moved.chain[:16]
        ),
        _("Tempat lama tidak ditulisi lagi dan hanya menunjukkan jalan. Simpan sebagai arsip."),
    )
