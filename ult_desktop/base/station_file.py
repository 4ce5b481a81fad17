"""The writing of a station's settings: the shipped example with this PC's values in it."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import UNSET, Struct

from ult_desktop.base.config import StationConfig
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.base.paths import resource

_SECTION = re.compile(r"\[(\w+)\]$")
# A setting that the example leaves off is commented out there.
_ENTRY = re.compile(r"(?:# )?(?P<key>\w+) = \S.*$")


def station_text(config: StationConfig) -> str:
    """Return the example's remarks with the values of `config`; reading the text gives `config` again."""
    return "".join(f"{line}\n" for line in _station_lines(config))


def _station_lines(config: StationConfig) -> Iterator[str]:
    part: Struct = config
    for line in resource("station.example.toml").read_text(encoding="utf-8").splitlines():
        if header := _SECTION.match(line):
            part = getattr(config, header[1])
        entry = _ENTRY.match(line)
        value = getattr(part, entry["key"], UNSET) if entry else UNSET
        yield line if entry is None or value in (None, UNSET) else f"{entry['key']} = {_toml_value(value)}"


def _toml_value(value: object) -> str:
    """Return a value as TOML; a path is in single quotes, as people read it, if TOML allows that."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml_value, value))}]"
    # A person who edits the path later sees it as Windows shows it; in double quotes each backslash would be
    # two.
    if isinstance(value, str) and "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    # JSON's escapes are TOML's too, but for DEL, which TOML wants escaped: https://toml.io/en/v1.0.0#string
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@contextmanager
def write_station_after(path: Path, config: StationConfig) -> Iterator[None]:
    """Write `config` into `path` once the block has gone through.

    Until then it is in a file next to it: a crash or an error within the block leaves what was there before.

    Raises:
        UserError: the file cannot be written; nothing of the block has happened then.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(station_text(config))
            file.flush()
            # A power cut after the replace could else leave an empty file where the settings were.
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable_error(path, error) from error
    try:
        yield
        try:
            draft.replace(path)
        except OSError as error:
            raise unwritable_error(path, error) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def write_station(path: Path, config: StationConfig) -> None:
    """Write `config` into `path`. Raises UserError if the file cannot be written."""
    with write_station_after(path, config):
        pass


def unwritable_error(path: Path, error: OSError) -> UserError:
    """Return the error about a file of this PC's own that cannot be written."""
    return UserError(
        _("{path} tidak dapat ditulis ({error}).").format(path=path, error=error.strerror),
        _("Pengaturan PC ini tidak berubah."),
        _("Periksa hak tulis dan ruang kosong di komputer ini."),
    )
