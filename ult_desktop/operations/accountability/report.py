"""The accountability report: the deviations of a period, on paper for the head to sign (POS, warning 2)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.accountability import words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.db.accountability import deviations
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.accountability.deviation_register import deviation_register
from ult_desktop.operations.operation import refuse
from ult_desktop.operations.sheets import dated_signature, letterhead, period_words


def accountability_sheet(tx: Transaction, first_day: str, last_day: str, now: int) -> Sheet:
    """Return every deviation between two of the office's days (ISO), the oldest first. `now` is UTC ms.

    Raises:
        UserError: as `_between`.
    """
    found = _between(tx, first_day, last_day)
    settings = office.load(tx).settings
    return Sheet(
        office=letterhead(settings),
        title=_title(),
        number=period_words(first_day, last_day),
        rows=tuple(_row(place, each) for place, each in enumerate(found, 1)),
        table=(Cells(_heads()), *(Cells(_cells(place, each)) for place, each in enumerate(found, 1))),
        notes=_counts(found),
        signatures=(dated_signature(settings, now),),
        numbered=True,
    )


def accountability_table(tx: Transaction, first_day: str, last_day: str) -> ReportPart:
    """Return the same deviations as a table for other programs.

    Raises:
        UserError: as `_between`.
    """
    return deviation_register(
        f"{_title()} {period_words(first_day, last_day)}", _between(tx, first_day, last_day), office.zone(tx)
    )


def _title() -> str:
    return _("Laporan Pertanggungjawaban Penyimpangan")


def _between(tx: Transaction, first_day: str, last_day: str) -> tuple[Deviation, ...]:
    """Return the deviations between two days.

    Raises UserError for more than one sheet may hold, so that none is left out silently.
    """
    found = deviations.between(tx, first_day, last_day)[::-1]
    if len(found) == deviations.MAX_SHOWN:
        raise refuse(
            _("Lebih dari {n} penyimpangan dalam masa itu.").format(n=deviations.MAX_SHOWN - 1),
            _("Pilih masa yang lebih pendek."),
        )
    return found


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Tanggal"),
        pgettext("one", "Penyimpangan"),
        pgettext("one", "Pelaksana"),
        _("Waktu"),
        _("Penyebab"),
        _("Perbaikan"),
        _("Penanggung jawab"),
        _("Keadaan"),
    )


def _cells(place: int, found: Deviation) -> tuple[str, ...]:
    return (
        str(place),
        formats.format_date(date.fromisoformat(found.day), "short"),
        _lines(
            words.headline(found),
            "" if words.subject(found) == found.activity else found.activity,
            found.label,
        ),
        words.officer_words(found),
        words.time_words(found),
        found.cause,
        found.correction,
        found.responsible,
        _lines(
            words.state_words(found), found.false_reason or found.remark, found.false_by or found.reviewed_by
        ),
    )


def _row(place: int, found: Deviation) -> SheetRow:
    """Return the table's line as one row, for a paper too narrow for columns."""
    _place, day, *told = _cells(place, found)
    return SheetRow(f"{place}. {day}", " · ".join(" ".join(part.split()) for part in told if part))


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _counts(found: Sequence[Deviation]) -> tuple[str, ...]:
    """Return the counts by kind and by state. Deviations marked as false are counted apart."""
    true = [each for each in found if not each.is_false]
    kinds, states = Counter(each.kind for each in true), Counter(each.state for each in true)
    lines = [
        _("Jumlah: {n}").format(n=len(true)),
        " · ".join(f"{kind.word}: {kinds[kind]}" for kind in DeviationKind),
        " · ".join(f"{state.word}: {states[state]}" for state in DeviationState),
        _("Ditandai keliru, dihitung terpisah: {n}").format(n=len(found) - len(true)),
    ]
    return tuple(lines)
