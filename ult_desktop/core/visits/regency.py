"""Regencies and cities of the offices' provinces, with the codes of Kemendagri."""

import msgspec

from ult_desktop.base.i18n import _


class Regency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kabupaten or kota. `code` as in Kepmendagri ("65.71"), which is not the code of BPS."""

    code: str
    name: str


class Province(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A province and what lies in it; `code` of Kemendagri."""

    code: str
    name: str
    regencies: tuple[Regency, ...]


class Provinces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    provinces: tuple[Province, ...]


def outside_word() -> str:
    """What a guest from another province is entered with when nobody asks further."""
    return _("Luar provinsi")
