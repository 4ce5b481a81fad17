"""The guest book at the kiosk: its questions, what is kept of the answers, and the page to review them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from itertools import cycle

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, language
from ult_desktop.core.fields import LINE, field_words
from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits import commands, guest_book
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery
from ult_desktop.ui.kiosk.outage_words import book_not_saved_words
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kiosk.parts.targets import TargetRow, main_action, set_button_words
from ult_desktop.ui.kiosk.parts.toggle_card import ToggleCard
from ult_desktop.ui.kiosk.typing import keyboard, typing_page
from ult_desktop.ui.kit import Column, Grid, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets import tint_of
from ult_desktop.ui.kit.widgets.card import Card
from ult_desktop.ui.office_link.link import StationLink
from ult_desktop.ui.office_link.link_monitor import is_outage

_LARGE = 1.6  # times as large as drawn: with larger words "Simpan" has no icon, and "Ubah" nothing else
_BESIDE = 30  # times the height of its words: wide enough for two cards side by side
# The letters of names and of answers, and the base pixels between two lines; the largest first.
LETTERS = (
    ("strong", "title", 36),
    ("body", "strong", 28),
    ("body", "strong", 12),
    ("small", "body", 8),
    ("small", "small", 4),
)


class Question(Enum):
    """A question of the guest book, in the order asked; REVIEW shows all answers before they are saved."""

    NAME = "name"
    INSTITUTION = "institution"
    PERSONS = "persons"
    REGENCY = "regency"
    PHONE = "phone"
    PURPOSE = "purpose"
    LETTER = "letter_number"
    REVIEW = "review"


SHIPPED = PrivacyWords()  # the notice of an office that wrote none
CHOSEN = frozenset({Question.REGENCY, Question.PURPOSE})  # answered by tapping a card


@dataclass(frozen=True)
class GuestBookAnswers:
    """The answers for one entry of the guest book while it is filled in. They do not outlive the visit.

    Args:
        ticket: the number of the visit.
        regencies: the regencies to choose from; `purposes` likewise, both empty where the office has none.
        implied: the purpose that follows from the service; it is not asked for.
        privacy: the office's own notice.
        question: what is asked now.
        in_own_words: the visitor types the answer, for none of the cards fits.
        changing: the visitor chooses an answer to change, or changes it; the review follows.
        asked_again: the last answer was not taken: it is no number of persons.
        answers: what was answered, by question.
        remember: the visitor agreed to be known again.
        saving: the answers are being sent to the office.
        trouble: why the last attempt to save them failed, in words.
    """

    ticket: Ticket
    regencies: tuple[str, ...] = ()
    purposes: tuple[guest_book.GuestBookChoice, ...] = ()
    implied: str = ""
    privacy: PrivacyWords = SHIPPED
    question: Question = Question.NAME
    in_own_words: bool = False
    changing: bool = False
    asked_again: bool = False
    answers: tuple[tuple[Question, str], ...] = ()
    remember: bool = False
    saving: bool = False
    trouble: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions, without the purpose where it is implied or the office has no purposes."""
        asks_purpose = bool(self.purposes) and not self.implied
        return tuple(question for question in Question if question is not Question.PURPOSE or asks_purpose)

    @property
    def place(self) -> tuple[int, int]:
        """Return the number of this question and of all questions; (2, 6): the second of six."""
        return self.questions.index(self.question) + 1, len(self.questions)

    @property
    def chooses(self) -> bool:
        """Return whether the question, or which answer to change, is answered by tapping a card."""
        if self.question is Question.REVIEW:
            return self.changing
        offered = self.regencies if self.question is Question.REGENCY else self.purposes
        return self.question in CHOSEN and bool(offered) and not self.in_own_words

    def answer(self, question: Question) -> str:
        """Return the answer to a question, "" for none; the implied purpose counts as given."""
        implied = self.implied if question is Question.PURPOSE else ""
        return dict(self.answers).get(question, implied)

    def with_answer(self, text: str) -> "GuestBookAnswers":
        """Return the answers with `text` for the present question, "" to skip it, at the next question.

        The number of persons is asked again if the text is "0", or no number, which a real keyboard can type.
        The abbreviations of schools get their capitals, for the keyboard gives them to first letters only.
        """
        if self.question is Question.PERSONS and text and not (text.isdecimal() and int(text)):
            return replace(self, asked_again=True)
        if self.question is Question.INSTITUTION:
            text = " ".join(_SCHOOLS.get(word.casefold(), word) for word in text.split(" "))
        others = tuple(pair for pair in self.answers if pair[0] is not self.question)
        place = -1 if self.changing else self.questions.index(self.question) + 1  # -1: the review
        answers = (*others, (self.question, text))
        return replace(
            self,
            answers=answers,
            question=self.questions[place],
            in_own_words=False,
            changing=False,
            asked_again=False,
        )

    def back(self) -> "GuestBookAnswers | None":
        """Return the answers one question back; None before the first."""
        if self.in_own_words:
            return replace(self, in_own_words=False)
        if self.changing:
            still_choosing = self.question is not Question.REVIEW
            return replace(self, question=Question.REVIEW, changing=still_choosing, asked_again=False)
        place = self.questions.index(self.question)
        before = self.questions[place - 1]
        return replace(self, question=before, asked_again=False, trouble="") if place else None

    def command(self) -> commands.SignGuestBook:
        """Return the command that saves the answers in the office's guest book."""
        return commands.SignGuestBook(
            ticket_id=self.ticket.id,
            name=self.answer(Question.NAME),
            institution=self.answer(Question.INSTITUTION),
            persons=int(self.answer(Question.PERSONS) or 1),
            regency=self.answer(Question.REGENCY),
            phone=self.answer(Question.PHONE),
            letter_number=self.answer(Question.LETTER),
            purpose=self.answer(Question.PURPOSE),
            remember=self.remember,
            notice=guest_book.notice_version(self.privacy),
        )


