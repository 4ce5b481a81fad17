"""Care for vulnerable visitors from the command line: alerts, escorts, assistive devices."""

import click

from ult_desktop.base import _
from ult_desktop.cli.common import naming
from ult_desktop.cli.common.asking import Noun, of_office, of_today, write_answer
from ult_desktop.core.care import commands
from ult_desktop.core.cases import commands as case_commands
from ult_desktop.core.queue import commands as queue_commands
from ult_desktop.core.queue.boards import Seats
from ult_desktop.db.care import assistive_devices, declarations as rows
from ult_desktop.db.queue import tickets
from ult_desktop.operations.office.office import Office


def _tell_seats(office: Office, found: Seats, as_json: bool) -> None:
    if not as_json:
        click.echo(_("Kursi prioritas {taken}/{kept} terpakai").format(taken=found.taken, kept=found.kept))
    write_answer(office, found.guests, as_json)


care = Noun(
    "care",
    "Pendampingan kelompok rentan: panggilan, pendamping, alat bantu.",
    resolve={"loan_id": naming.device_loan_named},
)
care.operations(
    [
        (
            "declare",
            commands.DeclareVulnerable,
            "Kunjungan VISIT termasuk kelompok rentan, menurut pengakuannya.",
        ),
        ("acknowledge", commands.AcknowledgeAlert, "Panggilan ALERT ditangani."),
        ("call-officer", commands.CallOfficer, "Panggil petugas ke komputer ini."),
        ("call-security", commands.CallSecurity, "Panggil petugas keamanan untuk kunjungan VISIT."),
        ("again", case_commands.ComeForResult, "Tamu kunjungan VISIT datang lagi untuk hasil yang menyusul."),
        ("escort", commands.BeginEscort, "Mulai mendampingi kunjungan VISIT pada bagian LEG."),
        ("escort-done", commands.EndEscort, "Pendampingan ESCORT sampai."),
        ("decline", commands.DeclineEscort, "Tamu kunjungan VISIT memilih tanpa pendamping pada bagian LEG."),
        ("seat", queue_commands.TakeSeat, "Beri kursi prioritas kepada tamu kunjungan VISIT yang menunggu."),
        ("seat-back", queue_commands.GiveSeatBack, "Kursi prioritas tamu kunjungan VISIT kembali."),
        ("add-device", commands.AddDevice, "Tambah alat bantu KIND bernama LABEL."),
        ("device-condition", commands.SetDeviceCondition, "Catat keadaan alat DEVICE."),
        ("lend", commands.LendDevice, "Pinjamkan alat DEVICE untuk kunjungan VISIT."),
        ("return", commands.ReturnDevice, "Alat dari peminjaman LOAN kembali."),
    ]
)
care.query("today", "Kunjungan kelompok rentan hari ini.", of_today(rows.vulnerable_visits))
care.query("alerts", "Panggilan yang belum ditangani.", of_office(rows.open_alerts))
care.query("seats", "Kursi prioritas dan tamu yang menunggu.", of_today(tickets.seats_on), write=_tell_seats)
care.query("devices", "Alat bantu dan di mana masing-masing.", of_today(assistive_devices.every_device))
