r"""The properties that an installer gives about its PC.

ROLE=kiosk DATABASE=\\server\share\office.db COUNTER=2 PIN=1379 PRINTER=tcp://192.168.1.50:9100
"""

import re
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ult_desktop.base.config import StationConfig, holds_password, is_easily_guessed, password_place
from ult_desktop.base.errors import WrongSettings
from ult_desktop.base.i18n import _
from ult_desktop.base.late import late

if TYPE_CHECKING:
    from ult_desktop.db.store import server_address
else:  # an installer waits for what is loaded
    server_address = late("ult_desktop.db.store.server_address")


class _Property(NamedTuple):
    """A property: its section ("" is none) and key in the settings of a station, and examples of its form."""

    section: str
    key: str
    form: str


PROPERTIES = {
    "ROLE": _Property("", "mode", "kiosk, counter, display"),
    "DATABASE": _Property("", "database", r"\\SERVER\ult\office.db, postgresql://kios_1@server/kantor"),
    "COUNTER": _Property("counter", "number", "1 … 99"),
    "PIN": _Property("kiosk", "exit_pin", "1379"),
    "PRINTER": _Property("printer", "address", "tcp://192.168.1.50:9100, win32://EPSON TM-T82, none"),
}
UPDATE_KEY = "UPDATEKEY"  # a property that is no setting of a station
_NAMES = (*PROPERTIES, UPDATE_KEY)
# What a misplaced quote makes a part of the value before it, which may be any text, as a printer's name is.
_SWALLOWED = re.compile(
    rf"""[\s"',;](?P<name>(?:{"|".join(_NAMES)}|/LOG|/D)(?==)|/BACK\b|/S\b)""", re.IGNORECASE
)


def with_properties(config: StationConfig, words: Iterable[str]) -> StationConfig:
    """Return `config` with the given values in place of its own.

    An installer's own /OPTIONS are passed over, and the update key too, which is no setting.

    Raises:
        WrongSettings: it names the property and its form, and no PIN or password, for the installer keeps the
            words in its log.
    """
    for word in words:
        name, equals, value = word.partition("=")
        if word.startswith("/") or (equals and not value):
            continue
        if name.upper() not in _NAMES:
            raise WrongSettings(
                _("{word}: sifat ini tidak dikenal.").format(word=_harmless(name) or "…"),
                _("Tidak ada yang dipasang."),
                _("Yang dikenal: {names}.").format(names=", ".join(_NAMES)),
            )
        if swallowed := _SWALLOWED.search(value):
            raise WrongSettings(
                _("{word}: nilainya memuat {other} juga.").format(
                    word=name.upper(), other=swallowed["name"].upper()
                ),
                _("Tidak ada yang dipasang."),
                _("Beri tiap sifat kutipnya sendiri: {form}.").format(
                    form='"PRINTER=win32://EPSON TM-T82" PIN=1379'
                ),
            )
        setting = PROPERTIES.get(name.upper())
        if setting is None:
            continue
        if setting.key == "database" and holds_password(value):
            raise WrongSettings(
                _("{word}: alamatnya memuat kata sandi.").format(word=name.upper()),
                _("Tidak ada yang dipasang."),
                password_place(),
            )
        try:
            config = _with_value(config, setting, value)
        except msgspec.ValidationError as error:
            shown = "" if name.upper() in {"PIN", "DATABASE"} else _harmless(value)  # the two hold secrets
            raise WrongSettings(
                _("{word}: nilai ini tidak diterima.").format(word=f"{name.upper()}={shown}".rstrip("=")),
                _("Tidak ada yang dipasang."),
                _("Bentuknya: {form}.").format(form=setting.form),
            ) from error
    return config


def _with_value(config: StationConfig, setting: _Property, value: str) -> StationConfig:
    """Return `config` with the value of a setting. Raises ValidationError if the setting cannot have it."""
    whole: dict[str, Any] = msgspec.to_builtins(config)
    (whole[setting.section] if setting.section else whole)[setting.key] = value
    changed = msgspec.convert(whole, StationConfig, strict=False)  # not strict, as COUNTER comes as text
    is_refused = {"exit_pin": is_easily_guessed, "database": _is_relative}.get(setting.key)
    if is_refused is not None and is_refused(value):
        raise msgspec.ValidationError
    return changed


def _is_relative(database: str) -> bool:
    """Return whether the path or address leads elsewhere from another folder or account, or nowhere."""
    if database.startswith(server_address.SCHEMES):
        return not server_address.is_complete(database)
    is_absolute = Path(database).is_absolute() or PureWindowsPath(database).is_absolute()
    return not is_absolute or '"' in database


def _harmless(text: str) -> str:
    """Return a text of plain letters; "" for another one, which may hold an address or a PIN."""
    return text if text.isascii() and text.isalpha() else ""