_SCHOOLS = {
    name.casefold(): name
    for name in (
        *("TK", "TKN", "PAUD", "PKBM", "SKB", "SLB", "SLBN", "SD", "SDN", "SDIT", "SMP", "SMPN", "SMPIT"),
        *("SMA", "SMAN", "SMK", "SMKN", "MIN", "MTs", "MTsN", "MAN", "UPT", "UPTD"),
    )
}
_MAX_LENGTHS = {Question.PERSONS: 3}  # letters
_KEYS = {Question.PHONE: keyboard.Keys.DIGITS, Question.PERSONS: keyboard.Keys.NUMBER}
_OUTSIDE = "Luar provinsi"  # stored in the guest book, whatever language the visitor reads

_PICTURES = {
    Question.NAME: ("user-round", "blue"),
    Question.INSTITUTION: ("school", "violet"),
    Question.PERSONS: ("users", "amber"),
    Question.REGENCY: ("map-pin", "green"),
    Question.PHONE: ("phone", "teal"),
    Question.PURPOSE: ("briefcase", "orange"),
    Question.LETTER: ("file-text", "amber"),
}

_PURPOSE_ICONS = {
    "informasi": "info",
    "pengaduan": "megaphone",
    "perizinan": "file-check",
    "pengurusan": "clipboard-check",
}
_OTHER_ICONS = ("wallet", "award", "database", "message-circle", "landmark", "files", "library", "briefcase")


@dataclass(frozen=True)
class AnswerCard:
    """A card of a question that is answered by tapping: its face, and the answers after its tap."""

    face: Face
    then: Callable[[GuestBookAnswers], GuestBookAnswers]


def title_of(question: Question) -> str:
    return {
        Question.NAME: _("Siapa nama Anda?"),
        Question.INSTITUTION: _("Dari instansi atau sekolah mana?"),
        Question.PERSONS: _("Berapa orang yang datang?"),
        Question.REGENCY: _("Dari kabupaten atau kota mana?"),
        Question.PHONE: _("Nomor telepon Anda?"),
        Question.PURPOSE: _("Apa keperluan Anda?"),
        Question.LETTER: _("Ada surat tugas? Tulis nomornya"),
        Question.REVIEW: _("Sudah benar?"),
    }[question]


def hint_of(question: Question) -> str:
    return {
        Question.NAME: _("Tulis seperti pada kartu identitas."),
        Question.INSTITUTION: _("Boleh dilewati bila datang atas nama sendiri."),
        Question.PERSONS: _("Lewati bila Anda datang sendiri."),
        Question.REGENCY: _("Sentuh salah satu."),
        Question.PHONE: _("Boleh dilewati. Dipakai hanya bila kami perlu menghubungi Anda."),
        Question.PURPOSE: _("Sentuh yang paling sesuai."),
        Question.LETTER: _("Lewati bila tidak ada."),
        Question.REVIEW: _("Periksa isian Anda, lalu simpan."),
    }[question]


