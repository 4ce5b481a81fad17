"""The guest book (buku tamu) at the kiosk: one question after the other, and what was answered so far."""

from dataclasses import dataclass, replace
from enum import Enum

from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits import commands, guest_book


class Question(Enum):
    """What is asked, in this order; REVIEW shows it all before it is saved."""

    NAME = "name"
    INSTITUTION = "institution"
    REGENCY = "regency"
    PHONE = "phone"
    PURPOSE = "purpose"
    LETTER = "letter_number"
    REVIEW = "review"


SHIPPED = PrivacyWords()
CHOSEN = frozenset({Question.REGENCY, Question.PURPOSE})


@dataclass(frozen=True)
class GuestBookAnswers:
    """One line of the guest book while it is filled in; nothing of it outlives the visit.

    Args:
        ticket: whose visit it is.
        regencies: to choose from; `purposes` likewise, both empty where the office has none.
        implied: the purpose that the service tells already; it is not asked for.
        privacy: the office's own notice.
        question: what is asked now; `written`: a choice is answered in own words.
        said: the answers by question.
        remember: the visitor agreed to be known again.
        saving: it is on its way; `trouble` why the last try failed.
    """

    ticket: Ticket
    regencies: tuple[str, ...] = ()
    purposes: tuple[guest_book.GuestBookChoice, ...] = ()
    implied: str = ""
    privacy: PrivacyWords = SHIPPED
    question: Question = Question.NAME
    written: bool = False
    said: tuple[tuple[Question, str], ...] = ()
    remember: bool = False
    saving: bool = False
    trouble: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Without those that this office has nothing to ask about, or knows."""
        asks = bool(self.purposes) and not self.implied
        return tuple(each for each in Question if each is not Question.PURPOSE or asks)

    @property
    def place(self) -> tuple[int, int]:
        """(2, 6): the second of six."""
        return self.questions.index(self.question) + 1, len(self.questions)

    @property
    def chooses(self) -> bool:
        """The question is answered by touching a card."""
        offered = self.regencies if self.question is Question.REGENCY else self.purposes
        return self.question in CHOSEN and bool(offered) and not self.written

    def answer(self, question: Question) -> str:
        known = self.implied if question is Question.PURPOSE else ""
        return dict(self.said).get(question, known)

    def says(self, text: str) -> "GuestBookAnswers":
        """An answer, "" for none; the next question follows."""
        kept = tuple(pair for pair in self.said if pair[0] is not self.question)
        following = self.questions[self.questions.index(self.question) + 1]
        return replace(self, said=(*kept, (self.question, text)), question=following, written=False)

    def writes(self) -> "GuestBookAnswers":
        """None of the cards fits."""
        return replace(self, written=True)

    def back(self) -> "GuestBookAnswers | None":
        """One question back; None before the first."""
        if self.written:
            return replace(self, written=False)
        place = self.questions.index(self.question)
        return replace(self, question=self.questions[place - 1], trouble="") if place else None

    def ask(self) -> commands.SignGuestBook:
        """What is asked of the office."""
        return commands.SignGuestBook(
            ticket_id=self.ticket.id,
            name=self.answer(Question.NAME),
            institution=self.answer(Question.INSTITUTION),
            regency=self.answer(Question.REGENCY),
            phone=self.answer(Question.PHONE),
            letter_number=self.answer(Question.LETTER),
            purpose=self.answer(Question.PURPOSE),
            remember=self.remember,
            notice=guest_book.notice_version(self.privacy),
        )
