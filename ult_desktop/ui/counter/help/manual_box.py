"""The manual that F1 opens, on the screen and on paper."""

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImageReader,
    QKeySequence,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QShortcut,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from ult_desktop.base import _, paths
from ult_desktop.base.i18n import SOURCE_LANGUAGE, language
from ult_desktop.core import searching
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.kit import Column, Row, Theme, dialogs, panels
from ult_desktop.ui.office_link.tasks import FileWorker

POSTER, FIRST_DAY = "poster", "hari-pertama"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_WINDOW_MARK = re.compile(r"^<!-- F1: ([\w -]+) -->$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(([\w-]+\.png)\)")


class Topic(NamedTuple):
    """A task of the manual. `text` is Markdown with its heading; F1 in one of `windows` opens the topic.

    `book` is the title of the manual.
    """

    book: str
    title: str
    text: str
    windows: frozenset[str]


class Manual(NamedTuple):
    """A manual. `name` is the name of its file without the suffix."""

    name: str
    title: str
    topics: tuple[Topic, ...]


def manual_folder(language: str = SOURCE_LANGUAGE) -> Path:
    return paths.resource("manual", language)


def pictures_folder() -> Path:
    """Return the folder in which the build puts the pictures. It may be absent when run from source."""
    return paths.resource("manual", "pictures")


def load_manuals() -> tuple[Manual, ...]:
    """Load the manuals: for officers, for the head, and in both languages for the IT person.

    The IT manual in the language in force comes before the other.
    """
    # `False` sorts before `True`: the language in force comes first.
    it_books = sorted((("id", "ti"), ("en", "it")), key=lambda book: book[0] != language())
    books = [("id", "petugas"), ("id", "kepala-admin"), *it_books]
    return tuple(_load_manual(manual_folder(code) / f"{name}.md") for code, name in books)


def load_sheet(name: str) -> str:
    """Load a sheet of one page as Markdown: the poster next to the kiosk, the IT person's first day."""
    return (manual_folder() / f"{name}.md").read_text(encoding="utf-8")


def topic_of(window: str, manuals: tuple[Manual, ...]) -> Topic:
    """Return the topic about a window, by the name of its page, settings group or wizard; else the first."""
    topics = [topic for manual in manuals for topic in manual.topics]
    return next((topic for topic in topics if window in topic.windows), topics[0])


def shown_text(text: str) -> str:
    """Return the Markdown without marks of windows, and without pictures that the build has not made."""
    folder = pictures_folder()
    with_pictures = _PICTURE.sub(lambda match: match[0] if (folder / match[1]).exists() else "", text)
    return _WINDOW_MARK.sub("", with_pictures)


def pictures_of(text: str) -> tuple[str, ...]:
    return tuple(_PICTURE.findall(text))


def _load_manual(file: Path) -> Manual:
    text = file.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    starts = [match.start() for match in _HEADING.finditer(text)]
    parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    topics = []
    for part in parts:
        (heading,) = _HEADING.findall(part)
        windows = " ".join(_WINDOW_MARK.findall(part)).split()
        topics.append(Topic(title, heading, part, frozenset(windows)))
    return Manual(file.stem, title, tuple(topics))


_DPI, _SCREEN_DPI = 150, 96
_BOOK_MARGIN_MM, _POSTER_MARGIN_MM, _SHEET_MARGIN_MM = 14.0, 18.0, 12.0
_BOOK_PT, _POSTER_PT, _SHEET_PT = 10.0, 21.0, 9.5
# The most that a picture takes of a page's height, and that one in a table takes of the page's width.
_PICTURE_HEIGHT, _TABLE_PICTURE_WIDTH = 0.45, 0.43


def booklet(book: Manual) -> bytes:
    """Make the manual as PDF, A5. Each topic begins on a page of its own."""
    contents = "\n".join(f"{number}. {topic.title}" for number, topic in enumerate(book.topics, 1))
    texts = [f"# {book.title}\n\n{contents}", *(shown_text(topic.text) for topic in book.topics)]
    return _pdf_of(book.title, texts, QPageSize.PageSizeId.A5, _BOOK_MARGIN_MM, _BOOK_PT)


