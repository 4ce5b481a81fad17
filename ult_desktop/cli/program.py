"""The command `ult-desktop`: subcommands are loaded when called, so that `queue issue` loads no Qt."""

import contextlib
import faulthandler
import importlib
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import click
from typing_extensions import override

from ult_desktop import __version__
from ult_desktop.errors import UserError, WrongSettings
from ult_desktop.i18n import _
from ult_desktop.places import log_path

log = logging.getLogger(__name__)
LOG, LOG_BYTES = "ult-desktop", 1_000_000
WRONG_USE = 2  # click's own status for a wrong option; with wrong settings too it would end so for ever
COMMANDS = {
    "init": "ult_desktop.cli.offices:init",
    "verify": "ult_desktop.cli.offices:verify",
    "office": "ult_desktop.cli.office:office",
    "officer": "ult_desktop.cli.officers:officer",
    "keys": "ult_desktop.cli.keys:keys",
    "queue": "ult_desktop.cli.queue:queue",
    "visit": "ult_desktop.cli.visit:visit",
    "access": "ult_desktop.cli.personal:access",
    "care": "ult_desktop.cli.care:care",
    "phone": "ult_desktop.cli.phone:phone",
    "step": "ult_desktop.cli.steps:step",
    "deviation": "ult_desktop.cli.deviations:deviation",
    "delegate": "ult_desktop.cli.delegations:delegate",
    "case": "ult_desktop.cli.case:case",
    "survey": "ult_desktop.cli.survey:survey",
    "procedure": "ult_desktop.cli.procedures:procedure",
    "online": "ult_desktop.cli.online:online",
    "kiosk": "ult_desktop.cli.stations:kiosk",
    "counter": "ult_desktop.cli.stations:counter",
    "display": "ult_desktop.cli.stations:display",
    "run": "ult_desktop.cli.supervise:run",
    "autostart": "ult_desktop.cli.supervise:autostart",
    "doctor": "ult_desktop.cli.doctor:doctor",
    "demo": "ult_desktop.cli.demo:demo",
    "backup": "ult_desktop.cli.backup:backup",
    "journal": "ult_desktop.cli.backup:journal",
    "restore": "ult_desktop.cli.restore:restore",
    "retention": "ult_desktop.cli.retention:retention",
    "subject": "ult_desktop.cli.subjects:subject",
    "breach": "ult_desktop.cli.subjects:breach",
    "repair": "ult_desktop.cli.restore:repair",
    "archive": "ult_desktop.cli.offices:archive",
    "lock-probe": "ult_desktop.cli.lock_probe:lock_probe",
    "demo-actor": "ult_desktop.cli.demo:demo_actor",
}


class Program(click.Group):
    """Finds a command's module by its name, and turns refusals into words and status 1 (2: settings)."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            for line in (error.what, error.safe, error.todo):
                if line:
                    click.echo(line, err=True)
            ctx.exit(WRONG_USE if isinstance(error, WrongSettings) else 1)
        except click.Abort:  # a question was answered with no; click would say so in English
            click.echo(_("Dibatalkan."), err=True)
            ctx.exit(1)


@click.command(cls=Program, help="Antrean dan meja layanan Unit Layanan Terpadu.")
@click.version_option(__version__, prog_name="ult-desktop")
def program() -> None:
    pass


class _Story(RotatingFileHandler):
    """Failures with their tracebacks; one that cannot be written down keeps nobody from working."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            with contextlib.suppress(OSError):
                Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            super().emit(record)

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        pass


def _keep_log() -> None:
    words = logging.StreamHandler()
    story = _Story(log_path(LOG), maxBytes=LOG_BYTES, backupCount=1, delay=True)
    words.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    words.addFilter(lambda record: record.exc_info is None)  # a person is told by whoever meets the failure
    story.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[words, story])


def run() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console may still think in cp1252
    if sys.stderr is not None:  # a crash inside a library leaves its traceback in the log of `run`
        faulthandler.enable()
    _keep_log()
    try:
        program(windows_expand_args=False)  # on Windows too "Selesai? *" are a person's words, not files
    except Exception as error:  # noqa: BLE001  (refusals have been told in `invoke`: this is a bug)
        _tell_of(error)
        sys.exit(1)


def _tell_of(bug: Exception) -> None:
    log.critical("a bug", exc_info=bug)
    what = f"{type(bug).__name__}: {bug}"
    click.echo(_("Program berhenti karena kesalahan ({error}).").format(error=what), err=True)
    click.echo(_("Semua yang sudah tersimpan tetap aman."), err=True)
    click.echo(_("Kirim catatan {log} kepada petugas TI.").format(log=log_path(LOG)), err=True)
