"""The composition root: settings, link, devices, and the window of a mode."""

import logging
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.app.identity import take_identity, the_app
from ult_desktop.app.office_follower import OfficeFollower
from ult_desktop.app.wizard import SIZE, show_wizard
from ult_desktop.base import UserError, _, i18n, paths, use_language
from ult_desktop.base.config import StationConfig
from ult_desktop.base.late import late
from ult_desktop.core.office.commands import StationPart
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.queue.spoken import MIN_SHOWN_S
from ult_desktop.core.sheet import trial_sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.lock_check.location import require_safe
from ult_desktop.db.store.server_address import is_server
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.devices.voice.bell import Bell
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.own_voice import own_languages_folder, own_voice_folder, sign_clips_folder
from ult_desktop.operations.register import operation_of
from ult_desktop.pc import lock_down
from ult_desktop.pc.registry import Registry
from ult_desktop.ui import process
from ult_desktop.ui.kit import Theme, widgets
from ult_desktop.ui.kit.theme import Face, prepare
from ult_desktop.ui.office_link.link import OfficeLink, StationLink
from ult_desktop.ui.office_link.station_setup import OfficeFolder, StationSetup
from ult_desktop.ui.office_link.tasks import FileWorker
from ult_desktop.ui.print_service import PrintService

if TYPE_CHECKING:
    from ult_desktop.app import counter, exit_pin
    from ult_desktop.operations.backup import backing_up
    from ult_desktop.ui.display import window as display
    from ult_desktop.ui.kiosk import offline_link, window as kiosk
    from ult_desktop.ui.kiosk.speech import guidance
    from ult_desktop.ui.restore import window as restore
else:
    backing_up = late("ult_desktop.operations.backup.backing_up")
    counter = late("ult_desktop.app.counter")
    exit_pin = late("ult_desktop.app.exit_pin")
    display = late("ult_desktop.ui.display.window")
    restore = late("ult_desktop.ui.restore.window")
    offline_link = late("ult_desktop.ui.kiosk.offline_link")
    guidance = late("ult_desktop.ui.kiosk.speech.guidance")
    kiosk = late("ult_desktop.ui.kiosk.window")


log = logging.getLogger(__name__)
Trials = Mapping[StationPart, Callable[[], object]]


class PartTrials(QObject):
    """The trials of a station's parts, its printer or voice, for which an admin at another station asks.

    The result of a backup is in the office file, where the page Kesehatan of every counter finds it.

    Args:
        link: reports which part is to be tried.
        setup: names the office file and the folder for backups; without that folder no backup is made.
        trials: the parts that this station has, and how each is tried.
    """

    def __init__(self, link: OfficeLink, setup: StationSetup, trials: Trials, window: QObject) -> None:
        super().__init__(window)
        self._setup, self._trials = setup, trials
        self._worker = FileWorker(self)
        link.heart.trial_wanted.connect(self._try)

    def _try(self, part: StationPart) -> None:
        if part in self._trials:
            self._trials[part]()
        elif part is StationPart.BACKUP and self._setup.second_place is not None and not self._worker.is_busy:
            job = partial(
                backing_up.back_up_by_hand, self._setup.database, self._setup.second_place, self._setup.name
            )
            self._worker.run(job, lambda _made: None, _log_failure)


def _log_failure(error: UserError) -> None:
    log.warning("a backup that was asked for: %s", error)


QUIET_S = 2.0  # pause after the start: the window gets its first frame before more is loaded


class Mode(StrEnum):
    """The three faces of the program."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    DISPLAY = "display"


@dataclass(frozen=True)
class Launch:
    """The mode and office file to start with.

    Args:
        mode: the face of the program.
        database: the path of the office file, or a server's address.
        config: this PC's settings.
        size: the pixels of a window; None fills the screen.
        min_shown_s: the seconds for which a call fills the lobby's screen at least.
        settings: the file of `config`, None for the usual one.
    """

    mode: Mode
    database: Path
    config: StationConfig
    size: tuple[int, int] | None = None
    min_shown_s: float = MIN_SHOWN_S
    settings: Path | None = None

    @property
    def station(self) -> str:
        """The station's name in the office: the one in its settings, else PC and mode."""
        number = self.config.counter.number if self.mode is Mode.COUNTER else None
        suffix = "" if number is None else f"-{number}"
        return self.config.name or f"{socket.gethostname()}-{self.mode}{suffix}"

    @property
    def kiosk_gives_numbers(self) -> bool:
        """Return whether this kiosk gives numbers, which it can do alone while the share is gone."""
        return self.mode is Mode.KIOSK and not self.config.kiosk.survey_only

    @property
    def is_locked_in(self) -> bool:
        """Return whether the window can be left only with a PIN."""
        return self.mode is Mode.KIOSK and self.size is None


