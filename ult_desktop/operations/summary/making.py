"""The summary of an office's month, which it sends to others: the figures of its reports, signed.

Numbers of a few people are hidden.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

from ult_desktop.base import UserError, _, formats
from ult_desktop.base.paths import file_name
from ult_desktop.core.figures.breakdown import Breakdown, PeriodFigures
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.figures import NO_TIMES
from ult_desktop.core.figures.period import Period, Span, period_of
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.stamps import day_begins, to_datetime
from ult_desktop.core.summary.provinces import province_code
from ult_desktop.core.summary.signing import sign
from ult_desktop.core.summary.summary import (
    FILE_SUFFIX,
    LEAST_PEOPLE,
    ServiceNumbers,
    Summary,
    SummaryElement,
    SummaryOffice,
    SummaryRow,
    SummaryService,
    hide_division,
    hide_few,
    hide_part,
    rows_of,
    services_of,
    times_of,
)
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.figures import counts, origins, periods
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.store import events
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.operations.figures.outside_queue import cases_in, steps_part, why_words
from ult_desktop.operations.figures.survey_parts import read_details
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.board import SurveyBoard, survey_board
from ult_desktop.operations.visits.visits import regency_code

MAX_HEADS = 60  # months whose log ends a summary contains
ELSEWHERE = "lain"
"""The key of all places on no list of regencies: visitors' own words must not leave the office."""


def make_summary(office: Office, period: Period) -> bytes:
    """Return the signed file of a month.

    Raises UserError for a month that has not ended or has no visits, for an office without a code, and while
    nobody who holds the office's keys is signed in.
    """
    if office.keyring is None:
        raise UserError(
            _("Rekap ditandatangani dengan kunci kantor, dan petugas ini tidak memegangnya."),
            _("Tidak ada yang ditulis."),
            _("Masuk sebagai kepala atau admin yang memegang kunci data pribadi."),
        )
    return sign(summary_of(office.read, period, office.clock()), office.keyring.signing_seed)


def due_summary(office: Office, folder: Path) -> tuple[Path, bytes] | None:
    """Make the summary of the last month that has ended, unless it lies in the folder; return path and bytes.

    None if no summary is due: while nobody who holds the office's keys is signed in, for an office without a
    code, and for a month without visits.
    """
    settings, now = office.read(office_rows.load).settings, office.clock()
    if office.keyring is None or not settings.office.code.strip():
        return None
    period = period_of(to_datetime(now, settings.office.zone).date(), Span.MONTH).moved(-1)
    path = folder / summary_name(settings.office, period)
    if path.exists():
        return None
    with suppress(UserError):
        return path, make_summary(office, period)
    return None


def summary_name(office: OfficeIdentity, period: Period) -> str:
    """Return the name of a month's file: the office's code and the month."""
    return file_name(f"Rekap {office.code.strip()} {period.name}", FILE_SUFFIX.removeprefix("."))


def summary_of(read: Reader, period: Period, now: int) -> Summary:
    """Return the summary of a month. Raises UserError as `make_summary` does. `now` is UTC ms."""
    settings = read(office_rows.load).settings
    _require_ready(settings, period, now)
    figures = periods.of_period(read, period, now)
    whole = figures.whole
    if not whole.visits:
        raise UserError(
            _("Tidak ada kunjungan dalam {period}.").format(period=period.words),
            _("Tidak ada yang ditulis."),
            _("Pilih bulan lain."),
        )
    cases = cases_in(read, period, now)
    steps_done = steps_late = 0
    for _step, done, _undone, late, _percent_in_time in steps_part(read, period).rows:
        steps_done += int(done or 0)
        steps_late += int(late or 0)
    board = read(partial(survey_board, now=now, period=period))
    elements = _survey_elements(board)
    # Numbers of a few people become None: a number alone (`hide_few`), a part of another published number
    # (`hide_part`), and numbers that add up to a published one (`hide_division`).
    served, no_show, cancelled, unfinished = hide_division(
        (whole.served, whole.no_show, whole.cancelled, whole.unfinished)
    )
    return Summary(
        office=SummaryOffice(
            code=settings.office.code.strip(),
            name=settings.office.name,
            province=province_code(settings.office.province),
        ),
        month=period.name,
        made_at=now,
        visits=hide_few(whole.visits),
        persons=hide_few(whole.persons),
        served=served,
        no_show=no_show,
        cancelled=cancelled,
        unfinished=unfinished,
        vulnerable=hide_part(whole.visits, whole.vulnerable),
        cases=hide_few(cases["opened"]),
        complaints=hide_part(cases["opened"], cases["complaints"]),
        cases_late=hide_part(cases["opened"], cases["late"]),
        steps_done=hide_few(steps_done),
        steps_late=hide_part(steps_done, steps_late),
        waits=times_of(whole.waits),
        servings=times_of(whole.servings),
        services=_service_rows(read, figures, board, with_survey=bool(elements)),
        channels=rows_of(
            (channel, VisitChannel(channel).word, of_channel.visits)
            for channel, of_channel in figures.divided_by(Breakdown.CHANNEL).items()
        ),
        regencies=_regency_rows(read, period),
        causes=_cause_rows(read, period),
        respondents=hide_few(board.respondents),
        elements=elements,
        heads=dict(_log_heads(read, settings, period)),
    )


