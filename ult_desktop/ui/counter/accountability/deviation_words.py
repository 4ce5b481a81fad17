"""A deviation as list and detail say it."""

from collections.abc import Sequence
from datetime import datetime

from ult_desktop.base.i18n import _
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.procedures.progress import duration_words
from ult_desktop.operations.accountability.equipment_check import Equipment
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.rows import ListRow, Tag
from ult_desktop.ui.kit.timeline import when_words

_TONES = {
    DeviationState.OPEN: "danger",
    DeviationState.EXPLAINED: "warn",
    DeviationState.ACCEPTED: "ok",
    DeviationState.FOLLOWED_UP: "primary",
}
_ICONS = {
    DeviationKind.TIME: ("clock-alert", "orange"),
    DeviationKind.OUTPUT: ("file-text", "violet"),
    DeviationKind.EQUIPMENT: ("monitor", "slate"),
}


def filters() -> tuple[Filter, ...]:
    return (
        Filter("", _("Semua")),
        Filter(DeviationState.OPEN, DeviationState.OPEN.word, tone="danger"),
        Filter(DeviationState.EXPLAINED, DeviationState.EXPLAINED.word, tone="warn"),
    )


def state_tag(found: Deviation) -> Tag:
    return Tag(found.state.word, _TONES[found.state])


def headline(found: Deviation) -> str:
    """As in "Waktu · langkah 2" or "Perlengkapan · CCTV"."""
    where = found.item if found.visit_id is None else _("langkah {n}").format(n=found.step)
    return f"{found.kind.word} · {where}"


def subtitle(found: Deviation) -> str:
    return " · ".join(part for part in (found.label, found.activity or found.title) if part)


def rows_of(found: Sequence[Deviation], now: datetime) -> list[ListRow]:
    return [
        ListRow(
            id=each.id,
            title=headline(each),
            subtitle=subtitle(each),
            aside=when_words(each.made_at, now),
            icon=_ICONS[each.kind][0],
            tint=_ICONS[each.kind][1],
            tags=(state_tag(each),),
            groups=frozenset({each.state.value}),
            strong=each.state is DeviationState.OPEN,
            side_tone="danger" if each.state is DeviationState.OPEN else "",
            search=f"{each.officer} {each.responsible} {each.item}",
        )
        for each in found
    ]


def facts_of(found: Deviation, now: datetime) -> list[Fact]:
    """What is known and written; the list of facts leaves out what is empty."""
    officer = found.officer
    if found.acting_for:
        officer = _("{officer} a.n. {absent}").format(officer=officer, absent=found.acting_for)
    spent = "" if found.spent_ms is None else duration_words(found.spent_ms)
    explained = "" if found.explained_at is None else when_words(found.explained_at, now)
    reviewed = "" if found.reviewed_at is None else when_words(found.reviewed_at, now)
    pairs = (
        (_("Prosedur"), found.title),
        (_("Barang"), found.item),
        (_("Waktu baku"), found.standard if found.kind is DeviationKind.TIME else ""),
        (_("Terpakai (jam kantor)"), spent),
        (_("Petugas"), officer),
        (_("Penyebab"), found.cause),
        (_("Perbaikan"), found.correction),
        (_("Penanggung jawab"), found.responsible),
        (_("Dijelaskan"), _joined(found.explained_by, explained)),
        (_("Ditinjau"), _joined(found.reviewed_by, reviewed)),
        (_("Catatan"), found.remark),
    )
    return [Fact(name, value) for name, value in pairs]


def equipment_words(equipment: Equipment, now: datetime) -> str:
    """A procedure's title, and when its equipment was checked today."""
    if equipment.check is None:
        return equipment.title
    return _("{title} · diperiksa {when} oleh {officer}").format(
        title=equipment.title,
        when=when_words(equipment.check.at, now),
        officer=equipment.check.officer,
    )


def _joined(name: str, when: str) -> str:
    return " · ".join(part for part in (name, when) if part)
