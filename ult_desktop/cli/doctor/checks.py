"""The checks of a PC itself: Windows, screen, sound, voice, SQLite, and how the office file answers it."""

import importlib
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ult_desktop.base import UserError, _
from ult_desktop.base.config import StationConfig, is_easily_guessed
from ult_desktop.base.own_program import own_command
from ult_desktop.base.paths import resource
from ult_desktop.base.policy import policy_of_this_pc
from ult_desktop.core import connection
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.errors import UNREADABLE
from ult_desktop.db.store.server_address import describe_repair
from ult_desktop.devices.voice.choice import SPEECH_COMMAND, SpeechLine
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.office import Office
from ult_desktop.pc import autostart, lock_down
from ult_desktop.pc.desktop import Desktop, desktop
from ult_desktop.pc.registry import Hive, Registry

VOICE_TIMEOUT_S = 15.0  # a slow PC needs a fifth of it
OLDEST_WINDOWS = 17763  # the build of Windows 10 1809, the oldest on which Qt 6.12 starts


def windows_build() -> int | None:
    """Return the build number of this Windows; None on any other system."""
    if sys.platform == "win32":
        return sys.getwindowsversion().build
    return None


def check_windows(build: int | None) -> Iterator[CheckResult]:
    if build is None:
        return
    found = _("versi {build}").format(build=f"10.0.{build}")
    if build < OLDEST_WINDOWS:
        todo = _(
            "Perbarui Windows: program ini perlu Windows 10 versi 1809 (10.0.17763) atau yang lebih baru."
        )
        yield CheckResult("fail", "Windows", found, todo)
    else:
        yield CheckResult("ok", "Windows", found)


def check_policy() -> Iterator[CheckResult]:
    """Check what the administrators switched off on this PC, and whether their file can be read."""
    try:
        policy = policy_of_this_pc()
    except UserError as error:
        yield CheckResult("fail", _("Kebijakan PC"), error.what, error.todo)
        return
    words = {"updates": _("pembaruan"), "repair": _("pemulihan sebelum masuk")}
    if off := [what for name, what in words.items() if not getattr(policy, name)]:
        yield CheckResult("ok", _("Kebijakan PC"), _("dimatikan: {parts}").format(parts=", ".join(off)))


def check_lock_down(mode: str, registry: Registry) -> Iterator[CheckResult]:
    """Check how well this kiosk keeps a visitor within it; other PCs give no result."""
    if mode != "kiosk":
        return
    level = lock_down.level(registry, starts_by_itself=autostart.of_this_pc().is_on(Hive.PC))
    found = _("tingkat {n}: {words}").format(n=level.value, words=level.words)
    todo = _("Di akun kios: Pengaturan, Komputer ini, Kunci kios.")
    if level >= lock_down.Level.SHELL:
        todo = ""
        if not lock_down.is_on(registry, Hive.PC):
            todo = _("Task Manager, usapan tepi, pemberitahuan, dan daya belum: ulangi dengan administrator.")
    yield CheckResult("warn" if todo else "ok", _("Penguncian kios"), found, todo)


def check_exit_pin(config: StationConfig) -> Iterator[CheckResult]:
    """Check a kiosk's exit PIN: only an officer may leave the kiosk."""
    pin, check, todo = config.kiosk.exit_pin, _("PIN kios"), _("Ganti di Pengaturan, Komputer ini.")
    if config.mode != "kiosk":
        return
    if not pin:
        yield CheckResult("warn", check, _("belum dipilih; kios menanyakannya saat mulai"), todo)
    elif is_easily_guessed(pin):
        yield CheckResult("warn", check, _("mudah ditebak"), todo)


def check_screens(screens: list[str], session_desktop: Desktop) -> CheckResult:
    check, found = _("Layar"), ", ".join(screens)
    if not screens or session_desktop is Desktop.NOWHERE:
        todo = _("Jalankan dari desktop; kios, loket, dan layar TV perlu layar.")
        return CheckResult("warn", check, _("tidak ada"), todo)
    if session_desktop is Desktop.REMOTE:
        found = _("{screens}, lewat Desktop Jarak Jauh (RDP)").format(screens=found)
        todo = _(
            "Kios dan layar TV dari sesi ini tampil di PC Anda, bukan di layar PC ini: sesudah selesai,"
            " keluar dari akun ini dan mulai ulang PC."
        )
        return CheckResult("warn", check, found, todo)
    return CheckResult("ok", check, found)


def check_machine() -> Iterator[CheckResult]:
    """Check system, fonts, screen and sound."""
    yield from check_windows(windows_build())
    if fonts := list(resource("fonts").glob("*.ttf")):
        yield CheckResult("ok", _("Huruf"), _("{n} berkas huruf").format(n=len(fonts)))
    else:
        yield CheckResult("fail", _("Huruf"), _("huruf bawaan tidak ditemukan"), _("Pasang ulang program."))
    try:
        media = importlib.import_module("ult_desktop.ui.media_probe")
    except ImportError as error:
        yield CheckResult(
            "fail",
            _("Layar"),
            str(error),
            _("Pasang pustaka sistem Qt; `python3 dev.py setup` menyebutkannya."),
        )
        return
    screens, outputs = media.probe_media()
    yield check_screens(screens, desktop())
    if outputs:
        yield CheckResult("ok", _("Suara"), ", ".join(outputs))
    else:
        yield CheckResult(
            "warn", _("Suara"), _("tidak ada perangkat suara"), _("Layar TV akan memanggil tanpa suara.")
        )


