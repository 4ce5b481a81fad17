"""The folder of proofs as PDF files: a cover, a page for each indicator, what is missing, and all in one."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, PageBreak, Spacer, Table, TableStyle

from ult_desktop.base import _, counted, formats
from ult_desktop.base.paths import file_name
from ult_desktop.core.evidence.proofs import FolderRecord, ProofFile, ProofFolder, ProofPage, folder_changes
from ult_desktop.reports.files import write_together
from ult_desktop.reports.pages import LINE, letterhead, pdf_of, words
from ult_desktop.reports.period_report import part_flowables, wide_flowables

ReadPhoto = Callable[[int], bytes]
"""Return the bytes of a photo or scan by its document's id. Raises UserError."""

RECORD = "bukti.json"
HEAD_WIDTH, GAP = 38 * mm, 5 * mm
PICTURES_A_ROW, PICTURE_HEIGHT = 2, 80 * mm
MISSING_SHARES = (0.36, 0.42, 0.22)
MOST_CHANGES = 60  # on the cover; the record in the folder has all
_RULED = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")])


class WrittenFolder(msgspec.Struct, frozen=True, kw_only=True):
    """A folder that was written, and what changed since it was made before."""

    folder: Path
    files: int
    changes: tuple[str, ...]


def write_folder(found: ProofFolder, place: Path, read: ReadPhoto) -> WrittenFolder:
    """Write the folder into `place`; all its files or none. Files of an earlier making that it lacks now go.

    Raises:
        UserError: the folder cannot be written, or a photo not be read.
    """
    folder = place / found.name / file_name(found.record.instrument, "")
    before = _earlier(folder)
    changes = tuple(_changes_told(before, found))
    names = (_("00 Sampul"), _("98 Yang belum ada"), _("99 Semua bukti"))
    first, last, every = (file_name(each, "pdf") for each in names)
    photos = {each.document_id: read(each.document_id) for page in found.pages for each in page.files}
    files: dict[str, bytes] = {first: _pdf(found, partial(_cover, found, changes))}
    for page in found.pages:
        files[page.path] = _pdf(found, partial(_page, found, page, photos))
        files |= {each.label: photos[each.document_id] for each in page.files if each.is_scan}
    files[last] = _pdf(found, partial(_missing, found))
    files[every] = _pdf(found, partial(_whole, found, changes, photos))
    files[RECORD] = msgspec.json.format(msgspec.json.encode(found.record), indent=1)
    write_together(folder, files)
    for name in before.files if before else ():
        if name not in files:
            with suppress(OSError):
                (folder / name).unlink()
    return WrittenFolder(folder=folder, files=len(files), changes=changes)


def _earlier(folder: Path) -> FolderRecord | None:
    """Return the record of the folder made before; None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=FolderRecord)
    except (OSError, msgspec.MsgspecError):
        return None


def _changes_told(before: FolderRecord | None, found: ProofFolder) -> Iterator[str]:
    if before is None:
        return
    changes = tuple(folder_changes(before, found.record))
    day = formats.format_date(before.made_on, "long")
    if changes:
        yield _("Berubah sejak disusun {day}:").format(day=day)
        yield from changes
    else:
        yield _("Tidak ada yang berubah sejak disusun {day}.").format(day=day)


def _pdf(found: ProofFolder, story: Callable[[float], list[Flowable]]) -> bytes:
    return pdf_of(
        story,
        A4,
        title=f"{found.title} · {found.edition}",
        author=next(iter(found.office.lines), ""),
        foot=" · ".join(
            (found.edition, _("perkiraan sendiri"), formats.format_date(found.record.made_on, "short"))
        ),
    )


def _whole(
    found: ProofFolder, changes: Sequence[str], photos: dict[int, bytes], width: float
) -> list[Flowable]:
    story = _cover(found, changes, width)
    for page in found.pages:
        story += [PageBreak(), *_page(found, page, photos, width)]
    return [*story, PageBreak(), *_missing(found, width)]


def _cover(found: ProofFolder, changes: Sequence[str], width: float) -> list[Flowable]:
    listed = changes[:MOST_CHANGES]
    if len(changes) > MOST_CHANGES:
        listed = (*listed, counted("… dan {n} perubahan lagi.", len(changes) - MOST_CHANGES))
    return [
        letterhead(found.office, width),
        Spacer(0, 3 * GAP),
        words(found.title.upper(), 20, bold=True, centred=True),
        Spacer(0, 2 * mm),
        words(found.edition, 12, centred=True),
        Spacer(0, GAP),
        *_lines(found.words, 10),
        *part_flowables((found.cover,), width),
        *([Spacer(0, GAP), *_lines(listed, 9)] if listed else ()),
        Spacer(0, GAP),
        words(_("Sumber"), 11, bold=True, kept=True),
        *_lines(found.sources, 9),
    ]


def _page(found: ProofFolder, page: ProofPage, photos: dict[int, bytes], width: float) -> list[Flowable]:
    facts = [[words(row.head, 9, bold=True), words(row.text)] for row in page.facts]
    scans = [each for each in page.files if each.is_scan]
    pictures = [each for each in page.files if not each.is_scan]
    return [
        letterhead(found.office, width),
        Spacer(0, GAP),
        words(page.subtitle, 10),
        words(page.title, 14, bold=True),
        Spacer(0, 2 * mm),
        Table(facts, colWidths=[HEAD_WIDTH, width - HEAD_WIDTH], style=_RULED, splitInRow=1),
        *wide_flowables(page.parts, width),
        Spacer(0, GAP),
        *_pictures(pictures, photos, width),
        *([words(_("Lampiran dalam folder ini"), 11, bold=True, kept=True)] if scans else ()),
        *_lines([f"{each.label}: {each.words}" for each in scans], 9),
    ]


def _missing(found: ProofFolder, width: float) -> list[Flowable]:
    part = found.missing
    lines = [[words(each.head, 9, bold=True) for each in part.columns]]
    lines += [
        [words(column.in_words(value), 9) for column, value in zip(part.columns, row, strict=True)]
        for row in part.rows
    ]
    return [
        letterhead(found.office, width),
        Spacer(0, GAP),
        words(part.title, 14, bold=True),
        Spacer(0, 2 * mm),
        *([words(part.note)] if part.note else ()),
        Table(lines, colWidths=[width * each for each in MISSING_SHARES], style=_RULED, repeatRows=1),
    ]


def _lines(lines: Sequence[str], size: float) -> list[Flowable]:
    return [each for line in lines for each in (words(line, size), Spacer(0, 1 * mm))]


def _pictures(found: Sequence[ProofFile], photos: dict[int, bytes], width: float) -> Iterator[Flowable]:
    """Yield the photos, two in a row, each above its words."""
    room = width / PICTURES_A_ROW
    for at in range(0, len(found), PICTURES_A_ROW):
        row = found[at : at + PICTURES_A_ROW]
        cells = [
            [_picture(photos[each.document_id], room - 4 * mm), words(f"{each.label}: {each.words}", 8)]
            for each in row
        ]
        cells += [[]] * (PICTURES_A_ROW - len(cells))
        yield Table([cells], colWidths=[room] * PICTURES_A_ROW, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _picture(content: bytes, width: float) -> Image:
    picture = Image(io.BytesIO(content))
    scale = min(width / picture.imageWidth, PICTURE_HEIGHT / picture.imageHeight)
    picture.drawWidth, picture.drawHeight = picture.imageWidth * scale, picture.imageHeight * scale
    picture.hAlign = "LEFT"
    return picture
