"""The regencies that a guest can come from, as the shipped file lists them."""

from functools import lru_cache

from ult_desktop.base.resources import resource
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.visits.regency import Provinces, Regency


@lru_cache(maxsize=1)
def _shipped() -> Provinces:
    return read_settings(resource("regencies.toml"), Provinces)


def regencies_of(province: str) -> tuple[Regency, ...]:
    """Of the office's province by its name, or by Kemendagri's code; nothing for a province not listed."""
    wanted = province.casefold()
    found = (each for each in _shipped().provinces if wanted in (each.name.casefold(), each.code))
    return next((each.regencies for each in found), ())
