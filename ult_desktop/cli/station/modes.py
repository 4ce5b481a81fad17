"""`kiosk`, `counter` and `display`: start a mode, or first the set-up wizard where the PC has no settings."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
from msgspec.structs import replace
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.config import default_path, has_settings, load_station
from ult_desktop.base.late import late
from ult_desktop.cli.common import session
from ult_desktop.cli.common.help import TranslatedCommand
from ult_desktop.cli.common.unseen import take_supervised
from ult_desktop.db.store.server_address import office_at
from ult_desktop.pc import autostart, ending
from ult_desktop.pc.desktop import Desktop, desktop

if TYPE_CHECKING:
    from ult_desktop.app import assemble, setup as app_setup
    from ult_desktop.ui import process
else:
    assemble = late("ult_desktop.app.assemble")
    app_setup = late("ult_desktop.app.setup")
    process = late("ult_desktop.ui.process")

WINDOW_SIZES = {"kiosk": (720, 1280), "counter": (1366, 768), "display": (1280, 720)}


class UntouchedPath(click.Path):
    """A path or address, unchecked: a share may hang, and no window waits for it (docs/store.md, rule 10)."""

    @override
    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        return self.coerce_path_result(office_at(os.fspath(value)))


_FILE = UntouchedPath(path_type=Path)
_SURVEY = click.option("--survey", is_flag=True, help="Hanya survei, di tablet yang menghadap pengunjung.")


def _mode_command(mode: Literal["kiosk", "counter", "display"]) -> click.Command:
    @click.option("--database", type=_FILE, envvar="ULT_DATABASE", help="Berkas kantor.")
    @click.option("--station", type=_FILE, help="Setelan stasiun (.toml).")
    @click.option("--counter", type=int, help="Nomor loket yang ada di sini.")
    @click.option("--windowed", is_flag=True, help="Dalam jendela, tidak memenuhi layar.")
    @click.option("--size", metavar="LEBARxTINGGI", help="Ukuran jendela, misalnya 1280x720.")
    @ending.note_presence()
    def command(
        database: Path | None,
        station: Path | None,
        counter: int | None,
        windowed: bool,
        size: str | None,
        survey: bool = False,
    ) -> None:
        if station is None and database is None and not has_settings():
            raise SystemExit(set_up(mode=mode))

        def prepare_launch() -> assemble.Launch:
            config = load_station(station)
            require_screen()
            if counter is not None:
                config = replace(config, counter=replace(config.counter, number=counter))
            if survey:
                config = replace(config, kiosk=replace(config.kiosk, survey_only=True))
            path, window_size = session.office_path(database, config), _window_size(mode, windowed, size)
            return assemble.Launch(assemble.Mode(mode), path, config, window_size, settings=station)

        status = assemble.run(prepare_launch)
        if status == process.SET_UP:
            status = set_up(station, if_left=prepare_launch)
        raise SystemExit(status)

    return click.command(cls=TranslatedCommand, name=mode)(command)


def set_up(
    station: Path | None = None,
    mode: Literal["kiosk", "counter", "display"] | None = None,
    if_left: Callable[[], "assemble.Launch"] | None = None,
) -> int:
    """Show the wizard that sets this PC up, and have its mode started; return the exit status to end with.

    The supervisor of this process starts the mode; without one a process starts that outlives this one.
    `mode` and `if_left` are as in `run_setup`.
    """
    require_screen()
    supervised = take_supervised()
    status = app_setup.run_setup(station or default_path(), mode, if_left)
    if status != ending.SET_UP or supervised:
        return status
    words = () if station is None else (load_station(station).mode, "--station", str(station.absolute()))
    no_stream = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603
        autostart.mode_command(*words),
        stdin=no_stream,
        stdout=no_stream,
        stderr=no_stream,
        start_new_session=True,
    )
    return 0


def require_screen() -> None:
    """Check that this session has a screen. Raises UserError where no window can be shown."""
    if desktop() is Desktop.NOWHERE:
        raise UserError(
            _("Tidak ada layar di sesi ini."),
            todo=_(
                "Masuk ke PC ini dan mulai dari desktop. Layanan, tugas tanpa masuk, dan SSH"
                " tidak punya layar."
            ),
        )


def _window_size(mode: str, windowed: bool, text: str | None) -> tuple[int, int] | None:
    """Return the size that was typed ("1280x720"), else the usual one of a window; None fills the screen."""
    if text is None:
        return WINDOW_SIZES[mode] if windowed else None
    width, _x, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise click.BadParameter(_("tulis seperti 1280x720"), param_hint="--size")
    return int(width), int(height)


kiosk = _SURVEY(_mode_command("kiosk"))
counter = _mode_command("counter")
display = _mode_command("display")
