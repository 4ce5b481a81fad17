"""The box with the manuals: a list to choose and search in, the page, and each manual as a PDF."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from ult_desktop.base import _
from ult_desktop.ui.counter.help import manual, manual_paper
from ult_desktop.ui.counter.help.manual import Manual, Topic
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.kit import Column, Row, Theme, dialogs, panels
from ult_desktop.ui.office_link.tasks import FileWorker

_LIST, _WIDTH, _HEIGHT = 320, 1040, 520
_TOPIC = Qt.ItemDataRole.UserRole


class ManualBox(dialogs.Box):
    """The box that opens at a topic. Esc closes it and leaves the work unchanged."""

    def __init__(self, window: QWidget, theme: Theme, manuals: tuple[Manual, ...], topic: Topic) -> None:
        super().__init__(window, theme, _("Buku petunjuk"), ("info", "blue"))
        self._manuals, self._worker = manuals, FileWorker(self)
        self.setMinimumWidth(min(theme.px(_WIDTH), window.width()))
        self.saved, self.refused = panels.Note(theme, "info"), panels.Note(theme, "danger")
        self._lay_out(theme, round(window.height() * 0.6))
        self._fill()
        self.save = self.add_side_button(_("Simpan buku ini (PDF)"), self._save_book, "file-text")
        self.poster = self.add_side_button(_("Poster pengunjung (PDF)"), self._save_poster, "file-text")
        self.add_button(_("Tutup"), "primary", lambda: None)
        self.open_at(topic)

    def _lay_out(self, theme: Theme, most_height: int) -> None:
        self.search = QLineEdit(placeholderText=_("Cari di semua buku"), clearButtonEnabled=True)
        self.search.setAccessibleName(_("Cari di semua buku"))
        self.search.textChanged.connect(self._sift)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Halaman buku petunjuk"))
        self.list.setFixedWidth(theme.px(_LIST))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._show)
        self.page = QTextBrowser(openExternalLinks=False, openLinks=False)
        self.page.setAccessibleName(_("Isi halaman"))
        self.page.setMinimumHeight(min(theme.px(_HEIGHT), most_height))
        self.page.setSearchPaths([str(manual.pictures_folder())])
        left, row = Column(theme, gap=8), Row(theme, gap=16)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        row.addLayout(left)
        row.addWidget(self.page, 1)
        self.words.addLayout(row, 1)
        self.body.setStretchFactor(self.words, 1)
        self.words.addWidget(self.saved)
        self.words.addWidget(self.refused)

    def open_at(self, topic: Topic) -> None:
        for item in self._items():
            if item.data(_TOPIC) == topic:
                self.list.setCurrentItem(item)
        self.list.setFocus()

    @property
    def topic(self) -> Topic:
        """The one in sight."""
        shown: Topic = self.list.currentItem().data(_TOPIC)
        return shown

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

    def _sift(self, sought: str) -> None:
        words = sought.casefold().split()
        found = [item for item in self._items() if _holds(item.data(_TOPIC), words)]
        for item in self._items():
            item.setHidden(item not in found)
        if found and self.list.currentItem() not in found:
            self.list.setCurrentItem(found[0])

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.page.setMarkdown(manual.shown_text(item.data(_TOPIC)))

    def _save_book(self) -> None:
        (book,) = (each for each in self._manuals if each.title == self.topic.book)
        self._write(book.title, manual_paper.booklet(book))

    def _save_poster(self) -> None:
        self._write(_("Poster ambil nomor"), manual_paper.poster())

    def _write(self, name: str, paper: bytes) -> None:
        put = partial(papers.write_document, name, "pdf", paper)
        self._worker.run(put, self._written, lambda error: self._tell("", error.brief))

    def _written(self, path: Path) -> None:
        self._tell(_("Tersimpan: {label}").format(label=path))

    def _tell(self, saved: str, refused: str = "") -> None:
        self.saved.say(saved)
        self.refused.say(refused)


def _holds(topic: Topic, words: list[str]) -> bool:
    text = topic.text.casefold()
    return all(word in text for word in words)


def show_manual(window: QWidget, theme: Theme, about: str) -> ManualBox:
    """Open it over `window` at the page about it (the name of a page or of a group of settings)."""
    manuals = manual.load_manuals()
    box = ManualBox(window, theme, manuals, manual.topic_of(about, manuals))
    box.open()
    return box


def open_by_key(window: QWidget, theme: Theme, about: Callable[[], str]) -> None:
    """Let F1 open the manual over `window` from now on."""
    key = QShortcut(QKeySequence("F1"), window)
    key.setAutoRepeat(False)
    key.activated.connect(lambda: show_manual(window.window(), theme, about()))
