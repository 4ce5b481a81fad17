"""The guest book at the kiosk: its questions, their words, and what is kept of the answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from itertools import cycle

import msgspec
from PySide6.QtCore import QObject, Signal

from ult_desktop.base import UserError, _, language
from ult_desktop.core.fields import LINE
from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits import commands, guest_book
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery
from ult_desktop.ui.kiosk.outage_words import book_not_saved, is_outage
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kiosk.typing import keyboard, typing_page
from ult_desktop.ui.kit.widgets import tint_of
from ult_desktop.ui.office_link.link import StationLink


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


SHIPPED = PrivacyWords()
CHOSEN = frozenset({Question.REGENCY, Question.PURPOSE})


@dataclass(frozen=True)
class GuestBookAnswers:
    """The answers for one line of the guest book while it is filled in; nothing of them outlives the visit.

    Args:
        ticket: whose visit it is.
        regencies: to choose from; `purposes` likewise, both empty where the office has none.
        implied: the purpose that follows from the service; it is not asked for.
        privacy: the office's own notice.
        question: what is asked now; `written`: a choice is answered in own words.
        changing: the visitor chooses an answer to give anew, or gives it; the review follows.
        said: the answers by question.
        remember: the visitor agreed to be known again.
        saving: the answers are being sent to the office; `trouble` why the last try failed.
    """

    ticket: Ticket
    regencies: tuple[str, ...] = ()
    purposes: tuple[guest_book.GuestBookChoice, ...] = ()
    implied: str = ""
    privacy: PrivacyWords = SHIPPED
    question: Question = Question.NAME
    written: bool = False
    changing: bool = False
    said: tuple[tuple[Question, str], ...] = ()
    remember: bool = False
    saving: bool = False
    trouble: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions, without the purpose where it is implied or the office has no purposes."""
        asks = bool(self.purposes) and not self.implied
        return tuple(each for each in Question if each is not Question.PURPOSE or asks)

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
        return self.question in CHOSEN and bool(offered) and not self.written

    def answer(self, question: Question) -> str:
        known = self.implied if question is Question.PURPOSE else ""
        return dict(self.said).get(question, known)

    def with_answer(self, text: str) -> "GuestBookAnswers":
        """Return the answers with one to the present question, "" for none; the next question follows.

        The number of persons is asked again if the text is no number, as when a real keyboard typed it. A
        school's abbreviation gets its capitals, which the keyboard gives to first letters alone.
        """
        if self.question is Question.PERSONS and text and not text.isdecimal():
            return self
        if self.question is Question.INSTITUTION:
            text = " ".join(_SCHOOLS.get(word.casefold(), word) for word in text.split(" "))
        others = tuple(pair for pair in self.said if pair[0] is not self.question)
        place = -1 if self.changing else self.questions.index(self.question) + 1
        answers = (*others, (self.question, text))
        return replace(self, said=answers, question=self.questions[place], written=False, changing=False)

    def in_own_words(self) -> "GuestBookAnswers":
        """Return the answers with the question to be answered by typing: none of its cards fits."""
        return replace(self, written=True)

    def back(self) -> "GuestBookAnswers | None":
        """Return the answers one question back; None before the first."""
        if self.written:
            return replace(self, written=False)
        if self.changing:
            return replace(self, question=Question.REVIEW, changing=self.question is not Question.REVIEW)
        place = self.questions.index(self.question)
        return replace(self, question=self.questions[place - 1], trouble="") if place else None

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
    each.casefold(): each
    for each in (
        *("TK", "TKN", "PAUD", "PKBM", "SKB", "SLB", "SLBN", "SD", "SDN", "SDIT", "SMP", "SMPN", "SMPIT"),
        *("SMA", "SMAN", "SMK", "SMKN", "MIN", "MTs", "MTsN", "MAN", "UPT", "UPTD"),
    )
}
_LONGEST = {Question.PERSONS: 3}  # letters
_KEYS = {Question.PHONE: keyboard.Keys.DIGITS, Question.PERSONS: keyboard.Keys.NUMBER}
_OUTSIDE = "Luar provinsi"  # what the book keeps, whatever language the visitor reads

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
    question = book.question
    return typing_page.Typing(
        about=(book.ticket.id, question, book.written),
        title=title_of(question),
        hint=hint_of(question) if not book.written else _("Tulis dengan kata Anda sendiri."),
        place=book.place,
        keys=_KEYS.get(question, keyboard.Keys.WORDS),
        text="" if book.written else book.answer(question),
        verb=_("Lanjut"),
        picture=_PICTURES.get(question, _PICTURES[Question.NAME]),
        skip="" if question is Question.NAME or book.written else _("Lewati"),
        notice=_notice(book) if question is Question.NAME else ("", ""),
        longest=_LONGEST.get(question, LINE),
    )


def _notice(book: GuestBookAnswers) -> tuple[str, str]:
    """Return the privacy notice in full and in short (docs/screens.md, "Kiosk").

    It is shown with the question that takes the first personal data.
    """
    return guest_book.notice_words(book.privacy), guest_book.notice_for_first_question()


