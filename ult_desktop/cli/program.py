"""The command `ult-desktop`. A subcommand's module is loaded when it is called: `queue issue` loads no Qt."""

import contextlib
import ctypes
import faulthandler
import getpass
import importlib
import io
import logging
import os
import sqlite3
import sys
from gettext import gettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click import termui
from typing_extensions import override

from ult_desktop import __version__
from ult_desktop.base import UserError, _, paths
from ult_desktop.base.config import load_station
from ult_desktop.base.errors import RunsAlready, WrongSettings
from ult_desktop.base.i18n import set_process_language, system_language
from ult_desktop.base.late import late
from ult_desktop.base.private_files import LogLine, PrivateLog, close_own_files_to_others
from ult_desktop.cli.common.help import TranslatedGroup
from ult_desktop.cli.common.unseen import WRONG_USE, is_unseen, run_visibly
from ult_desktop.pc import ending

if TYPE_CHECKING:
    from ult_desktop.base import windows
    from ult_desktop.operations.office import share_account
else:
    windows = late("ult_desktop.base.windows")
    share_account = late("ult_desktop.operations.office.share_account")

log = logging.getLogger(__name__)
LOG, LOG_BYTES = "ult-desktop", 1_000_000
_CONSOLE = "CONIN$" if sys.platform == "win32" else "/dev/tty"


class Entry(NamedTuple):
    """The module of a command, in which a variable has the command's name, and the command's help.

    The help is here so that the list of commands loads no module. A hidden command has none.
    """

    module: str
    help: str = ""


COMMANDS = {
    "init": Entry("office.file", "Buat berkas kantor DB; berkas yang sudah ada tidak ditimpa."),
    "verify": Entry("office.file", "Buktikan berkas kantor DB: halaman, rantai catatan, dan aturan antrean."),
    "office": Entry("office.settings", "Pengaturan kantor: lihat, tulis ke berkas, periksa, berlakukan."),
    "officer": Entry("access", "Petugas: tambah, beri kata sandi atau peran lain, nonaktifkan."),
    "keys": Entry("access", "Kunci data pribadi: siapa memegangnya, kode pemulihan."),
    "queue": Entry("queue", "Antrean: ambil, panggil, layani."),
    "wait": Entry("wait", "Perkiraan lama menunggu: seberapa benar."),
    "visit": Entry("visit", "Tamu: kedatangan, buku tamu, identitas, kartu, tag tamu, surat, laporan."),
    "access": Entry("privacy", "Siapa membuka data pribadi siapa."),
    "care": Entry("care", "Pendampingan kelompok rentan: panggilan, pendamping, alat bantu."),
    "phone": Entry("phone", "Telepon: catat, jawab, teruskan, telepon balik."),
    "step": Entry("procedures", "Langkah POS sebuah kunjungan, atau satu permohonannya (0012/ULT/2026)."),
    "deviation": Entry("accountability", "Penyimpangan mutu baku: daftar, penjelasan, tinjauan."),
    "delegate": Entry("accountability", "Pengalihan tugas petugas yang berhalangan."),
    "case": Entry("case", "Permohonan: catat, teruskan, jawab, tutup."),
    "survey": Entry("survey", "Survei Kepuasan Masyarakat (SKM): isi, impor, hasil."),
    "evidence": Entry("evidence", "Penilaian tahunan: perkiraan sendiri, bukti, instrumen."),
    "report": Entry("report", "Laporan: hari, minggu, bulan, triwulan, tahun, rekap untuk umum."),
    "staffing": Entry(
        "staffing",
        "Susunan loket: bulan yang lalu dengan susunan lain, susunan termurah, pengunjung minggu depan.",
    ),
    "summary": Entry("summary", "Rekap bertanda tangan antarkantor: buat, pastikan kunci, jumlahkan."),
    "procedure": Entry("procedures", "Prosedur operasional standar (POS): periksa, daftar, baca."),
    "online": Entry("online", "Permintaan daring: impor, jawab, tutup."),
    "kiosk": Entry("station.modes", "Kios: pengunjung mengambil nomor."),
    "counter": Entry("station.modes", "Loket: memanggil dan melayani."),
    "display": Entry("station.modes", "Layar TV ruang tunggu."),
    "run": Entry(
        "station.supervise",
        "Jalankan MODE, atau mode PC ini, dan mulai lagi bila berhenti sendiri; ARGS diteruskan.",
    ),
    "autostart": Entry("station.supervise", "Mulai MODE bersama PC ini, di akun ini atau di semua akun."),
    "setup": Entry("station.setup", "Siapkan PC ini: buat atau gabung kantor, lalu mulai."),
    "station": Entry("station.pc", "PC ini: pasang, akhiri, lepas, gantikan, kunci sebagai kios."),
    "doctor": Entry(
        "doctor.report", "Periksa komputer ini, folder bersama, printer, suara, dan stasiun lain."
    ),
    "voice": Entry("station.voice", "Suara panggilan: periksa paket rekaman."),
    "update": Entry(
        "station.update", "Pembaruan program lewat folder bersama: buat, periksa, pasang, kembali."
    ),
    "demo": Entry("station.demo", "Jalankan kantor contoh: kios, dua loket, layar TV, dan printer tiruan."),
    "backup": Entry(
        "office.backup", "Buat cadangan berkas kantor yang sedang dipakai, atau sebut yang ada (--list)."
    ),
    "drill": Entry(
        "office.backup",
        "Uji pemulihan: kembalikan cadangan terakhir di samping kantor, periksa, bandingkan, lalu hapus.",
    ),
    "journal": Entry(
        "office.backup",
        "Salin jurnal semua stasiun di PC ini ke FOLDER (disk USB) untuk pemulihan di komputer lain.",
    ),
    "restore": Entry(
        "office.restore",
        "Pulihkan berkas kantor dari BACKUP (berkas atau folder cadangan) dan jurnal stasiun."
        " Di server: ulangi jurnal stasiun setelah pg_restore.",
    ),
    "retention": Entry(
        "privacy", "Jadwal retensi data pribadi: berapa lama disimpan, apa yang jatuh tempo, penghapusannya."
    ),
    "subject": Entry(
        "privacy", "Permintaan subjek data (UU 27/2022): daftar, pencarian, salinan, perbaikan, penghapusan."
    ),
    "breach": Entry(
        "privacy", "Insiden kegagalan pelindungan data (Pasal 46): catatan, surat, batas 3×24 jam."
    ),
    "privacy": Entry("privacy", "Lembar pelindungan data: rekaman pemrosesan, penilaian dampak."),
    "repair": Entry(
        "office.restore",
        "Periksa berkas kantor dan tuntun perbaikannya; tidak ada yang diganti tanpa persetujuan.",
    ),
    "lock-probe": Entry("station.lock_probe"),
    "read-list": Entry("station.list_reading"),
    "demo-actor": Entry("station.demo"),
    "speech": Entry("station.speech"),
}


