"""The help of the command line: written in Indonesian, shown in the language in force."""

from collections.abc import Iterable
from copy import copy
from enum import StrEnum
from typing import Any, TypeVar

import click
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.fields import head_words, help_words

AnyCommand = TypeVar("AnyCommand", bound=click.Command)


class KeyChoice(click.Choice[str]):
    """A choice of keys; the help shows the words of each."""

    def __init__(self, keys: Iterable[StrEnum]) -> None:
        self.keys = tuple(keys)
        super().__init__([key.value for key in self.keys])

    @override
    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Convert a key. An empty text, which means none, is accepted where it is the default."""
        if value == "" and param is not None and param.default == "":
            return ""
        return super().convert(value, param, ctx)

    def meanings(self) -> str:
        """Return every key, with its word where the word differs from the key."""
        words = {key.value: str(getattr(key, "word", key)) for key in self.keys}
        return "; ".join(
            key if word.casefold() == key.replace("_", " ") else f"{key} = {word}"
            for key, word in words.items()
        )


class FieldChoice(click.Choice[str]):
    """A choice of fields; the help shows the name that people use for each."""

    def meanings(self) -> str:
        return "; ".join(f"{name} = {head_words(name)}" for name in self.choices)


class TranslatedCommand(click.Command):
    """A command whose help is written in Indonesian, and shown in the language in force."""

    @override
    def get_help(self, ctx: click.Context) -> str:
        return click.Command.get_help(_in_language(self), ctx)

    @override
    def get_usage(self, ctx: click.Context) -> str:
        return click.Command.get_usage(_in_language(self), ctx)

    @override
    def get_short_help_str(self, limit: int = 45) -> str:
        return click.Command.get_short_help_str(_in_language(self), limit)


class TranslatedGroup(TranslatedCommand, click.Group):
    """A group whose own help and whose commands' help is that of a `TranslatedCommand`."""

    command_class = TranslatedCommand


class TranslatedOption(click.Option):
    """An option whose prompt is written in Indonesian, and asked in the language in force."""

    @override
    def prompt_for_value(self, ctx: click.Context) -> Any:
        translated = copy(self)
        translated.prompt = _(self.prompt or "")
        return click.Option.prompt_for_value(translated, ctx)


def _in_language(command: AnyCommand) -> AnyCommand:
    """Return a copy whose help is in the language in force."""
    translated = copy(command)
    translated.help = _(command.help or "")
    translated.options_metavar = _("[PILIHAN]")
    if isinstance(translated, click.Group):
        translated.subcommand_metavar = _("PERINTAH [ARGUMEN]...")
    translated.params = [_with_help(param) for param in command.params]
    return translated


def _with_help(param: click.Parameter) -> click.Parameter:
    translated = copy(param)
    words = _(param.help) if param.help else help_words(param.name or "")
    meanings = param.type.meanings() if isinstance(param.type, KeyChoice | FieldChoice) else ""
    translated.help = " ".join(filter(None, (words, meanings)))
    if isinstance(param, click.Option) and param.metavar is None:
        numbers = dict.fromkeys(("integer", "integer range", "float range"), _("ANGKA"))
        moments = {"date": _("TANGGAL"), "time": _("JAM"), "moment": _("WAKTU")}
        translated.metavar = {"text": _("TEKS"), **moments, **numbers}.get(param.type.name)
    return translated