def short_name(question: Question) -> str:
    """Return the name of the answer in the review."""
    return {
        Question.NAME: _("Nama"),
        Question.INSTITUTION: _("Instansi"),
        Question.PERSONS: _("Jumlah orang"),
        Question.REGENCY: _("Kabupaten/kota"),
        Question.PHONE: _("Telepon"),
        Question.PURPOSE: _("Keperluan"),
        Question.LETTER: _("Nomor surat tugas"),
    }[question]


def typing_of(book: GuestBookAnswers) -> typing_page.Typing:
    """Return the question asked now, for the page on which it is answered by typing."""
    question = book.question
    # In full and in short (docs/screens.md, "Kiosk"): a visitor's name is the first personal data they give.
    notice = guest_book.notice_words(book.privacy), guest_book.notice_for_first_question()
    return typing_page.Typing(
        about=(book.ticket.id, question, book.in_own_words),
        title=title_of(question),
        hint=hint_of(question) if not book.in_own_words else _("Tulis dengan kata Anda sendiri."),
        place=book.place,
        keys=_KEYS.get(question, keyboard.Keys.WORDS),
        text="" if book.in_own_words else book.answer(question),
        verb=_("Lanjut"),
        picture=_PICTURES.get(question, _PICTURES[Question.NAME]),
        skip="" if question is Question.NAME or book.in_own_words else _("Lewati"),
        trouble=_("Periksa lagi, atau tanyakan kepada petugas.") if book.asked_again else "",
        notice=notice if question is Question.NAME else ("", ""),
        longest=_MAX_LENGTHS.get(question, LINE),
    )


def cards_of(book: GuestBookAnswers) -> tuple[AnswerCard, ...]:
    """Return the cards of the question asked now, with "Lainnya" and "Lewati", or one card an answer."""
    if book.question is Question.REVIEW:
        return tuple(_change_card(book, question) for question in book.questions[:-1])
    if book.question is Question.REGENCY:
        options = [
            (name, name, "building-2" if name.startswith("Kota ") else "map-pin") for name in book.regencies
        ]
        options.append((_OUTSIDE, guest_book.outside_province_word(), "globe"))
    else:
        # Each purpose has an icon of its own, as long as there are enough icons.
        other_icons = cycle(_OTHER_ICONS)
        icons = [_PURPOSE_ICONS.get(purpose.value) or next(other_icons) for purpose in book.purposes]
        options = [
            (purpose.value, purpose.within(language()), icon)
            for purpose, icon in zip(book.purposes, icons, strict=True)
        ]
    chosen = book.answer(book.question)
    cards = [
        AnswerCard(_face(words, "check" if value == chosen else icon, place), _answer_with(value))
        for place, (value, words, icon) in enumerate(options)
    ]
    other = AnswerCard(
        _face(_("Lainnya, tulis sendiri"), "keyboard", len(cards)),
        lambda book: replace(book, in_own_words=True),
    )
    skip_face = replace(_face(_("Lewati"), "skip-forward", len(cards) + 1), is_skip=True)
    skip = AnswerCard(skip_face, _answer_with(""))
    return (*cards, other, skip)


def _change_card(book: GuestBookAnswers, question: Question) -> AnswerCard:
    words, (icon, tint) = short_name(question), _PICTURES[question]
    face = Face(title=words, name=words, icon=icon, tint=tint, detail=_answer_words(book, question))
    return AnswerCard(face, lambda answers: replace(answers, question=question))


def review_lines(book: GuestBookAnswers) -> tuple[tuple[str, str], ...]:
    """Return the name and the answer of each question that was answered."""
    answered = [question for question in Question if _answer_words(book, question)]
    return tuple((short_name(question), _answer_words(book, question)) for question in answered)


def _answer_words(book: GuestBookAnswers, question: Question) -> str:
    """Return an answer as the visitor reads it; "" for none."""
    answer = book.answer(question)
    if question is Question.REGENCY and answer == _OUTSIDE:
        return guest_book.outside_province_word()
    if question is Question.PURPOSE:
        words = {purpose.value: purpose.within(language()) for purpose in book.purposes}
        return words.get(answer, answer)
    return answer


