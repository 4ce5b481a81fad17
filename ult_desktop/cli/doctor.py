"""`doctor`: what an IT person would check, each line with what to do."""

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from ult_desktop import __version__
from ult_desktop.cli.doctor_keys import keys_of
from ult_desktop.cli.doctor_line import Line
from ult_desktop.cli.doctor_link import WRONG_CLOCK_MS, probe, stations_of
from ult_desktop.cli.doctor_machine import machine
from ult_desktop.cli.doctor_privacy import privacy_of
from ult_desktop.cli.doctor_upkeep import procedures_of, second_place, upkeep_of
from ult_desktop.cli.session import json_option, open_office, station_name, write_json
from ult_desktop.config import Display, StationConfig, load_station
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db import damage
from ult_desktop.db.connection import JOURNAL_MODE
from ult_desktop.db.location import advice_on, is_reached, led_to, problem_with, system_mounts
from ult_desktop.db.lock_proof import commit_round_trip_ms, prove_locks
from ult_desktop.db.proof_record import ProofRecord, in_words
from ult_desktop.db.share_clock import measure_offset_ms
from ult_desktop.db.stations import seen_since
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.places import journal_path

SLOW_COMMIT_MS = 100
LITTLE_DISK_GB = 1.0


@click.command(help="Periksa komputer ini, folder bersama, printer, suara, dan stasiun lain.")
@click.option("--database", type=click.Path(path_type=Path, dir_okay=False), envvar="ULT_DATABASE")
@click.option("--station", type=click.Path(path_type=Path, dir_okay=False), help="Setelan stasiun (.toml).")
@json_option
@click.pass_context
def doctor(ctx: click.Context, database: Path | None, station: Path | None, as_json: bool) -> None:
    config = load_station(station)
    path = database or (Path(config.database) if config.database else None)
    failed = False
    for line in examine(path, config):
        failed = failed or line.level == "fail"
        if as_json:
            write_json(line._asdict())
        else:
            _show(line)
    ctx.exit(1 if failed else 0)


def _show(line: Line) -> None:
    sign, colour = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}[line.level]
    click.echo(f"{click.style(sign, fg=colour)} {line.check}: {line.found}")
    if line.todo:
        click.echo(f"    → {line.todo}")


def examine(path: Path | None, config: StationConfig) -> Iterator[Line]:
    """Every check in the order in which trouble is worth mending."""
    yield Line("ok", _("Program"), f"ult-desktop {__version__}, Python {sys.version.split()[0]}")
    if path is None:
        yield Line("fail", _("Berkas kantor"), _("belum disebut"), _("Isi `database` pada setelan stasiun."))
    else:
        yield from _share(path.absolute())
    yield _printer(config.printer.address)
    yield from _folders(config.display)
    yield from second_place(path, config.backup.place)
    yield from machine()
    if config.kiosk.exit_pin == StationConfig().kiosk.exit_pin:
        yield Line("warn", _("PIN kios"), _("masih bawaan"), _("Ganti `exit_pin` pada setelan kios."))


def _share(path: Path) -> Iterator[Line]:
    folder = path.parent
    answer = next(probe(path), None)
    if answer is not None:
        yield answer
        if answer.level == "fail":
            return  # every further look would hang as well
    if not is_reached(folder):
        yield Line(
            "fail",
            _("Folder"),
            _("{folder} tidak terjangkau").format(folder=folder),
            _("Periksa jaringan dan alamat folder."),
        )
        return
    yield _place(path)
    yield _locks(folder)
    yield from _other_computers(path)
    yield _round_trip(folder)
    yield _clock(folder)
    yield _disk(folder)
    yield from _office(path)


def _place(path: Path) -> Line:
    problem = problem_with(led_to(path), system_mounts())
    if problem:
        return Line("fail", _("Tempat berkas"), str(path), problem)
    advice = advice_on(path, system_mounts())
    return Line("warn" if advice else "ok", _("Tempat berkas"), str(path), advice)


