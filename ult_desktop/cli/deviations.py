"""Deviations from the command line: list, collect, explain, review; the daily equipment check."""

from datetime import date
from pathlib import Path

import click

from ult_desktop.cli.asking import DAY, Noun, argument, by_row, day_named, in_words, option, typed
from ult_desktop.cli.session import database_option, json_option, open_office, station_name, write_json
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability import commands
from ult_desktop.core.accountability.deviations import CheckedItem, Deviation, DeviationState
from ult_desktop.db.accountability import deviations as rows
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.accountability.equipment_check import equipment_of
from ult_desktop.operations.office.office import Office

_AT_ONCE = 20  # visits of one operation: its transaction stays short
_NUMBER = argument("deviation_id", metavar="NUMBER")


def _found(
    office: Office, state: str | None, first: date | None, last: date | None, visit: int | None
) -> tuple[Deviation, ...]:
    if visit is not None:
        return office.read(lambda tx: rows.of_visit(tx, visit))
    if first is not None:
        days = (first.isoformat(), (last or first).isoformat())
        return office.read(lambda tx: rows.between(tx, *days))
    states = rows.WAITING if state is None else (DeviationState(state),)
    return office.read(lambda tx: rows.waiting(tx, states))


def _checked(office: Office, procedure_id: str, broken: tuple[str, ...]) -> commands.CheckEquipment:
    """Everything that the procedure lists, and what is broken."""
    every = dict.fromkeys((*office.read(lambda tx: equipment_of(tx, procedure_id)), *broken))
    return commands.CheckEquipment(
        procedure_id=procedure_id,
        items=tuple(CheckedItem(item=item, works=item not in broken) for item in every),
    )


def _line(found: Deviation) -> str:
    where = found.item if found.visit_id is None else f"kunjungan {found.visit_id} langkah {found.step}"
    words = f"{found.id}  {found.day}  {found.kind.word}  {where}"
    return f"{words}  {found.state.word}"


deviation = Noun(
    "deviation",
    "Penyimpangan mutu baku: daftar, penjelasan, tinjauan.",
    _NUMBER,
    resolve={"first": day_named, "last": day_named},
    write=in_words(_line),
)
deviation.query(
    "list",
    "Yang belum dipertanggungjawabkan; dengan --from semua sejak hari itu.",
    _found,
    option("state", type=click.Choice([state.value for state in rows.WAITING])),
    option("first", "Hari pertama, misalnya 2026-11-01.", named="--from", type=DAY),
    option("last", "Hari terakhir; tanpa ini hari pertama saja.", named="--to", type=DAY),
    option("visit", "Hanya kunjungan ini.", type=int),
    write=by_row(in_words(_line)),
)
deviation.ask(
    "explain",
    commands.ExplainDeviation,
    "Jelaskan penyimpangan NUMBER: penyebab, perbaikan, penanggung jawab.",
    _NUMBER,
    option("cause", "Penyebab."),
    option("correction", "Perbaikan."),
    option("responsible", "Nama masuk penanggung jawab; tanpa ini Anda sendiri.", default=None),
    make=lambda _office, responsible, **said: commands.ExplainDeviation(
        responsible=responsible or typed("officer"), **said
    ),
)
deviation.ask(
    "review",
    commands.ReviewDeviation,
    "Tinjau penjelasan NUMBER: diterima atau ditindaklanjuti.",
    argument("verdict", type=click.Choice(["diterima", "ditindaklanjuti"])),
    option("remark", "Catatan; wajib bila ditindaklanjuti."),
)
deviation.ask(
    "equipment",
    commands.CheckEquipment,
    "Pemeriksaan perlengkapan harian PROCEDURE; yang rusak disebut dengan --broken.",
    argument("procedure_id"),
    option("broken", "Nama barang seperti dalam prosedurnya; boleh berulang.", multiple=True),
    make=_checked,
    write=in_words(lambda check: f"{len(check.items)} barang diperiksa, {len(typed('broken'))} rusak."),
)


@deviation.command(help="Catat yang terlewat pada kunjungan yang masih terbuka.")
@database_option
@json_option
def collect(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        late = office.read(lambda tx: visits_with_new_deviations(tx, office.clock()))
        actor = Actor(station=station_name())
        made = 0
        for begin in range(0, len(late), _AT_ONCE):
            made += office.perform(commands.CollectDeviations(visits=late[begin : begin + _AT_ONCE]), actor)
    if as_json:
        write_json({"visits": late, "made": made})
    else:
        click.echo(f"{made} penyimpangan baru dicatat.")
