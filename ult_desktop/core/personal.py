"""Personal text (UU 27/2022): its kinds, and what a person who only looks sees of it.

A field of a command or of a row that holds personal text is marked with one of the types here;
`operations.sealing` seals the marked fields on the way in and masks them on the way out.
"""

import re
from enum import StrEnum
from functools import cache
from typing import Annotated

from msgspec import Meta

from ult_desktop.base import _
from ult_desktop.base.i18n import in_every_language

MARK = "personal"
HIDDEN = "•"
COUNTRY = "62"
# The words that replace an erased name. They are kept in the file in Indonesian, whatever language the
# screens have.
BY_SCHEDULE = "dihapus menurut jadwal"
BY_REQUEST = "dihapus atas permintaan"
_PHONE_LENGTHS = range(6, 17)  # digits
_GROUND_LETTERS = 32  # to which each ground for priority is padded: the sealed length must not betray it
_FULL_NUMBER = 9  # digits; a shorter number has no area code
_MASK = re.compile(  # exactly the shapes that `mask_text` gives, for people also type dots themselves
    rf"[\d+]{{4}}{HIDDEN}{{4}}[\d+]{{3}}|{HIDDEN}{{4}}[\d+]{{0,2}}|.?{HIDDEN}{{3}}(@[^@]*)?", re.DOTALL
)


class PersonalKind(StrEnum):
    """The kind of a marked field's text: it decides which characters its mask shows."""

    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"
    NUMBER = "number"
    WORDS = "words"
    LINE = "line"
    GROUND = "ground"


Phone = Annotated[str, Meta(extra={MARK: PersonalKind.PHONE})]
Email = Annotated[str, Meta(extra={MARK: PersonalKind.EMAIL})]
Contact = Annotated[str, Meta(extra={MARK: PersonalKind.CONTACT})]
"""A telephone number, an e-mail address, a postal address, or a mere name, which is not masked."""
IdNumber = Annotated[str, Meta(extra={MARK: PersonalKind.NUMBER})]
PersonalWords = Annotated[str, Meta(extra={MARK: PersonalKind.WORDS})]
"""An address, who is acted for, what a letter is about."""
ContactLine = Annotated[str, Meta(extra={MARK: PersonalKind.LINE})]
"""A line of a paper or list that the program composes from rows: shown as it is, unless it came sealed."""
PriorityReasonText = Annotated[str, Meta(extra={MARK: PersonalKind.GROUND})]
"""The ground for priority: it has no mask, for officers who hold the keys need it to receive the visitor."""


def sealed_word() -> str:
    """Return the words that a screen shows for a sealed text while its keys are closed."""
    return _("belum terbuka")


@cache
def _sealed_words() -> frozenset[str]:
    return in_every_language("belum terbuka")


def is_masked(text: str) -> bool:
    """Return whether `text` is a mask: a mask must never be written as if it were the text that it hides."""
    shown = text.strip()
    return shown in _sealed_words() or _MASK.fullmatch(shown) is not None


def mask_text(text: str, kind: PersonalKind) -> str:
    """Return the mask of `text`: enough to tell two people apart, not enough to reach either."""
    if kind in (PersonalKind.CONTACT, PersonalKind.LINE):
        kind = _kind_of(text)
    if not text or kind is PersonalKind.CONTACT or text in (BY_SCHEDULE, BY_REQUEST):
        return text
    if kind is PersonalKind.PHONE:
        digits = re.sub(r"[^\d+]", "", text)
        if len(digits) < _FULL_NUMBER:  # the seven digits shown below would be nearly all of it
            return f"{HIDDEN * 4}{digits[-2:]}"
        return f"{digits[:4]}{HIDDEN * 4}{digits[-3:]}"
    if kind is PersonalKind.EMAIL:
        name, _at, domain = text.rpartition("@")
        return f"{name[:1]}{HIDDEN * 3}@{domain}"
    return HIDDEN * 4 if kind is PersonalKind.NUMBER else f"{text[0]}{HIDDEN * 3}"


def pad_reason(ground: str) -> str:
    """Return a ground padded to the length of all others, so that its sealed length does not betray it."""
    return ground.ljust(_GROUND_LETTERS)


def phone_key(text: str) -> str:
    """Return a telephone number in the one form that is compared: 0812…, +62 812… and 62812… are the same.

    Return "" for what is no number.
    """
    digits = re.sub(r"\D", "", text).removeprefix("00")
    if len(digits) not in _PHONE_LENGTHS or re.search(r"[^\W\d_]", text):
        return ""
    national = digits.removeprefix(COUNTRY) if digits.startswith(COUNTRY) else digits.removeprefix("0")
    # "+62 (0)812…" is written too.
    return f"{COUNTRY}{national.removeprefix('0')}"


def phone_forms(text: str) -> tuple[str, ...]:
    """Return the forms in which a telephone number may have been written down; none for what is no number."""
    key = phone_key(text)
    return (key, f"+{key}", f"0{key.removeprefix(COUNTRY)}") if key else ()


def _kind_of(text: str) -> PersonalKind:
    """Return the kind of a contact by its text; a name alone is CONTACT, for names are shown everywhere."""
    if "@" in text:
        return PersonalKind.EMAIL
    if not any(letter.isdigit() for letter in text):
        return PersonalKind.CONTACT
    return PersonalKind.PHONE if phone_key(text) else PersonalKind.WORDS
