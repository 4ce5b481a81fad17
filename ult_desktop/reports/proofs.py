"""The folder of proofs as PDF files: a cover, a page for each indicator, what is missing, and all in one."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, PageBreak, Spacer, Table

from ult_desktop.base import _, counted, formats
from ult_desktop.base.paths import file_name
from ult_desktop.core.evidence.proofs import FolderRecord, ProofFile, ProofFolder, ProofPage, folder_changes
from ult_desktop.reports.files import write_together
from ult_desktop.reports.pages import RULED, letterhead, pdf_of, words
from ult_desktop.reports.period_report import part_flowables, wide_flowables

ReadPhoto = Callable[[int], bytes]
"""Return the bytes of a photo or scan by its document's id. Raises UserError."""

RECORD = "bukti.json"
HEAD_WIDTH, GAP = 38 * mm, 5 * mm  # of the facts' heads; between two parts
PICTURES_A_ROW, PICTURE_HEIGHT = 2, 80 * mm
MISSING_SHARES = (0.36, 0.42, 0.22)
MOST_CHANGES = 60  # on the cover; the record in the folder has all


class WrittenFolder(msgspec.Struct, frozen=True, kw_only=True):
    """A folder that was written, and what changed since it was made before."""

    folder: Path
    files: int
    changes: tuple[str, ...]


def write_folder(proofs: ProofFolder, place: Path, read: ReadPhoto) -> WrittenFolder:
    """Write the folder into `place`, all its files or none; delete leftover files of an earlier one.

    Raises:
        UserError: the folder cannot be written, or a photo not be read.
    """
    folder = place / proofs.name / file_name(proofs.record.instrument, "")
    before: FolderRecord | None = None  # the record of the folder made before, if it can be read
    with suppress(OSError, msgspec.MsgspecError):
        before = msgspec.json.decode((folder / RECORD).read_bytes(), type=FolderRecord)
    changes = tuple(_change_words(before, proofs))
    names = (_("00 Sampul"), _("98 Yang belum ada"), _("99 Semua bukti"))
    cover, missing, whole = (file_name(name, "pdf") for name in names)
    photos = {file.document_id: read(file.document_id) for page in proofs.pages for file in page.files}
    files: dict[str, bytes] = {cover: _pdf(proofs, partial(_cover_story, proofs, changes))}
    for page in proofs.pages:
        files[page.path] = _pdf(proofs, partial(_page_story, proofs, page, photos))
        files |= {file.label: photos[file.document_id] for file in page.files if file.is_scan}
    files[missing] = _pdf(proofs, partial(_missing_story, proofs))
    files[whole] = _pdf(proofs, partial(_whole_story, proofs, changes, photos))
    files[RECORD] = msgspec.json.format(msgspec.json.encode(proofs.record), indent=1)
    write_together(folder, files)
    for name in before.files if before else ():
        if name not in files:
            with suppress(OSError):
                (folder / name).unlink()
    return WrittenFolder(folder=folder, files=len(files), changes=changes)


def _change_words(before: FolderRecord | None, proofs: ProofFolder) -> Iterator[str]:
    if before is None:
        return
    changes = tuple(folder_changes(before, proofs.record))
    day = formats.format_date(before.made_on, "long")
    if changes:
        yield _("Berubah sejak disusun {day}:").format(day=day)
        yield from changes
    else:
        yield _("Tidak ada yang berubah sejak disusun {day}.").format(day=day)


def _pdf(proofs: ProofFolder, story: Callable[[float], list[Flowable]]) -> bytes:
    return pdf_of(
        story,
        A4,
        title=f"{proofs.title} · {proofs.edition}",
        author=next(iter(proofs.office.lines), ""),
        foot=" · ".join(
            (proofs.edition, _("perkiraan sendiri"), formats.format_date(proofs.record.made_on, "short"))
        ),
    )


