"""`demo`: the main job on one PC, by hand on a screen, by itself without one."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.cli.common.help import SpokenCommand

if TYPE_CHECKING:
    from ult_desktop.app import assemble
    from ult_desktop.demo import actor, rehearsal
else:
    assemble = late("ult_desktop.app.assemble")
    actor, rehearsal = late("ult_desktop.demo.actor"), late("ult_desktop.demo.rehearsal")

_PATH = click.Path(path_type=Path)


@click.command(
    cls=SpokenCommand, help="Jalankan kantor contoh: kios, dua loket, layar TV, dan printer tiruan."
)
@click.option(
    "--pictures",
    type=_PATH,
    default=Path("demo-output"),
    show_default=True,
    help="Folder gambar bila tidak ada layar (atau bila disebut).",
)
@click.pass_context
def demo(ctx: click.Context, pictures: Path) -> None:
    asked = ctx.get_parameter_source("pictures") is click.core.ParameterSource.COMMANDLINE
    with TemporaryDirectory(prefix="ult-demo-", ignore_cleanup_errors=True) as folder:
        if not (asked or assemble.without_screen()):
            raise SystemExit(rehearsal.run_show(Path(folder)))
        click.echo(_("Tanpa layar: demo berjalan sendiri, gambar dibuat …"))
        click.echo(rehearsal.rehearse(Path(folder), pictures.absolute()))


@click.command(cls=SpokenCommand, name="demo-actor", hidden=True)
@click.argument("name")
@click.argument("database", type=_PATH)
@click.argument("settings", type=_PATH)
@click.argument("pictures", type=_PATH)
def demo_actor(name: str, database: Path, settings: Path, pictures: Path) -> None:
    raise SystemExit(actor.run_actor(name, database, settings, pictures))
