"""Deviations, the daily equipment check and delegation from the command line."""

from datetime import date
from pathlib import Path

import click

from ult_desktop.cli.common.asking import (
    DAY,
    Noun,
    argument,
    by_row,
    day_named,
    in_words,
    of_office,
    option,
    typed,
)
from ult_desktop.cli.common.session import database_option, json_option, open_office, station_name, write_json
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability import commands
from ult_desktop.core.accountability.commands import Delegate, EndDelegation
from ult_desktop.core.accountability.deviations import (
    CheckedItem,
    Delegation,
    Deviation,
    DeviationState,
    form_word,
)
from ult_desktop.db.accountability import delegations, deviations
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.accountability.equipment_check import equipment_of
from ult_desktop.operations.office.office import Office

_AT_ONCE = 20  # visits of one operation: its transaction stays short
_NUMBER = argument("deviation_id", metavar="NUMBER")


def _found(
    office: Office, state: str | None, first: date | None, last: date | None, visit: int | None
) -> tuple[Deviation, ...]:
    if visit is not None:
        return office.read(lambda tx: deviations.of_visit(tx, visit))
    if first is not None:
        days = (first.isoformat(), (last or first).isoformat())
        return office.read(lambda tx: deviations.between(tx, *days))
    states = deviations.WAITING if state is None else (DeviationState(state),)
    return office.read(lambda tx: deviations.waiting(tx, states))


def _checked(office: Office, procedure_id: str, broken: tuple[str, ...]) -> commands.CheckEquipment:
    """Everything that the procedure lists, and what is broken."""
    every = dict.fromkeys((*office.read(lambda tx: equipment_of(tx, procedure_id)), *broken))
    return commands.CheckEquipment(
        procedure_id=procedure_id,
        items=tuple(CheckedItem(item=item, works=item not in broken) for item in every),
    )


def _deviation_line(found: Deviation) -> str:
    where = found.item if found.visit_id is None else f"kunjungan {found.visit_id} langkah {found.step}"
    words = f"{found.id}  {found.day}  {found.kind.word}  {where}"
    return f"{words}  {found.state.word}"


deviation = Noun(
    "deviation",
    "Penyimpangan mutu baku: daftar, penjelasan, tinjauan.",
    _NUMBER,
    resolve={"first": day_named, "last": day_named},
    write=in_words(_deviation_line),
)
deviation.query(
    "list",
    "Yang belum dipertanggungjawabkan; dengan --from semua sejak hari itu.",
    _found,
    option("state", type=click.Choice([state.value for state in deviations.WAITING])),
    option("first", "Hari pertama, misalnya 2026-11-01.", named="--from", type=DAY),
    option("last", "Hari terakhir; tanpa ini hari pertama saja.", named="--to", type=DAY),
    option("visit", "Hanya kunjungan ini.", type=int),
    write=by_row(in_words(_deviation_line)),
)
deviation.operation(
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
deviation.operation(
    "review",
    commands.ReviewDeviation,
    "Tinjau penjelasan NUMBER: diterima atau ditindaklanjuti.",
    argument("verdict", type=click.Choice(["diterima", "ditindaklanjuti"])),
    option("remark", "Catatan; wajib bila ditindaklanjuti."),
)
deviation.operation(
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


def _delegation_line(found: Delegation) -> str:
    days = found.first_day if found.first_day == found.last_day else f"{found.first_day}–{found.last_day}"
    ended = "" if found.ended_at is None else "  diakhiri"
    return f"{found.id}  {found.absent} → {found.delegate}  {days}  {form_word(found.form)}{ended}"


delegate = Noun(
    "delegate",
    "Pengalihan tugas petugas yang berhalangan.",
    resolve={"first_day": day_named, "last_day": day_named, "letter_date": day_named},
    write=in_words(_delegation_line),
)
delegate.operation(
    "give",
    Delegate,
    "Alihkan tugas ABSENT kepada TO (nama masuk), dengan surat penugasan atau lisan.",
    argument("absent"),
    argument("delegate", metavar="TO"),
    option("first_day", "Hari pertama, misalnya 2026-11-23.", named="--from", type=DAY),
    option("last_day", "Hari terakhir; tanpa ini hari pertama saja.", named="--to", type=DAY, default=None),
    option("letter_number", "Nomor surat penugasan.", named="--letter"),
    option("letter_date", "Tanggal surat penugasan.", type=DAY),
    option("procedure_id", "Secara lisan, untuk prosedur ini.", named="--oral", metavar="PROCEDURE"),
    option("ordered_by", "Siapa yang memerintahkan secara lisan."),
    option("notes", "Saksi atau catatan."),
    make=lambda _office, first_day, last_day, procedure_id, **said: Delegate(
        first_day=first_day,
        last_day=last_day or first_day,
        form="lisan" if procedure_id else "surat_penugasan",
        procedure_id=procedure_id,
        **said,
    ),
)
delegate.query(
    "list",
    "Penugasan terakhir, yang terbaru lebih dulu.",
    of_office(delegations.recent),
    write=by_row(in_words(_delegation_line)),
)
delegate.operation(
    "end",
    EndDelegation,
    "Akhiri penugasan NUMBER sebelum hari terakhirnya.",
    argument("delegation_id", metavar="NUMBER"),
)
