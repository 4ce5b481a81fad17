"""The survey's report (SKM): its chapters, its appendices, and the tables that they name."""

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from ult_desktop.base import _, counted, formats, language, pgettext
from ult_desktop.core.figures.period import Period, Span, period_of, so_far_words
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportChapter,
    ReportColumn,
    ReportKind,
    ReportPart,
    Tile,
    report_chapter,
    report_section,
)
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.core.survey.form import Element, ProfileQuestion
from ult_desktop.core.survey.improvement import Improvement, ImprovementState
from ult_desktop.core.survey.index import ElementIndex, SurveyIndex
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import improvements
from ult_desktop.operations.figures import survey_parts as parts
from ult_desktop.operations.figures.survey_parts import (
    LOWEST,
    grade_of,
    profile_key,
    ranked_elements,
    too_few_words,
)
from ult_desktop.operations.sheets import dated_signature, letterhead, log_end
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.board import SurveyBoard, element_name, sample_words, survey_board

PERIODS_OF_TREND = 8


class SurveyReportData(msgspec.Struct, frozen=True, kw_only=True):
    """The data of a survey's report: the boards of this period and the one before, and their plans."""

    settings: OfficeSettings
    board: SurveyBoard
    before: SurveyBoard
    planned: tuple[Improvement, ...]
    planned_before: tuple[Improvement, ...]


def chapters_of(data: SurveyReportData) -> tuple[ReportChapter, ...]:
    return (_introduction(data), _collection(data), _results(data), _analysis(data), _conclusion(data))


def _appendices(data: SurveyReportData) -> tuple[ReportChapter, ...]:
    form = questionnaire()
    questions = form.profile_questions(data.settings.survey.profile)
    elements = [form.element(key) for key in data.board.element_keys]
    tables = ("values", "weights", "service_elements", "trend_elements")
    return (
        report_chapter(
            _("Lampiran 1. Kuesioner"),
            report_section(_("Tentang responden"), *map(_choices_line, questions)),
            report_section(
                pgettext("many", "Unsur"),
                *(_element_line(number, element) for number, element in enumerate(elements, 1)),
            ),
        ),
        report_chapter(
            _("Lampiran 2. Hasil pengolahan data"),
            report_section(
                _("Cara menghitung"),
                _("NRR ialah jumlah nilai dibagi jawaban yang terisi. NRR tertimbang ialah NRR kali bobot."),
                _("IKM ialah jumlah NRR tertimbang kali 25."),
                _("Jawaban setiap responden tidak dicantumkan, supaya tidak ada yang dikenali."),
                parts=tables,
            ),
        ),
        report_chapter(
            _("Lampiran 3. Dokumentasi pelaksanaan"),
            report_section(_("Pelaksanaan"), _("Lampirkan foto pelaksanaan survei."), parts=("ways",)),
        ),
        report_chapter(
            _("Lampiran 4. Tindak lanjut periode sebelumnya"),
            report_section(_("Keadaan tindak lanjut"), _plan_words(data), parts=("earlier_plan",)),
        ),
    )


def _choices_line(question: ProfileQuestion) -> str:
    choices = ", ".join(choice.name.within(language()) for choice in question.choices)
    return f"{question.name.within(language())}: {choices}."


def _element_line(number: int, element: Element) -> str:
    answers = "   ".join(f"({n}) {words.within(language())}" for n, words in enumerate(element.answers, 1))
    return f"U{number}. {element.question.within(language())}\n{answers}"


def _introduction(data: SurveyReportData) -> ReportChapter:
    office_name, period = data.settings.office.name, data.board.period.words
    why = _(
        "Penyelenggara pelayanan publik wajib menanyakan pendapat masyarakat tentang pelayanannya. {office} "
        "melakukannya dengan Survei Kepuasan Masyarakat (SKM); laporan ini memuat hasilnya untuk {period}."
    )
    law = _("{source} tentang Pedoman Penyusunan Survei Kepuasan Masyarakat.")
    aim = _("Maksud survei ialah mengetahui seberapa puas masyarakat dengan pelayanan {office}.")
    return report_chapter(
        _("Bab I. Pendahuluan"),
        report_section(_("1.1 Latar belakang"), why.format(office=office_name, period=period)),
        report_section(
            _("1.2 Dasar pelaksanaan"),
            _("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik."),
            law.format(source=questionnaire().source),
        ),
        report_section(
            _("1.3 Maksud dan tujuan"),
            aim.format(office=office_name),
            _("Tujuannya ialah menemukan unsur yang lemah, memperbaikinya, dan mengumumkan hasilnya."),
        ),
    )