def _whole_story(
    proofs: ProofFolder, changes: Sequence[str], photos: dict[int, bytes], width: float
) -> list[Flowable]:
    story = _cover_story(proofs, changes, width)
    for page in proofs.pages:
        story += [PageBreak(), *_page_story(proofs, page, photos, width)]
    return [*story, PageBreak(), *_missing_story(proofs, width)]


def _cover_story(proofs: ProofFolder, changes: Sequence[str], width: float) -> list[Flowable]:
    listed = changes[:MOST_CHANGES]
    if len(changes) > MOST_CHANGES:
        listed = (*listed, counted("… dan {n} perubahan lagi.", len(changes) - MOST_CHANGES))
    return [
        letterhead(proofs.office, width),
        Spacer(0, 3 * GAP),
        words(proofs.title.upper(), 20, bold=True, centred=True),
        Spacer(0, 2 * mm),
        words(proofs.edition, 12, centred=True),
        Spacer(0, GAP),
        *_lines(proofs.words, 10),
        *part_flowables((proofs.cover,), width),
        *([Spacer(0, GAP), *_lines(listed, 9)] if listed else ()),
        Spacer(0, GAP),
        words(_("Sumber"), 11, bold=True, keep_with_next=True),
        *_lines(proofs.sources, 9),
    ]


def _page_story(
    proofs: ProofFolder, page: ProofPage, photos: dict[int, bytes], width: float
) -> list[Flowable]:
    facts = [[words(row.head, 9, bold=True), words(row.text)] for row in page.facts]
    scans = [file for file in page.files if file.is_scan]
    pictures = [file for file in page.files if not file.is_scan]
    return [
        letterhead(proofs.office, width),
        Spacer(0, GAP),
        words(page.subtitle, 10),
        words(page.title, 14, bold=True),
        Spacer(0, 2 * mm),
        Table(facts, colWidths=[HEAD_WIDTH, width - HEAD_WIDTH], style=RULED, splitInRow=1),
        *wide_flowables(page.parts, width),
        Spacer(0, GAP),
        *_pictures(pictures, photos, width),
        *([words(_("Lampiran dalam folder ini"), 11, bold=True, keep_with_next=True)] if scans else ()),
        *_lines([f"{file.label}: {file.words}" for file in scans], 9),
    ]


def _missing_story(proofs: ProofFolder, width: float) -> list[Flowable]:
    part = proofs.missing
    lines = [[words(column.head, 9, bold=True) for column in part.columns]]
    lines += [
        [words(column.in_words(value), 9) for column, value in zip(part.columns, row, strict=True)]
        for row in part.rows
    ]
    return [
        letterhead(proofs.office, width),
        Spacer(0, GAP),
        words(part.title, 14, bold=True),
        Spacer(0, 2 * mm),
        *([words(part.note)] if part.note else ()),
        Table(lines, colWidths=[width * share for share in MISSING_SHARES], style=RULED, repeatRows=1),
    ]


def _lines(lines: Sequence[str], size: float) -> list[Flowable]:
    return [flowable for line in lines for flowable in (words(line, size), Spacer(0, 1 * mm))]


def _pictures(files: Sequence[ProofFile], photos: dict[int, bytes], width: float) -> Iterator[Flowable]:
    """Yield the photos, two in a row, each above its words."""
    room = width / PICTURES_A_ROW
    for at in range(0, len(files), PICTURES_A_ROW):
        row = files[at : at + PICTURES_A_ROW]
        cells = [
            [_picture(photos[file.document_id], room - 4 * mm), words(f"{file.label}: {file.words}", 8)]
            for file in row
        ]
        cells += [[]] * (PICTURES_A_ROW - len(cells))
        yield Table([cells], colWidths=[room] * PICTURES_A_ROW, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _picture(content: bytes, width: float) -> Image:
    picture = Image(io.BytesIO(content))
    scale = min(width / picture.imageWidth, PICTURE_HEIGHT / picture.imageHeight)
    picture.drawWidth, picture.drawHeight = picture.imageWidth * scale, picture.imageHeight * scale
    picture.hAlign = "LEFT"
    return picture
