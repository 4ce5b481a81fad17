"""The words for the survey's numbers on the counter, without widgets."""

from datetime import UTC, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from ult_desktop.base import _, counted, formats
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.index import ElementIndex
from ult_desktop.core.survey.survey import TokenState
from ult_desktop.db.survey.survey import SurveyImport
from ult_desktop.operations.survey.answer_lists import ImportReport
from ult_desktop.operations.survey.board import (
    SurveyBoard,
    element_name,
    grade_words,
    otherwise_words,
    sample_words,
)
from ult_desktop.ui.kit.detail import Fact
from ult_desktop.ui.kit.widgets.bar_chart import Chart, ChartSeries

_TONES = {"A": "ok", "B": "ok", "C": "warn", "D": "danger"}


def index_words(board: SurveyBoard) -> tuple[str, str, str]:
    """Return the number, the grade in words, and its tone; a dash while it is withheld."""
    index = board.index
    if index is None or index.index is None or index.grade is None:
        return "–", _("belum cukup jawaban"), ""
    return formats.format_fixed(index.index), grade_words(index.grade), _TONES.get(index.grade.letter, "")


def facts_of(board: SurveyBoard) -> list[Fact]:
    enough = board.knows_population and board.respondents >= board.needed
    tokens = {state: formats.format_number(board.tokens.get(state, 0), 0) for state in TokenState}
    return [
        Fact(_("Responden"), formats.format_number(board.respondents, 0)),
        Fact(_("Sampel"), sample_words(board), "ok" if enough else "warn"),
        Fact(_("Dibantu petugas"), formats.format_number(board.assisted, 0)),
        Fact(_("Terisi di luar"), tokens[TokenState.CONFIRMED]),
        Fact(_("Tautan diberikan"), tokens[TokenState.OPEN]),
        Fact(_("Menolak mengisi"), tokens[TokenState.REFUSED]),
        Fact(_("Bobot unsur"), "0,111" if board.weight == "0.111" else _("1/9 (0,111)")),
        Fact(_("Dengan bobot lain"), otherwise_words(board), "warn"),
    ]


def why_withheld(board: SurveyBoard) -> str:
    """Why nothing is shown; "" when it is."""
    if board.index is not None:
        return ""
    return _(
        "Hasil tampil mulai {n} responden, supaya jawaban seorang pengunjung tidak terbaca petugas."
    ).format(n=board.least_shown)


def element_facts(board: SurveyBoard) -> list[Fact]:
    """Return the chart's legend: "U1 Persyaratan", index and grade. The lowest are marked."""
    if board.index is None:
        return []
    return [
        Fact(
            _("U{n} {name}").format(n=place, name=element_name(element.element)),
            _element_words(element),
            "danger" if element.element in board.index.lowest else "",
        )
        for place, element in enumerate(board.index.elements, start=1)
    ]


def _whole(index: Decimal | None) -> Decimal:
    return Decimal(0) if index is None else index.to_integral_value(ROUND_HALF_UP)


def _element_words(element: ElementIndex) -> str:
    if element.index is None or element.grade is None:
        return _("belum ada jawaban")
    return f"{formats.format_fixed(element.index)} · {element.grade.letter}"


def low_words(board: SurveyBoard) -> str:
    """Return which elements need action first."""
    if board.index is None or not board.index.lowest:
        return ""
    names = map(element_name, board.index.lowest)
    return _("Terendah: {names}. Rencanakan perbaikannya.").format(names=", ".join(names))


def element_chart(board: SurveyBoard) -> Chart:
    elements = board.index.elements if board.index is not None else ()
    return Chart(
        groups=tuple(f"U{place}" for place in range(1, len(elements) + 1)),
        series=(
            ChartSeries(
                _("indeks unsur (25–100)"), "primary", tuple(float(_whole(each.index)) for each in elements)
            ),
        ),
        empty=_("Belum ada hasil untuk periode ini."),
    )


def import_words(report: ImportReport) -> list[str]:
    head = _("{added} jawaban baru, {known} sudah ada sebelumnya, {refused} baris ditolak.").format(
        added=report.added, known=report.known, refused=len(report.refused)
    )
    lines = [
        _("Baris {line}: {why}").format(line=refusal.line, why=refusal.why) for refusal in report.refused[:8]
    ]
    more = len(report.refused) - len(lines)
    return [head, *lines, *([counted("… dan {n} baris lagi.", more)] if more else [])]


def undo_words(made: SurveyImport, zone: tzinfo | None) -> str:
    """Return an import as a choice: its list, when, by whom, how many answers."""
    moment = to_datetime(made.at, zone or UTC)
    when = f"{formats.format_date(moment.date(), 'short')} {formats.format_clock(moment)}"
    return counted(
        "{file}, {when}, {officer}: {n} jawaban",
        made.answers,
        file=made.file,
        when=when,
        officer=made.officer or "–",
    )
