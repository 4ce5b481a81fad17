"""The survey's result as a poster for wall and web, as PermenPANRB 14/2017 has it published."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from ult_desktop.base import _, counted_as, formats, pgettext
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.reports.pages import INK, RULED, SOFT, letterhead, pdf_of, words

GAP, WIDE_GAP = 6 * mm, 12 * mm
HEADING, NUMBER, GRADE, TEXT = 20, 96, 24, 12  # letters, in points
_NUMBER = TableStyle(
    [
        ("BOX", (0, 0), (-1, -1), 1.5, INK),
        ("BACKGROUND", (0, 0), (-1, -1), SOFT),
        ("TOPPADDING", (0, 0), (-1, -1), 10),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 16),
    ]
)


def poster_pdf(report: PeriodReport) -> bytes:
    """Return one page of A4 from a survey's report; the same report gives the same bytes."""
    return pdf_of(
        lambda width: _story(report, width), A4, title=_title(), author=next(iter(report.office.lines), "")
    )


def _title() -> str:
    return _("Indeks Kepuasan Masyarakat (IKM)")


def _story(report: PeriodReport, width: float) -> list[Flowable]:
    tiles = {tile.column.key: tile.column.in_words(tile.value) for tile in report.tiles}
    survey = report.part("survey")
    # The last row is the index of all elements, and ends with its grade.
    grade = survey.rows[-1][-1] if survey.rows else survey.note
    number = [
        words(_("Nilai IKM"), TEXT, centred=True),
        words(tiles["index"], NUMBER, bold=True, centred=True),
        words(str(grade), GRADE, bold=True, centred=True),
    ]
    thanks = _(
        "Terima kasih atas penilaian yang telah Anda berikan. Masukan Anda sangat bermanfaat untuk kemajuan "
        "unit kami agar terus memperbaiki dan meningkatkan kualitas pelayanan bagi masyarakat."
    )
    return [
        letterhead(report.office, width),
        Spacer(0, WIDE_GAP),
        words(_title().upper(), HEADING, bold=True, centred=True),
        words(report.period.words, GRADE, centred=True),
        Spacer(0, WIDE_GAP),
        Table([[number]], colWidths=[width * 0.7], style=_NUMBER),
        Spacer(0, WIDE_GAP),
        Table(
            [
                [words(head, TEXT, bold=True), words(text, TEXT)]
                for head, text in _rows(report, tiles["respondents"])
            ],
            colWidths=[width * 0.32, width * 0.68],
            style=RULED,
        ),
        Spacer(0, GAP),
        words(thanks.upper(), TEXT, bold=True, centred=True),
    ]


def _rows(report: PeriodReport, respondents: str) -> list[tuple[str, str]]:
    """Return the facts about the survey, each with its head."""
    rows = []
    for part in report.parts:
        if part.key == "services":
            # The row of answers without a service is left out.
            names = [
                part.name_of(row) for key, row in zip(part.keys, part.rows, strict=True) if key != str(NOBODY)
            ]
            rows.append((pgettext("many", "Layanan"), ", ".join(names)))
    rows.append((_("Responden"), counted_as("{n} orang", respondents)))
    for part in report.parts:
        if part.key.startswith("profile-"):
            counts = (f"{name} = {part.columns[1].in_words(count)}" for name, count in part.rows)
            rows.append((part.columns[0].words, ", ".join(counts)))
    rows.append((_("Periode survei"), formats.format_days(report.period.first, report.period.last)))
    return rows
