"""`demo`: an office on one PC, used by hand on a screen, or by robots without one."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import click

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.cli.common.parameters import PLACE, command, param
from ult_desktop.pc.desktop import Desktop, desktop

if TYPE_CHECKING:
    from ult_desktop.demo import actor, rehearsal
else:
    actor, rehearsal = late("ult_desktop.demo.actor"), late("ult_desktop.demo.rehearsal")

Place = Annotated[Path, param(type=PLACE)]


@command()
def demo(
    *,
    pictures: Annotated[
        Path, param("Folder gambar bila tidak ada layar (atau bila disebut).", type=PLACE, show_default=True)
    ] = Path("demo-output"),
) -> None:
    source = click.get_current_context().get_parameter_source("pictures")
    with TemporaryDirectory(prefix="ult-demo-", ignore_cleanup_errors=True) as folder:
        if not (source is click.core.ParameterSource.COMMANDLINE or desktop() is Desktop.NOWHERE):
            raise SystemExit(rehearsal.run_show(Path(folder)))
        click.echo(_("Tanpa layar: demo berjalan sendiri, gambar dibuat …"))
        click.echo(rehearsal.rehearse(Path(folder), pictures.absolute()))


@command(hidden=True)
def demo_actor(
    name: str, database: Annotated[Place, "Berkas kantor."], settings: Place, pictures: Place
) -> None:
    raise SystemExit(actor.run_actor(name, database, settings, pictures))
