"""The words of the guest book's questions and of its cards."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle

from ult_desktop.base import _, language
from ult_desktop.core.visits import guest_book
from ult_desktop.ui.kiosk.guest_book.book import GuestBookAnswers, Question
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kiosk.typing import keyboard, typing_page
from ult_desktop.ui.kit.widgets import tint_of

_LONGEST_PHONE = 20
_OUTSIDE = "Luar provinsi"  # what the book keeps, whatever language the visitor reads

_PICTURES = {
    Question.NAME: ("user-round", "blue"),
    Question.INSTITUTION: ("school", "violet"),
    Question.REGENCY: ("map-pin", "green"),
    Question.PHONE: ("phone", "teal"),
    Question.PURPOSE: ("briefcase", "orange"),
    Question.LETTER: ("file-text", "amber"),
}

_KNOWN = {
    "informasi": "info",
    "pengaduan": "megaphone",
    "perizinan": "file-check",
    "pengurusan": "clipboard-check",
}
_SPARE = ("wallet", "award", "database", "message-circle", "landmark", "files", "library", "briefcase")


@dataclass(frozen=True)
class AnswerCard:
    """A card of a question that is answered by tapping: its face, and the answers after its tap."""

    face: Face
    then: Callable[[GuestBookAnswers], GuestBookAnswers]


def title_of(question: Question) -> str:
    return {
        Question.NAME: _("Siapa nama Anda?"),
        Question.INSTITUTION: _("Dari instansi atau sekolah mana?"),
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
        Question.REGENCY: _("Kabupaten/kota"),
        Question.PHONE: _("Telepon"),
        Question.PURPOSE: _("Keperluan"),
        Question.LETTER: _("Nomor surat tugas"),
    }[question]


def typing_of(book: GuestBookAnswers) -> typing_page.Typing:
    asked = book.question
    phone = asked is Question.PHONE
    return typing_page.Typing(
        about=(book.ticket.id, asked, book.written),
        title=title_of(asked),
        hint=hint_of(asked) if not book.written else _("Tulis dengan kata Anda sendiri."),
        place=book.place,
        keys=keyboard.Keys.DIGITS if phone else keyboard.Keys.WORDS,
        text="" if book.written else book.answer(asked),
        verb=_("Lanjut"),
        picture=_PICTURES.get(asked, _PICTURES[Question.NAME]),
        skip="" if asked is Question.NAME or book.written else _("Lewati"),
        notice=_notice(book) if asked is Question.NAME else ("", ""),
        longest=_LONGEST_PHONE if phone else 80,
    )


def _notice(book: GuestBookAnswers) -> tuple[str, str]:
    """Return the privacy notice in full and in short (docs/screens.md, "Kiosk").

    It is shown with the question that takes the first personal data.
    """
    return guest_book.notice_words(book.privacy), guest_book.notice_in_short()


def cards_of(book: GuestBookAnswers) -> tuple[AnswerCard, ...]:
    """Return the cards of the question asked now, with the two ways past them."""
    if book.question is Question.REGENCY:
        named = [
            (name, name, "building-2" if name.startswith("Kota ") else "map-pin") for name in book.regencies
        ]
        named.append((_OUTSIDE, guest_book.outside_word(), "globe"))
    else:
        icons = _purpose_icons([each.value for each in book.purposes])
        named = [
            (each.value, each.within(language()), icon)
            for each, icon in zip(book.purposes, icons, strict=True)
        ]
    chosen = book.answer(book.question)
    cards = [
        AnswerCard(_face(words, "check" if value == chosen else icon, place), _saying(value))
        for place, (value, words, icon) in enumerate(named)
    ]
    other = AnswerCard(_face(_("Lainnya, tulis sendiri"), "keyboard", len(cards)), GuestBookAnswers.writes)
    past = replace(_face(_("Lewati"), "skip-forward", len(cards) + 1), past=True)
    skip = AnswerCard(past, _saying(""))
    return (*cards, other, skip)


def review_lines(book: GuestBookAnswers) -> tuple[tuple[str, str], ...]:
    """Return (name, answer) of everything that was answered."""
    words = {each.value: each.within(language()) for each in book.purposes}
    return tuple(
        (short_name(each), words.get(said, said) if each is Question.PURPOSE else said)
        for each in Question
        if (said := book.answer(each))
    )


def _purpose_icons(values: list[str]) -> list[str]:
    """Return an icon of its own for each purpose, as long as there are enough icons."""
    spare = cycle(_SPARE)
    return [_KNOWN.get(value) or next(spare) for value in values]


def _saying(value: str) -> Callable[[GuestBookAnswers], GuestBookAnswers]:
    return lambda book: book.says(value)


def _face(words: str, icon: str, place: int) -> Face:
    return Face(title=words, name=words, icon=icon, tint=tint_of(place))
