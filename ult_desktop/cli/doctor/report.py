"""`doctor`: the checks that an IT person would make on a PC, each with what to do."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ult_desktop import __version__
from ult_desktop.base import UserError, _, formats, paths
from ult_desktop.base.config import DisplayConfig, StationConfig, load_station
from ult_desktop.base.late import late
from ult_desktop.base.windows import Windows
from ult_desktop.cli.common.parameters import OfficeFile, StationFile, command
from ult_desktop.cli.common.session import open_office, station_name, write_json
from ult_desktop.cli.doctor import checks, windows as windows_checks
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.core.station_health import unshown_advice, unshown_words
from ult_desktop.db.lock_check.folder_probe import commit_round_trip_ms, prove_locks
from ult_desktop.db.lock_check.location import (
    advice_on,
    is_reachable,
    problem_with,
    resolve_links,
    system_mounts,
)
from ult_desktop.db.lock_check.probe_round import ProofRecord, describe_failed_proof, name_of
from ult_desktop.db.store import damage_flag, stations as store_stations
from ult_desktop.db.store.connection import JOURNAL_MODE
from ult_desktop.db.store.engines import clock_of
from ult_desktop.db.store.server_address import is_server, office_at
from ult_desktop.devices.printer import address as printer_address, printer, status
from ult_desktop.operations.health import completeness, office_checks
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.health.stations import check_stations
from ult_desktop.operations.office.place import LEAST_FREE_GB, SLOW_COMMIT_MS, WRONG_CLOCK_MS
from ult_desktop.operations.office.share_account import ShareRefused, require_open
from ult_desktop.pc import accounts
from ult_desktop.pc.registry import Registry

if TYPE_CHECKING:
    from ult_desktop.cli.doctor import server
    from ult_desktop.ui import media_files
else:  # it loads the driver of a server, which a PC whose office is in a file never needs
    server = late("ult_desktop.cli.doctor.server")
    media_files = late("ult_desktop.ui.media_files")  # it loads Qt


@command()
def doctor(*, database: OfficeFile = None, station: StationFile = None, as_json: bool) -> None:
    config = load_station(station)
    path = database or (office_at(config.database) if config.database else None)
    failed = False
    for result in examine(path, config):
        failed = failed or result.level == "fail"
        if as_json:
            write_json(result._asdict())
        else:
            sign, colour = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}[result.level]
            click.echo(f"{click.style(sign, fg=colour)} {result.check}: {result.found}")
            if result.todo:
                click.echo(f"    → {result.todo}")
    click.get_current_context().exit(1 if failed else 0)


def examine(path: Path | None, config: StationConfig) -> Iterator[CheckResult]:
    """Yield the result of every check. What should be repaired first comes first."""
    yield CheckResult("ok", _("Program"), f"ult-desktop {__version__}, Python {sys.version.split()[0]}")
    yield from office_checks.check_updates(__version__, int(time.time()))
    yield from checks.check_policy()
    yield checks.check_sqlite()
    yield from checks.check_lock_down(config.mode, Registry(accounts.who_sits_here()))
    if path is None:
        yield CheckResult(
            "fail", _("Data kantor"), _("belum disebut"), _("Siapkan PC ini: `ult-desktop setup`.")
        )
    else:
        yield from _check_file_or_server(path.absolute(), config.mode)
    yield _check_printer(config.printer.address)
    yield from _check_display_folders(config.display)
    if config.display.voice == "system":
        yield checks.check_system_voice()
    yield from office_checks.check_backup_folder(path, config.backup.folder_path)
    yield from checks.check_machine()
    if checks.windows_build() is not None:
        yield from windows_checks.check_settings(path, Registry(), Windows())
    yield from checks.check_exit_pin(config)


def _check_file_or_server(path: Path, mode: str) -> Iterator[CheckResult]:
    folder = path.parent
    answer = next(checks.check_answer_time(path), None)
    if answer is not None:
        yield answer
        if answer.level == "fail":
            return  # every further check would hang as well
    if is_server(path):
        yield _check_clock(path)
        yield from _check_office(path, mode)
        return
    if not is_reachable(folder):
        try:
            require_open(path, Windows())
        except ShareRefused as error:
            yield CheckResult("fail", _("Folder"), error.what, error.todo)
            return
        yield CheckResult(
            "fail",
            _("Folder"),
            _("{folder} tidak terjangkau").format(folder=folder),
            _("Periksa jaringan dan alamat folder."),
        )
        return
    yield _check_location(path)
    yield _check_locks(folder)
    yield from _check_locks_with_others(path)
    yield _check_round_trip(folder)
    yield _check_clock(path)
    yield _check_disk(folder)
    yield from _check_office(path, mode)


def _check_location(path: Path) -> CheckResult:
    problem = problem_with(resolve_links(path), system_mounts())
    if problem:
        return CheckResult("fail", _("Tempat berkas"), str(path), problem)
    advice = advice_on(path, system_mounts())
    return CheckResult("warn" if advice else "ok", _("Tempat berkas"), str(path), advice)


def _check_locks(folder: Path) -> CheckResult:
    try:
        prove_locks(folder)
    except UserError as error:
        return CheckResult("fail", _("Kunci berkas"), error.what, error.todo)
    return CheckResult("ok", _("Kunci berkas"), _("dua proses saling mengunci dengan benar"))


def _check_locks_with_others(path: Path) -> Iterator[CheckResult]:
    """Yield what this PC's stations found when they tested the locks with each other computer."""
    check = _("Kunci antarkomputer")
    for proof in ProofRecord(path, paths.journal_path(station_name()).parent).read().values():
        found = _("dengan {host} ({station}), diuji {when}").format(
            host=name_of(proof.host), station=proof.station, when=on_this_pc(proof.at)
        )
        if proof.ok:
            yield CheckResult("ok", check, found)
        else:
            error = describe_failed_proof(proof)
            level = "warn" if proof.is_old(time.time_ns() // 1_000_000) else "fail"
            yield CheckResult(level, check, f"{error.what} {found}", error.todo)


def _check_round_trip(folder: Path) -> CheckResult:
    try:
        milliseconds = commit_round_trip_ms(folder)
    except UserError as error:
        return CheckResult("fail", _("Kecepatan"), error.what, error.todo)
    found = _("{ms} ms per penyimpanan").format(ms=formats.format_fixed(milliseconds, 1))
    if milliseconds > SLOW_COMMIT_MS:
        return CheckResult(
            "warn", _("Kecepatan"), found, _("Pakai kabel, bukan Wi-Fi; periksa beban komputer penyimpan.")
        )
    return CheckResult("ok", _("Kecepatan"), found)


def _check_clock(path: Path) -> CheckResult:
    offset = clock_of(path, station_name()).measure()
    found = _("selisih {s} detik dengan komputer penyimpan").format(
        s=formats.format_fixed(abs(offset) / 1000, 1)
    )
    if abs(offset) > WRONG_CLOCK_MS:
        return CheckResult(
            "warn", _("Jam komputer"), found, _("Setel jam komputer ini otomatis (NTP atau domain).")
        )
    return CheckResult("ok", _("Jam komputer"), found)


def _check_disk(folder: Path) -> CheckResult:
    free = shutil.disk_usage(folder).free / 1e9
    found = _("{gb:.0f} GB kosong").format(gb=free)
    if free < LEAST_FREE_GB:
        return CheckResult("fail", _("Ruang"), found, _("Kosongkan ruang di komputer yang menyimpan berkas."))
    return CheckResult("ok", _("Ruang"), found)


def _check_office(path: Path, mode: str) -> Iterator[CheckResult]:
    flag = damage_flag.read_flag(path)
    if flag is not None:
        error = damage_flag.describe_flag(path, flag)
        yield CheckResult("fail", _("Tanda kerusakan"), " ".join((error.what, *flag.check)), error.todo)
    try:
        with open_office(path) as office:
            lobby, stations = office.lobby_board(), office.read(store_stations.all_seen)
            now = office.clock()
            # Opening sets the journal mode and reads it back, or fails (docs/store.md, rule 1).
            journal = CheckResult("ok", _("Mode jurnal"), f"{JOURNAL_MODE}, synchronous FULL")
            results = [*server.check_server(office, mode)] if is_server(path) else [journal]
            if not is_server(path) or server.sees_all(office):
                results += (
                    checks.check_schema(office),
                    office_checks.check_witnesses(office),
                    office_checks.check_procedures(office),
                    completeness.check_identity(office),
                    completeness.check_people(office),
                    completeness.check_qualifications(office),
                    completeness.check_deadlines(office),
                    office_checks.check_keys(office),
                    *office_checks.check_time(office),
                    *office_checks.check_upkeep(office),
                    *office_checks.check_privacy(office),
                )
    except UserError as error:
        yield CheckResult("fail", _("Data kantor"), error.what, error.todo)
        return
    yield CheckResult("ok", _("Data kantor"), lobby.office.name)
    yield from results
    yield from check_stations(stations, now)


def _check_display_folders(display: DisplayConfig) -> Iterator[CheckResult]:
    """Check the folders that a display's settings name; what is not named is shipped."""
    for check, folder in (
        (_("Folder media"), display.media_folder),
        (_("Paket suara"), display.voice_folder),
    ):
        if folder is None:
            continue
        if not is_reachable(folder):
            found = _("{folder} tidak ditemukan").format(folder=folder)
            yield CheckResult("warn", check, found, _("Periksa jalurnya pada setelan layar TV."))
        elif folder == display.media_folder:
            yield from _check_media(check, folder)


def _check_media(check: str, folder: Path) -> Iterator[CheckResult]:
    with suppress(ImportError):  # without Qt nothing is shown at all, as another line says
        try:
            words = unshown_words(media_files.unshown(folder))
        except UserError as error:
            yield CheckResult("warn", check, error.what, error.todo)
        else:
            if words:
                yield CheckResult("warn", check, words, unshown_advice())


def _check_printer(address: str) -> CheckResult:
    try:
        state = printer.TicketPrinter(printer_address.parse_address(address)).ask()
    except UserError as error:
        return CheckResult("fail", _("Printer karcis"), error.what, error.todo)
    if state in (status.PrinterState.READY, status.PrinterState.NONE):
        return CheckResult("ok", _("Printer karcis"), state.word)
    if state.can_print:
        return CheckResult("warn", _("Printer karcis"), state.word)
    return CheckResult("fail", _("Printer karcis"), state.word, _("Alamat: {a}").format(a=address))
