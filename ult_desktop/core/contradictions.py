"""What contradicts itself within one file: a name that is given twice, or that nothing bears."""

from collections.abc import Iterable

from ult_desktop.base.i18n import _
from ult_desktop.base.toml_lines import Contradiction, Keys


def with_keys(section: str, key: str, values: Iterable[object]) -> list[tuple[Keys, object]]:
    """`values` with where each stands: under `key` of the first, second, … table of `section`."""
    return [((section, n, key), value) for n, value in enumerate(values)]


def require_unique(what: str, values: Iterable[tuple[Keys, object]]) -> None:
    """Raises Contradiction when a value is there twice."""
    seen = set()
    for where, value in values:
        if value in seen:
            raise Contradiction(
                _("{what} dipakai dua kali: {values}").format(what=what, values=value),
                where,
                _("Pilih yang belum dipakai."),
            )
        seen.add(value)


def require_known(what: str, used: Iterable[tuple[Keys, object]], there: Iterable[object]) -> None:
    """Raises Contradiction when a value is neither empty nor one of those that are `there`."""
    names = tuple(there)
    for where, value in used:
        if value not in (None, "", *names):
            raise Contradiction(
                _("{what} tidak ada dalam berkas ini: {values}").format(what=what, values=value),
                where,
                _("Yang ada: {names}.").format(names=", ".join(map(str, names)) or "–"),
            )
