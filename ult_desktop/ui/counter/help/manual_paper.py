"""The PDF of a manual and of the visitors' poster: one task a page."""

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QUrl
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from ult_desktop.ui.counter.help import manual
from ult_desktop.ui.counter.help.manual import Manual

_DPI = 150
_BOOK_MARGIN_MM, _POSTER_MARGIN_MM = 14.0, 18.0
_BOOK_PT, _POSTER_PT = 10.0, 21.0


def booklet(book: Manual) -> bytes:
    """A5, each topic on a page of its own; one that is longer goes on the next."""
    texts = [f"# {book.title}\n\n{_contents(book)}", *(manual.shown_text(topic) for topic in book.topics)]
    return _paper(book.title, texts, QPageSize.PageSizeId.A5, _BOOK_MARGIN_MM, _BOOK_PT)


def poster() -> bytes:
    """Make the poster for the kiosk, A4."""
    text = manual.load_poster()
    return _paper("Ambil nomor antrean", [text], QPageSize.PageSizeId.A4, _POSTER_MARGIN_MM, _POSTER_PT)


def _contents(book: Manual) -> str:
    return "\n".join(f"{place}. {topic.title}" for place, topic in enumerate(book.topics, 1))


def _paper(
    title: str, texts: list[str], size: QPageSize.PageSizeId, margin_mm: float, points: float
) -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setTitle(title)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(size))
    writer.setPageMargins(QMarginsF(*(margin_mm,) * 4), QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    for place, text in enumerate(texts):
        if place:
            writer.newPage()
        _paint(painter, writer, text, points)
    painter.end()
    return bytes(held.data().data())


def _paint(painter: QPainter, writer: QPdfWriter, text: str, points: float) -> None:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    font = QFont()
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setMetaInformation(
        QTextDocument.MetaInformation.DocumentUrl,
        QUrl.fromLocalFile(f"{manual.pictures_folder()}/").toString(),
    )
    document.setMarkdown(text)
    room = QRectF(painter.viewport())
    document.setPageSize(room.size())
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(0, -page * room.height())
        document.drawContents(painter, QRectF(0, page * room.height(), room.width(), room.height()))
        painter.restore()