def _answer_with(value: str) -> Callable[[GuestBookAnswers], GuestBookAnswers]:
    return lambda book: book.with_answer(value)


def _face(words: str, icon: str, place: int) -> Face:
    return Face(title=words, name=words, icon=icon, tint=tint_of(place))


class GuestBookFlow(QObject):
    """The flow of the guest book: it holds the answers of one visitor, and saves them.

    Answers that were not saved are forgotten with the visitor.

    Signals:
        changed: the `GuestBookAnswers`, None when no guest book is open.
        signed: the answers are saved.
    """

    changed = Signal(object)
    signed = Signal()

    def __init__(self, link: StationLink, parent: QObject) -> None:
        super().__init__(parent)
        self._query = VisitorQuery(link)
        self.book: GuestBookAnswers | None = None

    def set_answers(self, book: GuestBookAnswers | None) -> None:
        """Take these answers from now on; None forgets them and the visitor."""
        if book is None:
            self._query.forget()
        self.book = book
        self.changed.emit(book)

    def answer(self, text: str) -> None:
        if self.book is not None:
            self.set_answers(self.book.with_answer(text))

    def on_typed(self) -> None:
        """Take away the words about an answer that was not taken: another one is being typed."""
        if self.book is not None and self.book.asked_again:
            self.set_answers(replace(self.book, asked_again=False))

    def change(self) -> None:
        """Let the visitor choose an answer to change."""
        if self.book is not None:
            self.set_answers(replace(self.book, changing=True, trouble=""))

    def agree(self, remember: bool) -> None:
        if self.book is not None:
            self.set_answers(replace(self.book, remember=remember))

    def back(self) -> bool:
        """Go one question back; return False before the first one."""
        previous = self.book.back() if self.book is not None else None
        if previous is not None:
            self.set_answers(previous)
        return previous is not None

    def save(self) -> None:
        """Send the answers to the office once, however often the visitor taps meanwhile."""
        if self.book is not None and not self._query.is_busy:
            self.set_answers(replace(self.book, saving=True, trouble=""))
            self._query.ask(self.book.command(), self._on_saved, self._on_refused)

    def hand_over(self) -> None:
        """Save what was answered so far: the visitor is called, and the officers complete the answers.

        Only the review shows the privacy notice in full. A visitor who did not reach it has agreed to
        nothing, and the command names no notice as shown.
        """
        book = self.book
        if book is None or not book.answer(Question.NAME) or self._query.is_busy:
            return
        command = book.command()
        if book.question is not Question.REVIEW:
            command = msgspec.structs.replace(command, remember=False, notice="", finished=False)
        self._query.ask(command, self._on_saved, self._on_refused)

    def _on_saved(self, _visit: object) -> None:
        self.set_answers(None)
        self.signed.emit()

    def _on_refused(self, error: UserError) -> None:
        if self.book is not None:
            if is_outage(error):
                words = book_not_saved_words()
            else:
                words = _("Belum tersimpan. {why} Isian Anda masih ada.").format(why=error.what)
            self.set_answers(replace(self.book, saving=False, trouble=words))


