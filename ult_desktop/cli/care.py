"""Care for vulnerable visitors from the command line: alerts, escorts, assistive devices."""

from pathlib import Path

import click

from ult_desktop.base.i18n import _
from ult_desktop.cli.asking import add_commands, write_answer
from ult_desktop.cli.session import database_option, json_option, open_office
from ult_desktop.core.care.commands import (
    AcknowledgeAlert,
    AddDevice,
    BeginEscort,
    CallSecurity,
    ComeForResult,
    DeclareVulnerable,
    DeclineEscort,
    EndEscort,
    GiveSeatBack,
    LendDevice,
    ReturnDevice,
    SetDeviceCondition,
    TakeSeat,
)
from ult_desktop.db.care import assistive_devices
from ult_desktop.db.care import declarations as rows
from ult_desktop.db.queue import tickets
from ult_desktop.operations.office.office import today_of


@click.group(help="Pendampingan kelompok rentan: panggilan, pendamping, alat bantu.")
def care() -> None:
    pass


add_commands(
    care,
    [
        ("declare", DeclareVulnerable, "Kunjungan VISIT termasuk kelompok rentan, menurut pengakuannya."),
        ("acknowledge", AcknowledgeAlert, "Panggilan ALERT ditangani."),
        ("call-security", CallSecurity, "Panggil petugas keamanan untuk kunjungan VISIT."),
        ("again", ComeForResult, "Tamu kunjungan VISIT datang lagi untuk hasil yang menyusul."),
        ("escort", BeginEscort, "Mulai mendampingi kunjungan VISIT pada bagian LEG."),
        ("escort-done", EndEscort, "Pendampingan ESCORT sampai."),
        ("decline", DeclineEscort, "Tamu kunjungan VISIT memilih tanpa pendamping pada bagian LEG."),
        ("seat", TakeSeat, "Beri kursi prioritas kepada tamu kunjungan VISIT yang menunggu."),
        ("seat-back", GiveSeatBack, "Kursi prioritas tamu kunjungan VISIT kembali."),
        ("add-device", AddDevice, "Tambah alat bantu KIND bernama LABEL."),
        ("device-condition", SetDeviceCondition, "Catat keadaan alat DEVICE."),
        ("lend", LendDevice, "Pinjamkan alat DEVICE untuk kunjungan VISIT."),
        ("return", ReturnDevice, "Alat dari peminjaman LOAN kembali."),
    ],
)


@care.command(help="Kunjungan kelompok rentan hari ini.")
@database_option
@json_option
def today(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        day = today_of(office)
        write_answer(office, office.read(lambda tx: rows.vulnerable_visits(tx, day)), as_json)


@care.command(help="Panggilan yang belum ditangani.")
@database_option
@json_option
def alerts(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        write_answer(office, office.read(rows.open_alerts), as_json)


@care.command(name="seats", help="Kursi prioritas dan tamu yang menunggu.")
@database_option
@json_option
def list_seats(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        day = today_of(office)
        found = office.read(lambda tx: tickets.seats_on(tx, day))
        if not as_json:
            click.echo(
                _("Kursi prioritas {taken}/{kept} terpakai").format(taken=found.taken, kept=found.kept)
            )
        write_answer(office, found.guests, as_json)


@care.command(name="devices", help="Alat bantu dan di mana masing-masing.")
@database_option
@json_option
def list_devices(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        day = today_of(office)
        write_answer(office, office.read(lambda tx: assistive_devices.every_device(tx, day)), as_json)
