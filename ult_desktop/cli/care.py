"""`care`: the care for vulnerable visitors: alerts, escorts, priority seats, assistive devices."""

import click

from ult_desktop.base import _
from ult_desktop.cli.common import naming
from ult_desktop.cli.common.noun import Noun, of_today
from ult_desktop.cli.common.output import write_answer
from ult_desktop.core.queue.boards import Seats
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.queue import tickets
from ult_desktop.operations.office.office import Office


def _write_seats(office: Office, seats: Seats, as_json: bool) -> None:
    if not as_json:
        click.echo(
            _("Kursi prioritas {taken}/{kept} terpakai").format(taken=seats.taken, kept=seats.reserved)
        )
    write_answer(office, seats.guests, as_json)


care = Noun(
    "care",
    nouns=("care", "cases", "queue"),
    loan_id=naming.id_of_device_loan,
    arrival_id="Kunjungan tamu yang sudah disambut hari ini; 0: belum disambut.",
)
care.subcommand("Kunjungan kelompok rentan hari ini.", "today")(of_today(declarations.vulnerable_visits))
care.subcommand("Panggilan yang belum ditangani.", "alerts")(declarations.open_alerts)
care.subcommand("Kursi prioritas dan tamu yang menunggu.", "seats", _write_seats)(
    of_today(tickets.read_seats)
)
care.subcommand("Alat bantu dan di mana masing-masing.", "devices")(of_today(assistive_devices.every_device))
