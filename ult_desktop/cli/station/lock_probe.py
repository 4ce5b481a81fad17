"""`lock-probe`: the second process of a lock proof. It is started often, so this module imports little."""

from pathlib import Path

import click

from ult_desktop.cli.common.help import TranslatedCommand
from ult_desktop.db.lock_check.folder_probe import probe


@click.command(cls=TranslatedCommand, name="lock-probe", hidden=True)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def lock_probe(path: Path) -> None:
    click.echo(probe(path))
