"""The guest book (buku tamu) at the kiosk: one question after the other, and what was answered so far."""

from dataclasses import dataclass, replace
from enum import Enum

from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits import commands, guest_book


class Question(Enum):
    """A question of the guest book, in the order asked; REVIEW shows all answers before they are saved."""

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
    """The answers for one line of the guest book while it is filled in; nothing of them outlives the visit.

    Args:
        ticket: whose visit it is.
        regencies: to choose from; `purposes` likewise, both empty where the office has none.
        implied: the purpose that follows from the service; it is not asked for.
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
        """Return the questions, without those that this office need not ask or can answer itself."""
        asks = bool(self.purposes) and not self.implied
        return tuple(each for each in Question if each is not Question.PURPOSE or asks)

    @property
    def place(self) -> tuple[int, int]:
        """Return the number of this question and of all questions; (2, 6): the second of six."""
        return self.questions.index(self.question) + 1, len(self.questions)

    @property
    def chooses(self) -> bool:
        """Return whether the question is answered by tapping a card."""
        offered = self.regencies if self.question is Question.REGENCY else self.purposes
        return self.question in CHOSEN and bool(offered) and not self.written

    def answer(self, question: Question) -> str:
        known = self.implied if question is Question.PURPOSE else ""
        return dict(self.said).get(question, known)

    def says(self, text: str) -> "GuestBookAnswers":
        """Return the line with an answer, "" for none; the next question follows."""
        kept = tuple(pair for pair in self.said if pair[0] is not self.question)
        following = self.questions[self.questions.index(self.question) + 1]
        return replace(self, said=(*kept, (self.question, text)), question=following, written=False)

    def writes(self) -> "GuestBookAnswers":
        """Return the line with the question to be answered in own words: none of the cards fits."""
        return replace(self, written=True)

    def back(self) -> "GuestBookAnswers | None":
        """Return the line one question back; None before the first."""
        if self.written:
            return replace(self, written=False)
        place = self.questions.index(self.question)
        return replace(self, question=self.questions[place - 1], trouble="") if place else None

    def ask(self) -> commands.SignGuestBook:
        """Return the command that saves the line in the office."""
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