def poster() -> bytes:
    """Make the poster for the kiosk as PDF, A4."""
    text = load_sheet(POSTER)
    return _pdf_of("Ambil nomor antrean", [text], QPageSize.PageSizeId.A4, _POSTER_MARGIN_MM, _POSTER_PT)


def first_day() -> bytes:
    """Make the page of the first day as PDF, A4."""
    text = shown_text(load_sheet(FIRST_DAY))
    return _pdf_of("Hari pertama", [text], QPageSize.PageSizeId.A4, _SHEET_MARGIN_MM, _SHEET_PT)


def _pdf_of(
    title: str, texts: list[str], size: QPageSize.PageSizeId, margin_mm: float, points: float
) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(size))
    writer.setPageMargins(QMarginsF(*(margin_mm,) * 4), QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    for number, text in enumerate(texts):
        if number > 0:
            writer.newPage()
        _paint(painter, writer, text, points)
    painter.end()
    return bytes(buffer.data().data())


def _paint(painter: QPainter, writer: QPdfWriter, text: str, points: float) -> None:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    font = QFont()
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setMetaInformation(
        QTextDocument.MetaInformation.DocumentUrl, QUrl.fromLocalFile(f"{pictures_folder()}/").toString()
    )
    document.setMarkdown(text)
    room = QRectF(painter.viewport())
    scale = _SCREEN_DPI / _DPI  # Qt counts a picture's size in dots of a screen
    fit_pictures(document, room.width() * scale, room.height() * scale * _PICTURE_HEIGHT)
    document.setPageSize(room.size())
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(0, -page * room.height())
        document.drawContents(painter, QRectF(0, page * room.height(), room.width(), room.height()))
        painter.restore()


def fit_pictures(document: QTextDocument, width: float, height: float) -> None:
    """Shrink the pictures that are wider or higher than this; in a table, to a part of the width."""
    cursor = QTextCursor(document)
    for position, picture in _pictures_in(document):
        cursor.setPosition(position)
        most_width = width if cursor.currentTable() is None else width * _TABLE_PICTURE_WIDTH
        size = QImageReader(str(pictures_folder() / picture.name())).size()
        if size.isValid():
            fitted = size.scaled(QSize(round(most_width), round(height)), Qt.AspectRatioMode.KeepAspectRatio)
            picture.setWidth(min(size.width(), fitted.width()))
            picture.setHeight(min(size.height(), fitted.height()))
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(picture)


def _pictures_in(document: QTextDocument) -> list[tuple[int, QTextImageFormat]]:
    """Return the position and the format of each picture, so that formats are changed after the walk."""
    pictures, block = [], document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            if fragment.charFormat().isImageFormat():
                pictures.append((fragment.position(), fragment.charFormat().toImageFormat()))
            part += 1
        block = block.next()
    return pictures


_LIST_WIDTH, _WIDTH, _HEIGHT = 320, 1040, 520  # base pixels
_TEXT_WIDTH = 0.94  # of the page's width: the rest is its margins and its scroll bar
_TOPIC = Qt.ItemDataRole.UserRole


class ManualBox(dialogs.Box):
    """The box with the manuals, opened at a topic."""

    def __init__(self, window: QWidget, theme: Theme, manuals: tuple[Manual, ...], topic: Topic) -> None:
        super().__init__(window, theme, _("Buku petunjuk"), ("info", "blue"))
        self._manuals, self._worker = manuals, FileWorker(self)
        self.setMinimumWidth(min(theme.px(_WIDTH), window.width()))
        self.saved, self.refused = panels.Note(theme, "info"), panels.Note(theme, "danger")
        self._lay_out(theme, round(window.height() * 0.6))
        self._fill()
        self.save_button = self.add_side_button(_("Simpan buku ini (PDF)"), self._save_book, "file-text")
        self.poster_button = self.add_side_button(
            _("Poster pengunjung (PDF)"), lambda: self._write(_("Poster ambil nomor"), poster()), "file-text"
        )
        self.first_day_button = self.add_side_button(
            _("Hari pertama (PDF)"), lambda: self._write(_("Hari pertama"), first_day()), "file-text"
        )
        self.add_button(_("Tutup"), "primary", lambda: None)
        self.open_at(topic)

    def _lay_out(self, theme: Theme, most_height: int) -> None:
        self.search = QLineEdit(placeholderText=_("Cari di semua buku"), clearButtonEnabled=True)
        self.search.setAccessibleName(_("Cari di semua buku"))
        self.search.textChanged.connect(self._filter_topics)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Halaman buku petunjuk"))
        self.list.setFixedWidth(theme.px(_LIST_WIDTH))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._show)
        self.page = QTextBrowser(openExternalLinks=False, openLinks=False)
        self.page.setAccessibleName(_("Isi halaman"))
        self.page.setSearchPaths([str(pictures_folder())])
        left, row = Column(theme, gap=8), Row(theme, gap=16)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        row.addLayout(left)
        row.addWidget(self.page, 1)
        list_and_page = QWidget()
        list_and_page.setLayout(row)
        # Set on this widget: the style sheet sets the minimum height of the page itself.
        list_and_page.setMinimumHeight(min(theme.px(_HEIGHT), most_height))
        self.add_part(list_and_page, self.saved, self.refused)

    def open_at(self, topic: Topic) -> None:
        for item in self._items():
            if item.data(_TOPIC) == topic:
                self.list.setCurrentItem(item)
        self.list.setFocus()

    @property
    def topic(self) -> Topic:
        """The topic in sight."""
        topic: Topic = self.list.currentItem().data(_TOPIC)
        return topic

    def _fill(self) -> None:
        for book in self._manuals:
            head = QListWidgetItem(book.title, self.list)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            for topic in book.topics:
                item = QListWidgetItem(f"    {topic.title}", self.list)
                item.setData(_TOPIC, topic)

    def _items(self) -> list[QListWidgetItem]:
        """Return the items of topics, without the names of the manuals."""
        every = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in every if item.data(_TOPIC) is not None]

    def _filter_topics(self, text: str) -> None:
        words = searching.search_forms(text)
        matching = []
        for item in self._items():
            is_match = searching.is_found(_searchable_text(item.data(_TOPIC)), words)
            item.setHidden(not is_match)
            if is_match:
                matching.append(item)
        if matching and self.list.currentItem() not in matching:
            self.list.setCurrentItem(matching[0])

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.page.setMarkdown(shown_text(item.data(_TOPIC).text))
            fit_pictures(self.page.document(), self.page.viewport().width() * _TEXT_WIDTH, self.page.height())

    def _save_book(self) -> None:
        book = next(book for book in self._manuals if book.title == self.topic.book)
        self._write(book.title, booklet(book))

    def _write(self, name: str, pdf: bytes) -> None:
        job = partial(papers.write_document, name, "pdf", pdf)
        self._worker.run(job, self._on_written, lambda error: self._show_notes("", error.brief))

    def _on_written(self, path: Path) -> None:
        self._show_notes(_("Tersimpan: {label}").format(label=path))

    def _show_notes(self, saved: str, refused: str = "") -> None:
        self.saved.say(saved)
        self.refused.say(refused)


@cache
def _searchable_text(topic: Topic) -> str:
    """Return the text to search. It is cached, because each letter that the officer types searches it."""
    return searching.searchable(topic.text)


def show_manual(window: QWidget, theme: Theme, about: str) -> ManualBox:
    """Open the manual over `window` at the topic about `about`, the name of a page or a settings group."""
    manuals = load_manuals()
    box = ManualBox(window, theme, manuals, topic_of(about, manuals))
    box.open()
    return box


def open_by_key(window: QWidget, theme: Theme, about: Callable[[], str]) -> None:
    """Let F1 in `window` open the manual from now on."""
    key = QShortcut(QKeySequence("F1"), window)
    key.setAutoRepeat(False)
    key.activated.connect(lambda: show_manual(window.window(), theme, about()))
