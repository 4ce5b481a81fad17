r"""The properties that an installer gives about its PC.

ROLE=kiosk DATABASE=\\server\share\office.db COUNTER=2 PIN=1379 PRINTER=tcp://192.168.1.50:9100
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from ult_desktop.base.config import StationConfig, is_easily_guessed
from ult_desktop.base.errors import WrongSettings
from ult_desktop.base.i18n import _


class _Property(NamedTuple):
    """A property: its section ("" is none) and key in the settings of a station, and examples of its form."""

    section: str
    key: str
    form: str


PROPERTIES = {
    "ROLE": _Property("", "mode", "kiosk, counter, display"),
    "DATABASE": _Property("", "database", r"\\SERVER\ult\office.db"),
    "COUNTER": _Property("counter", "number", "1 … 99"),
    "PIN": _Property("kiosk", "exit_pin", "1379"),
    "PRINTER": _Property("printer", "address", "tcp://192.168.1.50:9100, win32://EPSON TM-T82, none"),
}


def with_properties(config: StationConfig, words: Iterable[str]) -> StationConfig:
    """Return `config` with the given values in place of its own; an installer's own /OPTIONS are passed over.

    Raises:
        WrongSettings: it names the property and its form.
    """
    for word in words:
        name, equals, value = word.partition("=")
        if word.startswith("/") or (equals and not value):
            continue
        try:
            if name.upper() == "PIN" and is_easily_guessed(value):
                raise msgspec.ValidationError
            config = _with(config, PROPERTIES[name.upper()], value)
        except KeyError as error:
            raise WrongSettings(
                _("{word}: sifat ini tidak dikenal.").format(word=word),
                _("Tidak ada yang dipasang."),
                _("Yang dikenal: {names}.").format(names=", ".join(PROPERTIES)),
            ) from error
        except msgspec.ValidationError as error:
            raise WrongSettings(
                _("{word}: nilai ini tidak diterima.").format(word=word),
                _("Tidak ada yang dipasang."),
                _("Bentuknya: {form}.").format(form=PROPERTIES[name.upper()].form),
            ) from error
    return config


def _with(config: StationConfig, place: _Property, value: str) -> StationConfig:
    whole: dict[str, Any] = msgspec.to_builtins(config)
    (whole[place.section] if place.section else whole)[place.key] = value
    return msgspec.convert(whole, StationConfig, strict=False)  # not strict, as COUNTER comes as text