class Program(TranslatedGroup):
    """The group of all commands. It turns refusals into words and exit status 1 (2 for wrong settings)."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        entry = COMMANDS[cmd_name]
        module = importlib.import_module(f"ult_desktop.cli.{entry.module}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        command.name, command.help = cmd_name, entry.help or command.help
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Format the list of commands like click, but from `COMMANDS`."""
        shown = {name: _(entry.help) for name, entry in COMMANDS.items() if entry.help}
        room = formatter.width - 6 - max(map(len, shown))
        lines = [(name, click.Command(name, help=words)) for name, words in shown.items()]
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, command.get_short_help_str(room)) for name, command in lines])

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RunsAlready as error:
            # The window that came to the front says enough: words would come in a box over it.
            if not (error.in_front and is_unseen()):
                _write_refusal(error)
            ctx.exit(ending.RUNS_ALREADY)
        except UserError as error:
            _write_refusal(error)
            ctx.exit(WRONG_USE if isinstance(error, WrongSettings) else 1)
        # A person answered no to a question, or pressed Ctrl-C; click would say so in English.
        except (click.Abort, KeyboardInterrupt):
            click.echo(_("Dibatalkan."), err=True)
            ctx.exit(1)


def _write_refusal(error: UserError) -> None:
    for line in filter(None, (error.what, error.safe, error.todo)):
        click.echo(line, err=True)


