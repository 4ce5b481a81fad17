"""The kiosk in the hall: a real window with a real printer on the wire, and a visitor's finger."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.windows.hands import Hands, settle
from tests.journeys.windows.printing import Printing
from tests.ui.conftest import Picture
from ult_desktop.base.config import StationConfig
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.guest_book.book import Question
from ult_desktop.ui.kiosk.home.home_page import ChoicePage, HomePage
from ult_desktop.ui.kiosk.home.priority import ReasonPage
from ult_desktop.ui.kiosk.offline_link import KioskLink
from ult_desktop.ui.kiosk.parts.card_grid import ServiceCard
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.survey.survey_page import SurveyQuestionPage
from ult_desktop.ui.kiosk.visit import CodePurpose, Screen
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.link import OfficeLink

SIZE = (1080, 1920)


class KioskVisitor(Hands):
    """The kiosk's window; touches by what stands on the cards."""

    def __init__(
        self, qtbot: QtBot, link: OfficeLink, now: Callable[[], datetime], printing: Printing
    ) -> None:
        self.link, self.printing = link, printing
        theme = Theme.for_window("kiosk", *SIZE)
        times = KioskTimes(deaf=0, stay=60_000)
        self.alone = KioskLink(link)
        self.kiosk = KioskWindow(self.alone, printing.desk, theme, StationConfig(), now, times)
        super().__init__(qtbot, self.kiosk)

    def update_state(self) -> None:
        """The kiosk's own timer, now and not within the next seconds."""
        self.kiosk.flow.refresh()
        self.shell.head.clock.tick()
        settle()

    @property
    def shell(self) -> KioskFrame:
        return self.kiosk.shell

    def on(self, page: QWidget) -> None:
        """Until that page is shown."""
        self.wait(lambda: self.shell.page is page)

    def cards(self) -> list[ServiceCard]:
        """Return the cards on the page in sight."""
        page = self.shell.page
        if not isinstance(page, HomePage | ReasonPage | ChoicePage | SurveyQuestionPage):
            return []
        return [card for card in page.grid.cards if card.isVisible()]

    def touch_card(self, title: str) -> None:
        """The card of that title."""
        self.wait(lambda: title in [card.face.title for card in self.cards()])
        self.click(next(card for card in self.cards() if card.face.title == title))

    def take_number(self, *titles: str, picture: Picture) -> str:
        """Through the categories to a service; the number on the screen and on paper, and home again."""
        self.on(self.shell.home)
        for title in titles:
            self.touch_card(title)
        self.on(self.shell.taken)
        label = self.shell.taken.slip.number.text()
        self.wait(lambda: any(label in paper for paper in self.printing.papers))
        picture(self.window, "perjalanan-kios-nomor")
        self.click(self.shell.taken.ready_button)
        return label

    def sign_guest_book(self, label: str, said: Mapping[Question, str], picture: Picture) -> None:
        """By the door on the home page; a question that nothing is `said` to is skipped."""
        self._give_code(CodePurpose.BOOK, label, picture)
        keeping = self.kiosk.flow.guest_book
        self.wait(lambda: keeping.book is not None)
        while keeping.book is not None and keeping.book.question is not Question.REVIEW:
            self._answer(said.get(keeping.book.question, ""))
        self.on(self.shell.review.page)
        picture(self.window, "perjalanan-kios-buku-tamu")
        self.click(self.shell.review.page.save_button)
        self.on(self.shell.notice)
        picture(self.window, "perjalanan-kios-buku-tamu-tersimpan")
        self.click(self.shell.notice.action_button)
        self.on(self.shell.home)

    def _answer(self, text: str) -> None:
        """A question of the guest book, by the card that says so or by the keyboard."""
        writing = self.shell.writing.page
        if self.shell.page is not writing:
            self.touch_card(text or "Lewati")
            return
        self.write(text)
        self.click(writing.go_on_button)

    def _give_code(self, purpose: CodePurpose, label: str, picture: Picture) -> None:
        """The number on the screen's keys."""
        self.on(self.shell.home)
        self.click(self.shell.home.shortcuts.tiles[purpose])
        page = self.shell.code.page
        self.on(page)
        for letter in label:
            self.click(page.keyboard.code.key(letter))
        picture(self.window, "perjalanan-kios-kode")
        self.click(page.go_on_button)

    def fill_survey(self, label: str, suggestion: str, picture: Picture) -> None:
        """By the door on the home page: the best answers, a suggestion."""
        self._give_code(CodePurpose.SURVEY, label, picture)
        self.on(self.shell.survey.page)
        picture(self.window, "perjalanan-kios-survei")
        while self.shell.page is self.shell.survey.page:
            self.click(self.cards()[-1])
        self.on(self.shell.suggestion.page)
        self.write(suggestion)
        picture(self.window, "perjalanan-kios-saran")
        self.click(self.shell.suggestion.page.go_on_button)
        self.wait(lambda: self.kiosk.flow.scene.visit.screen is Screen.SURVEY_DONE)
        picture(self.window, "perjalanan-kios-terima-kasih")