@dataclass(frozen=True)
class StationWindow:
    """A window with all that it needs; `close` ends window, devices and link, in this order."""

    window: QWidget
    link: OfficeLink
    close: Callable[[], None]


@runtime_checkable
class _FillsScreen(Protocol):
    """A window that visitors see: it covers the whole screen."""

    def fill_screen(self) -> None: ...


@runtime_checkable
class _SpeaksLanguages(Protocol):
    """A window whose words visitors read in a language that the office may have added."""

    def show_languages(self) -> None: ...


def run(begin: Callable[[], Launch]) -> int:
    """Start a mode and stay until it is closed; return the exit status.

    `begin` is called again, and reads the settings as they are then, when the station restarts and before an
    office is restored.

    Raises:
        UserError: the settings are wrong, the place unsafe, this station is running already, or the
            window could not be built. Other faults of the office file are shown in the window.
    """
    status = process.RESTART
    while status in (process.RESTART, process.RESTORE):
        launch = begin()
        launch = replace(launch, database=process.office_now_at(launch.database))
        status = _run_locked(launch, _run_station if status == process.RESTART else _restore)
    return status


def _restore(launch: Launch) -> int:
    """Show the restore until it is left; return the loop's status.

    The station's lock is held meanwhile: no other process runs under the station's name.
    """
    place = restore.RestorePlace(
        database=launch.database,
        station=launch.station,
        journals=paths.data_folder(),
        second_place=launch.config.backup.folder_path,
        asked_by=process.restore_asked_by(the_app()),
    )
    window = restore.RestoreWindow(Theme.for_window("counter", *SIZE), place)
    window.left.connect(process.restart)
    return show_wizard(window)


def _run_locked(launch: Launch, act: Callable[[Launch], int]) -> int:
    """Run `act` while this process holds the lock of the station's name; return its exit status."""
    if not is_server(launch.database):
        require_safe(launch.database, follow_links=False)  # the rest is proven on the worker thread
    lock = process.lock_station(launch.database, launch.station)
    try:
        process.log_to_file(launch.station)
        return act(launch)
    finally:
        lock.unlock()


def _run_station(launch: Launch) -> int:
    app = the_app()
    if launch.is_locked_in and not launch.config.kiosk.exit_pin:
        _prepare(app, launch)
        process.quit_when_asked(app)
        return exit_pin.ask_for_pin(launch.settings, launch.database)
    station = _start(app, launch)
    # PySide prints an exception of a slot and goes on; only this hook brings it into the station's log.
    sys.excepthook = process.log_bug
    # Where Windows shuts down or signs off, `exec` does not return: https://doc.qt.io/qt-6/qapplication.html#exec
    app.aboutToQuit.connect(station.close)
    process.quit_on_signals(app)
    process.quit_when_asked(app)
    process.show_when_started_again(station.window, launch.database, launch.station)
    try:
        return app.exec()
    finally:
        app.aboutToQuit.disconnect(station.close)
        station.close()


def _start(app: QApplication, launch: Launch) -> StationWindow:
    """Return the station, with its window on the screen.

    A bug on the way becomes a UserError, which ends the program with words: there is no window yet.
    """
    try:
        _prepare(app, launch)
        station = assemble(launch)
        _show(station.window, launch)
    except UserError:
        raise
    except Exception as error:
        log.critical("a bug at the start", exc_info=error)
        raise UserError(
            _("Program tidak dapat dimulai ({error}).").format(error=type(error).__name__),
            _("Semua yang sudah tersimpan tetap aman."),
            _("Kirim catatan {log} kepada petugas TI.").format(log=paths.log_path(launch.station)),
        ) from error
    return station