class ReviewList(QWidget):
    """The list of the answers in full; a long one continues on further lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        most = len(Question) - 1  # REVIEW shows the answers, and has none
        self.names = [widgets.Label("", "small", "soft", wrap=True) for _place in range(most)]
        self.answers = [widgets.Label("", "body", wrap=True) for _place in range(most)]
        for answer in self.answers:
            answer.setProperty("bold", "true")
        self._grid = grid = Grid(theme, gap=8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 2)
        grid.setColumnMinimumWidth(1, theme.px(8))
        for row, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(answer, row, 2)
        column = Column(theme, self)
        column.addStretch()
        column.addLayout(grid)
        column.addStretch()

    def show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        for place, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            is_used = place < len(lines)
            name_words, answer_words = lines[place] if is_used else ("", "")
            name.setText(name_words)
            answer.setText(answer_words)
            name.setVisible(is_used)
            answer.setVisible(is_used)

    def use_letters(self, letters: tuple[str, str, int]) -> None:
        """Use one of `LETTERS` for names, answers and the gap between lines."""
        name_size, answer_size, gap = letters
        self._grid.setVerticalSpacing(self._theme.px(gap))
        for name, answer in zip(self.names, self.answers, strict=True):
            set_style_properties(name, type=name_size)
            set_style_properties(answer, type=answer_size)
        # The layout's cached height is that of the former sizes.
        self._grid.invalidate()


class ReviewPage(QWidget):
    """The page that shows all answers before they are saved. All its targets are at the bottom.

    Signals:
        remember_changed: whether the visitor agrees to be known again.
        saved: "Simpan" was touched; `change_requested`: "Ubah".
    """

    remember_changed = Signal(bool)
    saved = Signal()
    change_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.answers = ReviewList(theme)
        self.notice = widgets.Label("", "small", "soft", wrap=True)
        self.remember = ToggleCard(theme, "user-check", "blue")
        self.save_button = main_action(theme, "check")
        self.remember.clicked.connect(self.remember_changed)
        self.save_button.clicked.connect(self.saved)
        self.change_button = widgets.Button(theme)
        self.change_button.clicked.connect(self.change_requested)
        answers_card, notice_card = Card(theme, padding=20), Card(theme, padding=20)
        answers_card.body.addWidget(self.answers, 1)
        self._tile = widgets.IconTile(theme, "shield-check", "green", 64)
        line = Row(theme, gap=20)
        line.addWidget(self._tile)
        line.addWidget(self.notice, 1)
        notice_card.body.addLayout(line, 1)
        inner = QWidget()
        self._cards, self._acts = Column(theme, inner), Column(theme)
        self._cards.addWidget(answers_card, 1)
        self._cards.addWidget(notice_card, 1)
        self._acts.addWidget(self.remember, 2)
        save = TargetRow(theme, margins=(12, 12, 12, 12))
        self.rolling = Rolling(theme, inner)
        self.rolling.resized.connect(self._fit)
        save.addWidget(self.change_button)
        save.addWidget(self.save_button, 1)
        for button in self.rolling.steps:
            save.addWidget(button)
        self._acts.addLayout(save, 1)
        column = Column(theme, self, margins=(44, 4, 44, 0))
        column.addWidget(self.rolling, 1)
        column.addLayout(self._acts)

    def show_book(self, book: GuestBookAnswers) -> None:
        self.answers.show_lines(review_lines(book))
        self.notice.setText(book.trouble or guest_book.notice_words(book.privacy))
        set_style_properties(self.notice, tone="danger" if book.trouble else "soft")
        self._arrange()
        self.rolling.begin()
        icon = ("circle-alert", "orange") if book.trouble else ("shield-check", "green")
        self._tile.show_icon(*icon)
        self.remember.show_words(field_words("remember"))
        self.remember.setChecked(book.remember)
        self.remember.setEnabled(not book.saving)
        self.save_button.setEnabled(not book.saving)
        self.change_button.setEnabled(not book.saving)
        large = self._theme.growth > _LARGE
        self.save_button.set_icon("" if large else "check")
        self.change_button.set_icon("pen-line" if large else "")
        set_button_words(self.change_button, _("Ubah"))
        if large:
            self.change_button.setText("")  # it keeps its accessible name
        verb = _("Coba lagi") if book.trouble else _("Simpan")
        set_button_words(self.save_button, _("Menyimpan…") if book.saving else verb)
        self._fit()

    def forget(self) -> None:
        """Clear name and number of a visitor who left, hidden widgets included."""
        self.answers.show_lines(())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        flat = self.window().width() > self.window().height()
        way = QBoxLayout.Direction
        beside = flat and self.width() >= _BESIDE * self._theme.text("body")
        self._cards.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._acts.setDirection(way.LeftToRight if flat else way.TopToBottom)
        # On a wide screen without room for both cards side by side, "Ubah" would leave `remember` too little
        # room for its tick.
        self.change_button.setVisible(beside or not flat)
        for place, share in enumerate((3, 2) if flat else (2, 1)):  # the answers matter more
            self._cards.setStretch(place, share)
        # On a wide screen the notice's words are small, and large text hides its picture, unless it reports
        # trouble.
        trouble = self.notice.property("tone") == "danger"
        self._tile.setVisible(trouble or not flat or self._theme.large_text <= 1)
        set_style_properties(self.notice, type="small" if flat and not trouble else "body")

    def _fit(self) -> None:
        """Choose the largest letters in which every answer is whole.

        In the smallest ones the answers scroll.
        """
        for letters in LETTERS:
            self.answers.use_letters(letters)
            if self.rolling.needed() <= self.rolling.height():
                break
