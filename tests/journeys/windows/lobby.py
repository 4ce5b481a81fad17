"""The kiosk in the hall: a real window with a real printer on the wire, and a visitor's finger."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.windows.hands import Hands
from tests.journeys.windows.printing import Printing
from tests.ui.conftest import Picture
from ult_desktop.base.config import StationConfig
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.home.home_page import ChoicePage, HomePage
from ult_desktop.ui.kiosk.home.priority import ReasonPage
from ult_desktop.ui.kiosk.parts.service_card import ServiceCard
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
        self.kiosk = KioskWindow(link, printing.desk, theme, StationConfig(), now, times)
        super().__init__(qtbot, self.kiosk)

    @property
    def shell(self) -> KioskFrame:
        return self.kiosk.shell

    def on(self, page: QWidget) -> None:
        """Until that page is shown."""
        self.wait(lambda: self.shell.page is page)

    def cards(self) -> list[ServiceCard]:
        """Those on the page in sight."""
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
        self.click(self.shell.taken.ready)
        return label

    def fill_survey(self, label: str, suggestion: str, picture: Picture) -> None:
        """By the door on the home page: the number on the screen's keys, the best answers, a suggestion."""
        self.on(self.shell.home)
        self.click(self.shell.home.shortcuts.tiles[CodePurpose.SURVEY])
        self.on(self.shell.code.page)
        for letter in label:
            self.click(self.shell.code.page.keyboard.code.key(letter))
        picture(self.window, "perjalanan-kios-kode")
        self.click(self.shell.code.page.go_on)
        self.on(self.shell.survey.page)
        picture(self.window, "perjalanan-kios-survei")
        while self.shell.page is self.shell.survey.page:
            self.click(self.cards()[-1])
        self.on(self.shell.suggestion.page)
        self.write(suggestion)
        picture(self.window, "perjalanan-kios-saran")
        self.click(self.shell.suggestion.page.go_on)
        self.wait(lambda: self.kiosk.flow.scene.visit.screen is Screen.SURVEY_DONE)
        picture(self.window, "perjalanan-kios-terima-kasih")