def _require_ready(settings: OfficeSettings, period: Period, now: int) -> None:
    today = to_datetime(now, settings.office.zone).date()
    if period.last >= today:
        words = _("{period} belum berakhir.").format(period=period.words)
        raise UserError(
            formats.capitalised(words), _("Tidak ada yang ditulis."), _("Pilih bulan yang sudah berakhir.")
        )
    if not settings.office.code.strip():
        raise UserError(
            _("Kantor ini belum punya kode."),
            _("Tidak ada yang ditulis."),
            _("Isi kode kantor (kode satker) di Pengaturan, Kantor."),
        )


def _survey_elements(board: SurveyBoard) -> tuple[SummaryElement, ...]:
    """Return the survey's elements; nothing while the respondents, or an element's answers, are few."""
    if board.index is None or hide_few(board.respondents) is None:
        return ()
    if any(hide_few(element.answers) is None for element in board.index.elements):
        return ()
    return tuple(
        SummaryElement(element=element.element, answers=element.answers, total=element.total)
        for element in board.index.elements
    )


def _service_rows(
    read: Reader, figures: PeriodFigures, board: SurveyBoard, *, with_survey: bool
) -> tuple[SummaryService, ...]:
    """Return the services; their survey answers only `with_survey`, if the whole office may show its own."""
    definitions = {row.id: row.definition for row in read(services.with_retired)}
    visits = {int(key): of_service for key, of_service in figures.divided_by(Breakdown.SERVICE).items()}
    survey = read(partial(read_details, board=board))
    # In the survey None stands for no service, in the queue's figures NOBODY.
    respondents = {NOBODY if key is None else key: count for key, count in survey.respondents.items()}
    answers = defaultdict[int, list[SummaryElement]](list)
    for row in survey.answers:
        element = SummaryElement(element=row.element, answers=row.answers, total=row.total)
        answers[NOBODY if row.service_id is None else row.service_id].append(element)
    return services_of(
        [
            ServiceNumbers(
                key=definitions[key].prefix if key != NOBODY else "",
                name=definitions[key].name.indonesian if key != NOBODY else _("tanpa layanan"),
                visits=visits[key].visits if key in visits else 0,
                waits=visits[key].waits if key in visits else NO_TIMES,
                respondents=respondents.get(key, 0),
                elements=tuple(answers[key]),
            )
            for key in sorted(visits.keys() | respondents.keys())
            if key in definitions or key == NOBODY
        ],
        max(LEAST_PEOPLE, board.least_shown) if with_survey else None,
    )


def _regency_rows(read: Reader, period: Period) -> tuple[SummaryRow, ...]:
    """Return the visits by Kemendagri's code of the regency that visitors come from."""
    visits, names = Counter[str](), {ELSEWHERE: _("Lain")}
    for name, origin in origins.of_period(read, period, "regency", with_waits=False).items():
        code = regency_code(name)
        key = ELSEWHERE if code == name else code
        names.setdefault(key, name)
        visits[key] += origin.visits
    return rows_of((key, names[key], count) for key, count in sorted(visits.items()))


def _cause_rows(read: Reader, period: Period) -> tuple[SummaryRow, ...]:
    causes = read(partial(counts.causes_of, period=period))
    return rows_of(
        (f"{kind}:{cause}" if cause else kind.value, why_words(kind, cause), count)
        for (kind, cause), count in causes.items()
    )


def _log_heads(read: Reader, settings: OfficeSettings, period: Period) -> Iterator[tuple[str, str]]:
    """Yield the end that the log had in this month and in each month before, with the month's name."""
    zone = settings.office.zone
    for _back in range(MAX_HEADS):
        month_end = day_begins((period.last + timedelta(1)).isoformat(), zone)
        head = read(partial(events.end_of_log_before, at=month_end))
        if not head:
            return
        yield period.name, head
        period = period.moved(-1)