def _collection(data: SurveyReportData) -> ReportChapter:
    identity, board = data.settings.office, data.board
    who = _("Survei dilaksanakan oleh {unit} {office}.").format(unit=identity.unit, office=identity.name)
    how = _(
        "Pengunjung mengisi kuesioner {n} unsur dengan empat pilihan jawaban sesudah dilayani: di kios, di "
        "layar loket, pada kertas, lewat tautan, atau dibantu petugas. Jawaban disimpan tanpa nama, nomor "
        "antrean, dan jam."
    )
    sample = _("Sampel menurut Krejcie dan Morgan: {words}.").format(words=sample_words(board))
    return report_chapter(
        _("Bab II. Pengumpulan Data"),
        report_section(_("2.1 Pelaksana"), who),
        report_section(_("2.2 Metode"), how.format(n=len(board.element_keys))),
        report_section(_("2.3 Lokasi"), ", ".join(filter(None, (identity.name, identity.address)))),
        report_section(_("2.4 Waktu"), formats.format_days(board.period.first, board.period.last)),
        report_section(_("2.5 Jumlah responden"), sample, _sample_reached_words(board)),
    )


def _sample_reached_words(board: SurveyBoard) -> str:
    answered = counted("{n} responden mengisi kuesioner", board.respondents)
    if not board.knows_population:
        return f"{answered}."
    lacking = board.needed - board.respondents
    if lacking > 0:
        missing = formats.format_number(lacking, 0)
        return _("{answered}: kurang {n} dari sampel.").format(answered=answered, n=missing)
    return _("{answered}: sampel terpenuhi.").format(answered=answered)


def _results(data: SurveyReportData) -> ReportChapter:
    index = _index_words(data.board.index)
    profile = tuple(profile_key(question.key) for question in questionnaire().profile)
    return report_chapter(
        _("Bab III. Hasil Pengolahan Data"),
        report_section(_("3.1 Responden"), _sample_reached_words(data.board), parts=profile),
        report_section(_("3.2 Indeks Kepuasan Masyarakat"), index, parts=("survey", "services")),
    )


def _index_words(index: SurveyIndex | None) -> str:
    if index is None or index.index is None:
        return too_few_words()
    value = formats.format_fixed(index.index)
    return _("Nilai IKM {index}: {grade}.").format(index=value, grade=grade_of(index))


def _analysis(data: SurveyReportData) -> ReportChapter:
    index = data.board.index
    extremes = (too_few_words(),) if index is None else _extreme_lines(index)
    return report_chapter(
        _("Bab IV. Analisis"),
        report_section(_("4.1 Kelemahan dan kelebihan"), *extremes),
        report_section(_("4.2 Rencana tindak lanjut"), parts=("plan",)),
        report_section(_("4.3 Tren nilai"), _trend_words(data), parts=("trend",)),
    )


def _extreme_lines(index: SurveyIndex) -> tuple[str, str]:
    """Return a line with the lowest elements, and one with the highest of the others."""
    ranked = ranked_elements(index)
    lowest, highest = ranked[:LOWEST], ranked[LOWEST:][-LOWEST:]
    return (
        _("Unsur terendah, yang didahulukan perbaikannya: {names}.").format(names=_element_names(lowest)),
        _("Unsur tertinggi, yang dipertahankan: {names}.").format(names=_element_names(reversed(highest))),
    )


def _element_names(elements: Iterable[ElementIndex]) -> str:
    return "; ".join(
        f"{element_name(element.element)} ({formats.format_fixed(element.index or 0)}, {grade_of(element)})"
        for element in elements
    )