def cards_of(book: GuestBookAnswers) -> tuple[AnswerCard, ...]:
    """Return the cards of the question asked now, with the two ways past them, or those of all answers."""
    if book.question is Question.REVIEW:
        return tuple(_answer_to_change(book, each) for each in book.questions[:-1])
    if book.question is Question.REGENCY:
        named = [
            (name, name, "building-2" if name.startswith("Kota ") else "map-pin") for name in book.regencies
        ]
        named.append((_OUTSIDE, guest_book.outside_province_word(), "globe"))
    else:
        # Each purpose has an icon of its own, as long as there are enough icons.
        values = [each.value for each in book.purposes]
        others = cycle(_OTHER_ICONS)
        icons = [_PURPOSE_ICONS.get(value) or next(others) for value in values]
        named = [
            (each.value, each.within(language()), icon)
            for each, icon in zip(book.purposes, icons, strict=True)
        ]
    chosen = book.answer(book.question)
    cards = [
        AnswerCard(_face(words, "check" if value == chosen else icon, place), _saying(value))
        for place, (value, words, icon) in enumerate(named)
    ]
    other = AnswerCard(
        _face(_("Lainnya, tulis sendiri"), "keyboard", len(cards)), GuestBookAnswers.in_own_words
    )
    past = replace(_face(_("Lewati"), "skip-forward", len(cards) + 1), past=True)
    skip = AnswerCard(past, _saying(""))
    return (*cards, other, skip)


def _answer_to_change(book: GuestBookAnswers, question: Question) -> AnswerCard:
    words, (icon, tint) = short_name(question), _PICTURES[question]
    face = Face(title=words, name=words, icon=icon, tint=tint, detail=_in_words(book, question))
    return AnswerCard(face, lambda now: replace(now, question=question))


def review_lines(book: GuestBookAnswers) -> tuple[tuple[str, str], ...]:
    """Return (name, answer) of everything that was answered."""
    answered = [each for each in Question if _in_words(book, each)]
    return tuple((short_name(each), _in_words(book, each)) for each in answered)


def _in_words(book: GuestBookAnswers, question: Question) -> str:
    """Return an answer as the visitor reads it; "" for none."""
    answer = book.answer(question)
    words = {each.value: each.within(language()) for each in book.purposes}
    return words.get(answer, answer) if question is Question.PURPOSE else answer


def _saying(value: str) -> Callable[[GuestBookAnswers], GuestBookAnswers]:
    return lambda book: book.with_answer(value)


def _face(words: str, icon: str, place: int) -> Face:
    return Face(title=words, name=words, icon=icon, tint=tint_of(place))


class GuestBookFlow(QObject):
    """The flow of the guest book.

    It holds the answers while they are given; what was not saved is forgotten with the visitor.

    Signals:
        changed: the `GuestBookAnswers` as it is now, None when there is none.
        signed: the answers are saved.
    """

    changed = Signal(object)
    signed = Signal()

    def __init__(self, link: StationLink, parent: QObject) -> None:
        super().__init__(parent)
        self._query = VisitorQuery(link)
        self.book: GuestBookAnswers | None = None

    def become(self, book: GuestBookAnswers | None) -> None:
        """Take the answers as they are from now on: those of another visitor, or after the tap of a card."""
        if book is None:
            self._query.forget()
        self.book = book
        self.changed.emit(book)

    def say(self, text: str) -> None:
        if self.book is not None:
            self.become(self.book.with_answer(text))

    def change(self) -> None:
        """Let the visitor choose an answer to give anew."""
        if self.book is not None:
            self.become(replace(self.book, changing=True, trouble=""))

    def agree(self, remember: bool) -> None:
        if self.book is not None:
            self.become(replace(self.book, remember=remember))

    def back(self) -> bool:
        """Go one question back; return False before the first one."""
        before = self.book.back() if self.book is not None else None
        if before is not None:
            self.become(before)
        return before is not None

    def save(self) -> None:
        """Send the answers to the office once, however often the visitor taps meanwhile."""
        if self.book is not None and not self._query.busy:
            self.become(replace(self.book, saving=True, trouble=""))
            self._query.ask(self.book.command(), self._saved, self._refused)

    def hand_over(self) -> None:
        """Save what was answered so far, for the officers to complete: the visitor is called.

        The privacy notice in full is on the last page alone. If that was not reached, the visitor has agreed
        to nothing, and the command names no notice as shown.
        """
        book = self.book
        if book is None or not book.answer(Question.NAME) or self._query.busy:
            return
        command = book.command()
        if book.question is not Question.REVIEW:
            command = msgspec.structs.replace(command, remember=False, notice="", finished=False)
        self._query.ask(command, self._saved, self._refused)

    def _saved(self, _visit: object) -> None:
        self.become(None)
        self.signed.emit()

    def _refused(self, error: UserError) -> None:
        if self.book is not None:
            if is_outage(error):
                words = book_not_saved()
            else:
                words = _("Belum tersimpan. {why} Isian Anda masih ada.").format(why=error.what)
            self.become(replace(self.book, saving=False, trouble=words))