def check_system_voice(timeout_s: float = VOICE_TIMEOUT_S) -> CheckResult:
    """Check the system's voice in a process of its own, like the display: a bad engine ends its process."""
    command = (*own_command(), SPEECH_COMMAND)
    check, todo = _("Suara sistem"), _("Layar TV memanggil dengan paket suara.")
    try:
        result = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout_s, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return CheckResult("warn", check, _("mesin suara tidak menjawab"), todo)
    lines = result.stdout.decode(errors="replace").split()
    if lines == [SpeechLine.READY]:
        return CheckResult("ok", check, _("berbahasa Indonesia"))
    if lines == [SpeechLine.NONE]:
        return CheckResult("warn", check, _("tidak ada yang berbahasa Indonesia"), todo)
    return CheckResult("warn", check, _("mesin suara berhenti sendiri"), todo)


_LEVELS = {  # a check's, by the state of the connection that windows would show
    connection.Connection.ONLINE: "ok",
    connection.Connection.RECONNECTING: "warn",
    connection.Connection.OFFLINE: "fail",
}


def check_answer_time(path: Path) -> Iterator[CheckResult]:
    """Check how fast the office file answers this PC, by the limits of the windows; do not wait out a hang.

    An error gives no result: the checks that follow report it with its cause.
    """
    answer_times = list[float]()  # in seconds; the thread adds one unless the file fails
    began = time.monotonic()
    # The thread is left behind if the file hangs.
    thread = threading.Thread(target=_time_answer, args=(path, answer_times), daemon=True, name="probe")
    thread.start()
    thread.join(connection.OUTAGE_AFTER)
    hangs = thread.is_alive()
    if not (hangs or answer_times):
        return
    waited = time.monotonic() - began if hangs else answer_times[0]
    state = connection.LinkHealth().after_write().with_silence(waited).connection
    words = _("{state}: menjawab dalam {s:.3f} detik")
    if hangs:
        words = _("{state}: tidak menjawab dalam {s:.0f} detik")
    found = words.format(state=connection.connection_word(state), s=waited)
    todo = (
        ""
        if state is connection.Connection.ONLINE
        else _("Periksa kabel, saklar, dan komputer penyimpan berkas.")
    )
    yield CheckResult(_LEVELS[state], _("Sambungan"), found, todo)


def _time_answer(path: Path, answer_times: list[float]) -> None:
    began = time.monotonic()
    try:
        with closing(engine_at(path).open(path)) as link:
            engine_at(path).commit_version(link)
    except (OSError, sqlite3.Error, *UNREADABLE, UserError):
        return
    answer_times.append(time.monotonic() - began)


Version = tuple[int, ...]


class Defect(NamedTuple):
    """A defect of SQLite, in each version from `first` to before `fixed`.

    `mended` are the versions that fixed it in older release lines: "3.44.6" and what follows in 3.44.
    """

    name: str
    first: Version
    fixed: Version
    mended: tuple[Version, ...] = ()

    def is_in(self, version: Version) -> bool:
        older_line = any(version[:2] == each[:2] and version >= each for each in self.mended)
        return self.first <= version < self.fixed and not older_line


WAL_RESET = Defect("WAL-reset", (3, 7, 0), (3, 51, 3), ((3, 44, 6), (3, 50, 7)))
# WAL-reset is in the WAL mode, which the program does not use. Each other one needs SQL or a file made by an
# attacker: the program runs its own SQL alone, and a person who can alter the office file needs no defect. So
# they are warnings, and no failure.
DEFECTS = (
    WAL_RESET,
    Defect("CVE-2024-0232", (3, 43, 0), (3, 43, 2)),
    Defect("CVE-2025-29087", (3, 44, 0), (3, 49, 1)),
    Defect("CVE-2025-6965", (3, 0, 0), (3, 50, 2)),
    Defect("CVE-2025-7709", (3, 49, 1), (3, 50, 3)),
    Defect("CVE-2026-11822, CVE-2026-11824", (3, 0, 0), (3, 53, 2)),
)


def check_sqlite(version: Version = sqlite3.sqlite_version_info) -> CheckResult:
    check, number = "SQLite", ".".join(map(str, version))
    defects = [each.name for each in DEFECTS if each.is_in(version)]
    if defects:
        found = _("{n}; cacat yang dikenal: {names}").format(n=number, names=", ".join(defects))
        todo = _("Program ini tidak terkena. Perbarui bila pemasang atau sistem menyediakannya.")
        return CheckResult("warn", check, found, todo)
    return CheckResult("ok", check, number)


def check_schema(office: Office) -> CheckResult:
    """Check the schema. Without a trigger, index or check, numbers could be doubled, or the log changed."""
    missing = office.read(lambda tx: tx.on_connection(tx.engine.missing_schema))
    if missing:
        todo = _("Jangan bekerja dengan berkas ini: kembalikan cadangan dengan `ult-desktop restore`.")
        found = _("tidak ada, atau lain: {names}").format(names=", ".join(missing))
        return CheckResult("fail", _("Skema"), found, describe_repair(office.path, todo))
    return CheckResult("ok", _("Skema"), _("lengkap"))