@click.command(
    cls=Program, invoke_without_command=True, help="Antrean dan meja layanan Unit Layanan Terpadu."
)
@click.version_option(
    __version__,
    prog_name="ult-desktop",
    message=f"%(prog)s %(version)s, SQLite {sqlite3.sqlite_version}",
    help="Sebut versinya, lalu selesai.",
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """Run without a command: start this PC's mode after a click, or show the commands at a prompt."""
    if ctx.invoked_subcommand is not None:
        return
    if not _was_clicked():
        raise click.exceptions.NoArgsIsHelpError(ctx)
    command = program.get_command(ctx, "run" if load_station().mode else "setup")
    assert command is not None, "both are among the commands"  # noqa: S101
    ctx.invoke(command)


def _was_clicked() -> bool:
    """Return whether a menu or a double click started the program, and no person at a terminal.

    On Windows NUL counts as a terminal, too; but a person at a terminal has a console, and a console has a
    code page.
    """
    # NUL is a character device, and so `isatty` is true for it:
    # https://learn.microsoft.com/cpp/c-runtime-library/reference/isatty
    if sys.platform == "win32" and not ctypes.windll.kernel32.GetConsoleCP():
        return True
    return not any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


class _FailureLog(PrivateLog):
    """The log of failures with their tracebacks. If it cannot be written, the command goes on."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            with contextlib.suppress(OSError):
                Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            super().emit(record)

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        pass


def _set_up_log() -> None:
    on_screen = logging.StreamHandler()
    in_file = _FailureLog(paths.log_path(LOG), maxBytes=LOG_BYTES, backupCount=1, delay=True)
    on_screen.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    on_screen.addFilter(lambda record: record.exc_info is None)  # `_report_bug` shows a failure
    in_file.setFormatter(LogLine())
    handlers: list[logging.Handler] = [in_file] if sys.stderr is None else [on_screen, in_file]
    logging.basicConfig(level=logging.WARNING, handlers=handlers)


def run() -> None:
    # The installer of Windows sets ULT_ENCODING. The programs that this one starts are to use UTF-8.
    encoding = os.environ.pop("ULT_ENCODING", "utf-8")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=encoding)  # a Windows console may still use cp1252
    if sys.stderr is not None:  # a crash inside a library leaves its traceback in the log of `run`
        faulthandler.enable()
    close_own_files_to_others()  # before the first file is made: others must not read it
    _set_up_log()
    set_process_language(system_language())
    termui.hidden_prompt_func = _ask_hidden
    run_visibly(_run)


def _run() -> None:
    # The PC keeps one account for its share; each Windows account that starts the program is given it.
    if paths.share_account_path().exists():
        share_account.give_kept_account(windows.Windows())
    try:
        program(windows_expand_args=False)  # on Windows too "Selesai? *" are a person's words, not files
    except Exception as error:  # noqa: BLE001  (`invoke` has shown refusals: this is a bug)
        # WORKAROUND Windows' broken pipe comes as EINVAL, not as BrokenPipeError, for which click ends in
        # silence: https://bugs.python.org/issue35754. It can go when that is mended.
        if isinstance(error, OSError) and _reader_is_gone():
            sys.stdout = io.StringIO()  # Python writes the rest at its end, which would fail again
        else:
            _report_bug(error)
        sys.exit(1)


def _reader_is_gone() -> bool:
    """Return whether the program that reads the output has ended: Windows says so as error 22.

    An empty line is written to test it: Windows does not keep the output that was refused.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.write("\n")
            sys.stdout.flush()
    except OSError:
        return True
    return False


def _ask_hidden(prompt: str) -> str:
    """Ask for a password without echo.

    Raises:
        UserError: there is no console.
    """
    try:
        # WORKAROUND without a console `msvcrt.getwch` gives the end of file as a letter, and `getpass`
        # waits for Enter for ever: https://github.com/python/cpython/issues/149324. It can go when an
        # OSError is raised.
        os.close(os.open(_CONSOLE, os.O_RDWR))
    except OSError as error:
        raise UserError(
            _("Kata sandi tidak dapat ditanyakan: tidak ada jendela perintah di sini."),
            _("Tidak ada yang berubah."),
            _("Jalankan dari jendela perintah, atau beri lewat ULT_PASSWORD atau ULT_NEW_PASSWORD."),
        ) from error
    return getpass.getpass(prompt)


def _report_bug(bug: Exception) -> None:
    log.critical("a bug", exc_info=bug)
    what = f"{type(bug).__name__}: {bug}"
    click.echo(_("Program berhenti karena kesalahan ({error}).").format(error=what), err=True)
    click.echo(_("Semua yang sudah tersimpan tetap aman."), err=True)
    click.echo(_("Kirim catatan {log} kepada petugas TI.").format(log=paths.log_path(LOG)), err=True)
