"""A report that is read from front to back, as PDF: chapters with their tables, who signs, appendices."""

from collections.abc import Iterable

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer

from ult_desktop.core.figures.report import PeriodReport, ReportChapter, ReportSection
from ult_desktop.reports.pages import letterhead, words
from ult_desktop.reports.report_parts import GAP, part_flowables, report_pages, signature

COVER, CHAPTER = 60 * mm, 70 * mm  # above the title; what a chapter finds left of its page


def chapters_pdf(report: PeriodReport) -> bytes:
    """The whole PDF on A4; the same report gives the same bytes."""
    return report_pages(report, _story, A4)


def _story(report: PeriodReport, width: float) -> list[Flowable]:
    return [
        letterhead(report.office, width),
        Spacer(0, COVER),
        words(report.title.upper(), 20, bold=True, centred=True),
        Spacer(0, GAP),
        words(report.period.words, 16, centred=True),
        PageBreak(),
        *_chapters(report, report.chapters, width, CondPageBreak(CHAPTER)),
        KeepTogether([*(words(line, 8) for line in report.notes), *signature(report, width)]),
        *_chapters(report, report.appendices, width, PageBreak()),
    ]


def _chapters(
    report: PeriodReport, chapters: Iterable[ReportChapter], width: float, before: Flowable
) -> Iterable[Flowable]:
    for chapter in chapters:
        yield before
        yield Spacer(0, GAP)
        yield words(chapter.title.upper(), 13, bold=True, centred=True)
        yield Spacer(0, GAP)
        for section in chapter.sections:
            yield from _section(report, section, width)


def _section(report: PeriodReport, section: ReportSection, width: float) -> Iterable[Flowable]:
    lines = [flowable for line in section.lines for flowable in (words(line, 10), Spacer(0, 1 * mm))]
    heading = [words(section.title, 11, bold=True), Spacer(0, 1 * mm)]
    known = {part.key: part for part in report.parts}
    parts = [known[key] for key in section.parts if key in known]
    if lines or not parts:
        yield KeepTogether([*heading, *lines[:1]])
        yield from [*lines[1:], Spacer(0, 2 * mm)]
        heading = []
    for part in parts:
        yield from part_flowables(part, width, heading)
        heading = []