def _locks(folder: Path) -> Line:
    try:
        prove_locks(folder)
    except UserError as error:
        return Line("fail", _("Kunci berkas"), error.what, error.todo)
    return Line("ok", _("Kunci berkas"), _("dua proses saling mengunci dengan benar"))


def _other_computers(path: Path) -> Iterator[Line]:
    """What the running stations of this PC found with each other computer; nothing before they met."""
    check = _("Kunci antarkomputer")
    for proof in ProofRecord(path, journal_path(station_name()).parent).read().values():
        found = _("dengan {host} ({station}), diuji {when}").format(
            host=proof.host, station=proof.station, when=on_this_pc(proof.at)
        )
        if proof.ok:
            yield Line("ok", check, found)
        else:
            told = in_words(proof)
            level = "warn" if proof.is_old(time.time_ns() // 1_000_000) else "fail"
            yield Line(level, check, f"{told.what} {found}", told.todo)


def _round_trip(folder: Path) -> Line:
    try:
        milliseconds = commit_round_trip_ms(folder)
    except UserError as error:
        return Line("fail", _("Kecepatan"), error.what, error.todo)
    found = _("{ms:.1f} ms per penyimpanan").format(ms=milliseconds)
    if milliseconds > SLOW_COMMIT_MS:
        return Line(
            "warn", _("Kecepatan"), found, _("Pakai kabel, bukan Wi-Fi; periksa beban komputer penyimpan.")
        )
    return Line("ok", _("Kecepatan"), found)


def _clock(folder: Path) -> Line:
    offset = measure_offset_ms(folder, station_name())
    found = _("selisih {s:.1f} detik dengan komputer penyimpan").format(s=abs(offset) / 1000)
    if abs(offset) > WRONG_CLOCK_MS:
        return Line("warn", _("Jam"), found, _("Setel jam komputer ini otomatis (NTP atau domain)."))
    return Line("ok", _("Jam"), found)


def _disk(folder: Path) -> Line:
    free = shutil.disk_usage(folder).free / 1e9
    found = _("{gb:.0f} GB kosong").format(gb=free)
    if free < LITTLE_DISK_GB:
        return Line("fail", _("Ruang"), found, _("Kosongkan ruang di komputer yang menyimpan berkas."))
    return Line("ok", _("Ruang"), found)


def _office(path: Path) -> Iterator[Line]:
    flag = damage.read_flag(path)
    if flag is not None:
        told = damage.in_words(path, flag)
        yield Line("fail", _("Tanda kerusakan"), " ".join((told.what, *flag.check)), told.todo)
    try:
        with open_office(path) as office:
            lobby, stations = office.lobby_board(), office.read(lambda tx: seen_since(tx, 0))
            now = office.clock()
            care = (
                *(procedures_of(office), keys_of(office)),
                *(*upkeep_of(office), *privacy_of(office)),
            )
    except UserError as error:
        yield Line("fail", _("Berkas kantor"), error.what, error.todo)
        return
    yield Line("ok", _("Berkas kantor"), lobby.office.name)
    # Opening sets the mode and reads it back, or fails (docs/store.md, rule 1).
    yield Line("ok", _("Mode jurnal"), f"{JOURNAL_MODE}, synchronous FULL")
    yield from care
    yield from stations_of(stations, now)


def _folders(display: Display) -> Iterator[Line]:
    """The folders that a display's settings name; what is not named is shipped."""
    for check, folder in (
        (_("Folder media"), display.media_folder),
        (_("Paket suara"), display.voice_folder),
    ):
        if folder is not None and not is_reached(folder):
            found = _("{folder} tidak ditemukan").format(folder=folder)
            yield Line("warn", check, found, _("Periksa jalurnya pada setelan layar TV."))


def _printer(address: str) -> Line:
    try:
        state = TicketPrinter(parse_address(address)).ask()
    except UserError as error:
        return Line("fail", _("Printer karcis"), error.what, error.todo)
    fine = (PrinterState.READY, PrinterState.NONE)
    level = "ok" if state in fine else "warn" if state.can_print else "fail"
    return Line(
        level,
        _("Printer karcis"),
        state.for_officer,
        "" if level != "fail" else _("Alamat: {a}").format(a=address),
    )
