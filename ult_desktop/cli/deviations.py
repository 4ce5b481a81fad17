"""Deviations from the command line: list, collect, explain, review; the daily equipment check."""

from datetime import datetime
from pathlib import Path

import click

from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    station_name,
    write_json,
)
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability.commands import (
    CheckEquipment,
    CollectDeviations,
    ExplainDeviation,
    ReviewDeviation,
)
from ult_desktop.core.accountability.deviations import (
    CheckedItem,
    Deviation,
    DeviationState,
    deviation_state_word,
    kind_word,
)
from ult_desktop.db.accountability import deviations as rows
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.accountability.equipment_check import equipment_of

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_AT_ONCE = 20  # visits of one operation: its transaction stays short


@click.group(help="Penyimpangan mutu baku: daftar, penjelasan, tinjauan.")
def deviation() -> None:
    pass


@deviation.command(name="list", help="Yang belum dipertanggungjawabkan; dengan --from semua sejak hari itu.")
@click.option("--state", type=click.Choice([state.value for state in rows.WAITING]))
@click.option("--from", "first", type=_DAY, help="Hari pertama, misalnya 2026-11-01.")
@click.option("--to", "last", type=_DAY, help="Hari terakhir; tanpa ini hari pertama saja.")
@click.option("--visit", type=int, help="Hanya kunjungan ini.")
@database_option
@json_option
def show(
    state: str | None,
    first: datetime | None,
    last: datetime | None,
    visit: int | None,
    database: Path,
    as_json: bool,
) -> None:
    states = rows.WAITING if state is None else (DeviationState(state),)
    with open_office(database) as office:
        if visit is not None:
            found = office.read(lambda tx: rows.of_visit(tx, visit))
        elif first is not None:
            days = (first.date().isoformat(), (last or first).date().isoformat())
            found = office.read(lambda tx: rows.between(tx, *days))
        else:
            found = office.read(lambda tx: rows.waiting(tx, states))
    for each in found:
        _write(each, as_json)


@deviation.command(help="Catat yang terlewat pada kunjungan yang masih terbuka.")
@database_option
@json_option
def collect(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        late = office.read(lambda tx: visits_with_new_deviations(tx, office.clock()))
        actor = Actor(station=station_name())
        made = 0
        for begin in range(0, len(late), _AT_ONCE):
            made += office.perform(CollectDeviations(visits=late[begin : begin + _AT_ONCE]), actor)
    if as_json:
        write_json({"visits": late, "made": made})
    else:
        click.echo(f"{made} penyimpangan baru dicatat.")


@deviation.command(help="Jelaskan penyimpangan NUMBER: penyebab, perbaikan, penanggung jawab.")
@click.argument("number", type=int)
@click.option("--cause", required=True, help="Penyebab.")
@click.option("--correction", required=True, help="Perbaikan.")
@click.option("--responsible", help="Nama masuk penanggung jawab; tanpa ini Anda sendiri.")
@database_option
@officer_option
@json_option
def explain(
    number: int,
    cause: str,
    correction: str,
    responsible: str | None,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    command = ExplainDeviation(
        deviation_id=number, cause=cause, correction=correction, responsible=responsible or officer
    )
    with open_office(database) as office:
        _write(office.perform(command, sign_in(office, officer)), as_json)


@deviation.command(help="Tinjau penjelasan NUMBER: diterima atau ditindaklanjuti.")
@click.argument("number", type=int)
@click.argument("verdict", type=click.Choice(["diterima", "ditindaklanjuti"]))
@click.option("--remark", default="", help="Catatan; wajib bila ditindaklanjuti.")
@database_option
@officer_option
@json_option
def review(number: int, verdict: str, remark: str, database: Path, officer: str, as_json: bool) -> None:
    command = ReviewDeviation(deviation_id=number, verdict=DeviationState(verdict), remark=remark)
    with open_office(database) as office:
        _write(office.perform(command, sign_in(office, officer)), as_json)


@deviation.command(help="Pemeriksaan perlengkapan harian PROCEDURE; yang rusak disebut dengan --broken.")
@click.argument("procedure")
@click.option("--broken", multiple=True, help="Nama barang seperti dalam prosedurnya; boleh berulang.")
@database_option
@officer_option
@json_option
def equipment(procedure: str, broken: tuple[str, ...], database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        listed = office.read(lambda tx: equipment_of(tx, procedure))
        items = dict.fromkeys((*listed, *broken))
        command = CheckEquipment(
            procedure_id=procedure,
            items=tuple(CheckedItem(item=item, works=item not in broken) for item in items),
        )
        check = office.perform(command, sign_in(office, officer))
    if as_json:
        write_json(check)
    else:
        click.echo(f"{len(check.items)} barang diperiksa, {len(broken)} rusak.")


def _write(found: Deviation, as_json: bool) -> None:
    if as_json:
        write_json(found)
        return
    where = found.item if found.visit_id is None else f"kunjungan {found.visit_id} langkah {found.step}"
    words = f"{found.id}  {found.day}  {kind_word(found.kind)}  {where}"
    click.echo(f"{words}  {deviation_state_word(found.state)}")