def _prepare(app: QApplication, launch: Launch) -> None:
    prepare(app)
    take_identity(app, launch.mode.value)
    use_language(launch.config.language)
    if launch.size is None:
        with suppress(OSError):  # a policy may keep it from the account
            lock_down.keep_quiet(Registry(), on=launch.mode is not Mode.COUNTER)


def assemble(launch: Launch) -> StationWindow:
    """Return the window of a mode with link and devices, not shown yet.

    Raises:
        UserError: the printer's address is wrong.
    """
    printer = TicketPrinter(parse_address(launch.config.printer.address))
    setup = StationSetup(
        database=launch.database,
        journal=paths.journal_path(launch.station),
        name=launch.station,
        mode=launch.mode.value,
        sync=launch.config.sync,
        second_place=launch.config.backup.folder_path,
        settings=launch.settings,
        letter=launch.config.kiosk.letter if launch.kiosk_gives_numbers else "",
        counter=launch.config.counter.number if launch.mode is Mode.COUNTER else None,
    )
    with ExitStack() as closing:
        closing.callback(process.GarbageWatch().close)
        link = OfficeLink(setup)
        closing.callback(link.close)
        if launch.mode is Mode.DISPLAY:
            theme = _theme("display", launch)
            lobby = display.DisplayWindow(link, theme, launch.config, link.now, launch.min_shown_s)
            window: QWidget = lobby
            trials: Trials = {StationPart.VOICE: lobby.try_call}
        else:
            station_link: StationLink = link
            if launch.kiosk_gives_numbers:
                station_link = kiosk_link = offline_link.KioskLink(link)
                closing.callback(kiosk_link.close)
            printing = PrintService(
                station_link,
                lambda on_result, on_state: Spool(printer, on_result, on_state, quiet_seconds=QUIET_S),
            )
            closing.callback(printing.close)
            trials = {StationPart.PRINTER: lambda: printing.print_sheet(trial_sheet(to_stamp(link.now())))}
            if launch.mode is Mode.KIOSK:
                window = kiosk_window = _kiosk(station_link, link.now, printing, launch, closing)
                trials[StationPart.GUIDANCE] = kiosk_window.guidance.say_title
            else:
                theme = _theme("counter", launch)
                window = counter.counter_window(link, printing, theme, launch.config, setup, closing)
        PartTrials(link, setup, trials, window)
        OfficeFollower(link, setup, window)
        OfficeFolder(own_languages_folder(launch.database), partial(_add_languages, window), window)
        closing.callback(process.close_if_open, window)
        return StationWindow(window, link, closing.pop_all().close)


def _theme(face: Face, launch: Launch) -> Theme:
    size = QApplication.primaryScreen().geometry()
    width, height = launch.size or (size.width(), size.height())
    return Theme.for_window(face, width, height)


def _kiosk(
    link: StationLink, now: widgets.Now, printing: PrintService, launch: Launch, closing: ExitStack
) -> "kiosk.KioskWindow":
    window = kiosk.KioskWindow(link, printing, _theme("kiosk", launch), launch.config, now)
    window.guidance.use_own_voice(own_voice_folder(launch.database))
    OfficeFolder(sign_clips_folder(launch.database), window.shell.use_sign_clips, window)
    window.left.connect(QApplication.quit)
    bell = Bell()
    window.attention.connect(bell.ring)
    closing.callback(bell.close)
    quiet = QTimer(window, singleShot=True, interval=round(QUIET_S * 1000))
    quiet.timeout.connect(lambda: link.read(_import_numbers, lambda _none: None))
    quiet.timeout.connect(lambda: guidance.follow_headset(window.guidance))
    quiet.start()
    closing.callback(quiet.stop)
    return window


def _add_languages(window: QWidget, copies: Path) -> None:
    i18n.add_languages(copies)
    if isinstance(window, _SpeaksLanguages):
        window.show_languages()


def _import_numbers(_office: Office) -> None:
    """Import what gives numbers before the first visitor waits for it."""
    operation_of(IssueTicket)


def _show(window: QWidget, launch: Launch) -> None:
    if launch.size is not None:
        window.resize(*launch.size)
        window.show()
    elif isinstance(window, _FillsScreen):
        window.fill_screen()
    else:
        window.setGeometry(window.screen().availableGeometry())  # without a window manager nothing else does
        window.showMaximized()
