"""The provinces of Indonesia with Kemendagri's codes, and their tiles on a schematic map."""

from functools import cache

import msgspec

from ult_desktop.base.paths import resource


class ProvinceTile(msgspec.Struct, frozen=True):
    """A province; `short` is its short name, `at` is the column and row of its tile on the map."""

    code: str
    name: str
    short: str
    at: tuple[int, int]


class _ProvincesFile(msgspec.Struct, frozen=True):
    provinces: tuple[ProvinceTile, ...]


@cache
def provinces() -> tuple[ProvinceTile, ...]:
    """Return the provinces, from `resources/provinces.toml`."""
    return msgspec.toml.decode(resource("provinces.toml").read_bytes(), type=_ProvincesFile).provinces


def province_code(name: str) -> str:
    """Return Kemendagri's code ("65") of a province by its name; "" for an unknown name."""
    wanted = name.strip().casefold()
    return next((tile.code for tile in provinces() if tile.name.casefold() == wanted), "")