def _trend_words(data: SurveyReportData) -> str:
    now = data.board.index.index if data.board.index else None
    before = data.before.index.index if data.before.index else None
    if now is None or before is None:
        return _("Periode sebelumnya tidak dapat dibandingkan.")
    words = _("IKM tetap seperti pada {period}.")
    if now > before:
        words = _("IKM naik {change} sejak {period}.")
    elif now < before:
        words = _("IKM turun {change} sejak {period}.")
    return words.format(change=formats.format_fixed(abs(now - before)), period=data.before.period.words)


def _conclusion(data: SurveyReportData) -> ReportChapter:
    planned = _("Tindak lanjut yang direncanakan: {n}.").format(n=len(data.planned))
    lines = (_index_words(data.board.index), _trend_words(data), planned, _plan_words(data))
    return report_chapter(_("Bab V. Penutup"), report_section(_("5.1 Kesimpulan"), *lines))


def _plan_words(data: SurveyReportData) -> str:
    before = data.planned_before
    done = [plan for plan in before if plan.state is ImprovementState.DONE]
    return _("Dari {all} tindak lanjut periode sebelumnya, {n} selesai.").format(all=len(before), n=len(done))


def survey_report(read: Reader, period: Period, now: int) -> PeriodReport:
    """Return the report of a month, quarter or year. `now` is UTC ms."""
    board = read(partial(survey_board, now=now, period=period))
    data = read(partial(_read_data, board=board, now=now))
    settings = data.settings
    today = to_datetime(now, settings.office.zone).date()
    return PeriodReport(
        kind=ReportKind.SKM,
        office=letterhead(settings),
        period=period,
        made_on=today,
        tiles=_tiles(board, data.before),
        parts=tuple(_parts(read, data, now)),
        notes=(
            _("Sampel menurut Krejcie dan Morgan: {words}.").format(words=sample_words(board)),
            *so_far_words(period, today),
        ),
        signature=dated_signature(settings, now),
        log_end=read(log_end),
        chapters=chapters_of(data),
        appendices=_appendices(data),
    )


def _read_data(tx: Transaction, board: SurveyBoard, now: int) -> SurveyReportData:
    return SurveyReportData(
        settings=office.load(tx).settings,
        board=board,
        before=survey_board(tx, now, board.period.moved(-1)),
        planned=improvements.planned_after(tx, board.period),
        planned_before=improvements.planned_before(tx, board.period),
    )


def _parts(read: Reader, data: SurveyReportData, now: int) -> Iterator[ReportPart]:
    board = data.board
    yield parts.elements_part(board)
    if board.index is not None:
        details = read(partial(parts.read_details, board=board))
        yield from parts.conclusion_parts(board.index)
        yield from parts.service_parts(board, details)
        yield parts.values_part(board, details)
    # The trend of a year is that of its quarters and of those of the year before.
    last = period_of(board.period.last, Span.QUARTER) if board.period.span is Span.YEAR else board.period
    periods = [last.moved(step) for step in range(1 - PERIODS_OF_TREND, 1)]  # the oldest first
    trend = [read(partial(survey_board, now=now, period=period)) for period in periods]
    yield from parts.trend_parts(trend)
    yield from parts.profile_parts(board)
    yield parts.ways_part(board)
    today = office_day(now, data.settings.office.zone)
    yield parts.plan_part("plan", _("Rencana tindak lanjut"), data.planned, today)
    earlier = _("Tindak lanjut periode sebelumnya")
    yield parts.plan_part("earlier_plan", earlier, data.planned_before, today)


def _tiles(board: SurveyBoard, before: SurveyBoard) -> tuple[Tile, ...]:
    index_column = ReportColumn("index", _("IKM"), ColumnKind.NUMBER)
    needed_column = ReportColumn("needed", _("Sampel yang perlu"))
    return (
        Tile(column=index_column, value=parts.index_of(board), before=parts.index_of(before)),
        Tile(
            column=ReportColumn("respondents", _("Responden")),
            value=board.respondents,
            before=before.respondents,
        ),
        Tile(column=needed_column, value=board.needed, before=before.needed),
        Tile(column=ReportColumn("visits", _("Penerima layanan")), value=board.visits, before=before.visits),
    )
