"""The surface that people's scripts call: every command with its arguments, options, choices and defaults.

`tests/data/cli.txt` is the whole command line at a glance. A command or an option that is new gets its line
there; one that goes or changes breaks somebody's script.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from ult_desktop.cli.program import program

SURFACE = Path(__file__).parents[1] / "data" / "cli.txt"


def lines_of(command: click.Command, context: click.Context) -> Iterator[str]:
    """A line for each command below this one, in the order of `--help`."""
    if not isinstance(command, click.Group):
        given = sorted(command.params, key=lambda each: isinstance(each, click.Option))
        words = (parameter_words(each, context) for each in given)
        yield " ".join((context.command_path, *words))
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from lines_of(found, click.Context(found, context, name))


def parameter_words(parameter: click.Parameter, context: click.Context) -> str:
    """Return the parameter in brackets unless it must be given, with the default that it has otherwise."""
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context)
    assert isinstance(parameter, click.Option)
    words = "|".join(parameter.opts)
    if not parameter.is_flag:
        words += f" {parameter.make_metavar(context)}"
    default = parameter.get_default(context)
    if isinstance(default, list | tuple):
        default = ",".join(default)
    if isinstance(default, str | int | float) and default:
        words += f"={default}"
    if parameter.multiple:
        words += "..."
    return words if parameter.required else f"[{words}]"


def test_the_command_line_is_the_one_that_scripts_know() -> None:
    lines = lines_of(program, click.Context(program, info_name="", parent=None))
    assert [line.strip() for line in lines] == SURFACE.read_text(encoding="utf-8").splitlines()
