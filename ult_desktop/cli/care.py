"""Care for vulnerable visitors from the command line: alerts, escorts, assistive devices."""

from pathlib import Path

import click

from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.asks import Ask
from ult_desktop.core.care import Condition, Leg
from ult_desktop.core.care_asks import (
    AcknowledgeAlert,
    AddDevice,
    BeginEscort,
    CallSecurity,
    ComeForResult,
    DeclareVulnerable,
    DeclineEscort,
    EndEscort,
    LendDevice,
    ReturnDevice,
    SetDeviceCondition,
)
from ult_desktop.core.stamps import office_day
from ult_desktop.core.ticket import Help, PriorityGround
from ult_desktop.db import care as rows
from ult_desktop.db import devices
from ult_desktop.db import office as office_rows

_LEG = click.Choice([leg.value for leg in Leg])
_CONDITION = click.Choice([condition.value for condition in Condition])


@click.group(help="Pendampingan kelompok rentan: panggilan, pendamping, alat bantu.")
def care() -> None:
    pass


def _carry_out(ask: Ask, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        answer = office.perform(ask, sign_in(office, officer))
    if as_json:
        write_json(answer)
    else:
        click.echo("Tercatat.")


@care.command(help="Kunjungan VISIT termasuk kelompok rentan, menurut pengakuannya.")
@click.argument("visit", type=int)
@click.option(
    "--ground",
    "grounds",
    multiple=True,
    required=True,
    type=click.Choice([each.value for each in PriorityGround]),
)
@click.option("--help-wanted", "wanted", multiple=True, type=click.Choice([each.value for each in Help]))
@database_option
@officer_option
@json_option
def declare(
    visit: int, grounds: tuple[str, ...], wanted: tuple[str, ...], database: Path, officer: str, as_json: bool
) -> None:
    ask = DeclareVulnerable(
        visit_id=visit,
        grounds=tuple(map(PriorityGround, grounds)),
        help=tuple(map(Help, wanted)),
    )
    _carry_out(ask, database, officer, as_json)


@care.command(help="Kunjungan kelompok rentan hari ini dan panggilan yang belum ditangani.")
@database_option
@json_option
def today(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        zone = office.read(office_rows.load).settings.office.zone
        day = office_day(office.clock(), zone)
        visits = office.read(lambda tx: rows.vulnerable_visits(tx, day))
        alerts = office.read(rows.open_alerts)
    if as_json:
        write_json({"visits": visits, "alerts": alerts})
        return
    for alert in alerts:
        click.echo(f"!{alert.id:<6}{alert.kind:<16}{alert.label or '–':<8}{alert.place}")
    for visit in visits:
        click.echo(f"{visit.visit_id:<7}{visit.label or '–':<8}{', '.join(visit.grounds)}")


@care.command(help="Panggilan ALERT ditangani.")
@click.argument("alert", type=int)
@database_option
@officer_option
@json_option
def acknowledge(alert: int, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(AcknowledgeAlert(alert_id=alert), database, officer, as_json)


@care.command(name="call-security", help="Panggil petugas keamanan untuk kunjungan VISIT.")
@click.argument("visit", type=int)
@click.option("--place", default="", help="Di mana, misalnya “Loket 3”.")
@database_option
@officer_option
@json_option
def call_security(visit: int, place: str, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(CallSecurity(visit_id=visit, place=place), database, officer, as_json)


@care.command(name="again", help="Tamu kunjungan VISIT datang lagi untuk hasil yang menyusul.")
@click.argument("visit", type=int)
@database_option
@officer_option
@json_option
def again(visit: int, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(ComeForResult(visit_id=visit), database, officer, as_json)


@care.command(name="escort", help="Mulai mendampingi kunjungan VISIT.")
@click.argument("visit", type=int)
@click.option("--leg", type=_LEG, required=True)
@click.option("--from", "start", default="", help="Dari mana.")
@click.option("--to", "goal", default="", help="Ke mana.")
@click.option("--declined", is_flag=True, help="Tamu memilih tanpa pendampingan.")
@database_option
@officer_option
@json_option
def escort(  # noqa: PLR0913  (one parameter per option)
    visit: int, leg: str, start: str, goal: str, declined: bool, database: Path, officer: str, as_json: bool
) -> None:
    ask: Ask = (
        DeclineEscort(visit_id=visit, leg=Leg(leg))
        if declined
        else BeginEscort(visit_id=visit, leg=Leg(leg), from_place=start, to_place=goal)
    )
    _carry_out(ask, database, officer, as_json)


@care.command(name="escort-done", help="Pendampingan ESCORT sampai.")
@click.argument("escort", type=int)
@database_option
@officer_option
@json_option
def escort_done(escort: int, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(EndEscort(escort_id=escort), database, officer, as_json)


@care.command(name="devices", help="Alat bantu dan di mana masing-masing.")
@database_option
@json_option
def list_devices(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        zone = office.read(office_rows.load).settings.office.zone
        day = office_day(office.clock(), zone)
        found = office.read(lambda tx: devices.every_device(tx, day))
    for device in found:
        if as_json:
            write_json(device)
        else:
            where = f"kunjungan {device.visit_id}" if device.visit_id else device.condition
            click.echo(f"{device.id:<5}{device.label:<24}{where}{' (lewat waktu)' if device.overdue else ''}")


@care.command(name="add-device", help="Tambah alat bantu KIND bernama LABEL.")
@click.argument("kind")
@click.argument("label")
@database_option
@officer_option
@json_option
def add_device(kind: str, label: str, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(AddDevice(kind=kind, label=label), database, officer, as_json)


@care.command(name="device-condition", help="Catat keadaan alat DEVICE.")
@click.argument("device", type=int)
@click.argument("condition", type=_CONDITION)
@database_option
@officer_option
@json_option
def device_condition(device: int, condition: str, database: Path, officer: str, as_json: bool) -> None:
    ask = SetDeviceCondition(device_id=device, condition=Condition(condition))
    _carry_out(ask, database, officer, as_json)


@care.command(name="lend", help="Pinjamkan alat DEVICE untuk kunjungan VISIT.")
@click.argument("device", type=int)
@click.argument("visit", type=int)
@database_option
@officer_option
@json_option
def lend(device: int, visit: int, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(LendDevice(device_id=device, visit_id=visit), database, officer, as_json)


@care.command(name="return", help="Alat dari peminjaman LOAN kembali.")
@click.argument("loan", type=int)
@click.option("--condition", type=_CONDITION, default=Condition.GOOD.value)
@click.option("--remark", default="")
@database_option
@officer_option
@json_option
def give_back(loan: int, condition: str, remark: str, database: Path, officer: str, as_json: bool) -> None:
    ask = ReturnDevice(loan_id=loan, condition=Condition(condition), remark=remark)
    _carry_out(ask, database, officer, as_json)
