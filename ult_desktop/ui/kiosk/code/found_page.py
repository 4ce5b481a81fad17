"""What became of a code: one message, and what can be done next."""

from PySide6.QtCore import Signal

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.kiosk_code import KnownCode, KnownTicket
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.ui.kiosk.code.found_words import notice_of
from ult_desktop.ui.kiosk.parts.notice_page import NoticePage
from ult_desktop.ui.kiosk.parts.targets import main_action, set_button_words
from ult_desktop.ui.kit.theme import Theme, set_style_properties

_SERVED = (TicketState.SERVING, TicketState.DONE)


class FoundPage(NoticePage):
    """Adds the guest book and the survey where they are still to be filled in.

    Signals:
        book_requested, survey_requested: for the ticket that is shown.
    """

    book_requested = Signal()
    survey_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.book, self.survey = main_action(theme, "notebook-pen"), main_action(theme, "smile")
        self.book.clicked.connect(self.book_requested)
        self.survey.clicked.connect(self.survey_requested)
        for button in (self.survey, self.book):
            self.acts.insertWidget(0, button, 1)
        self.title.setProperty("type", "hero")

    def show_found(self, known: KnownCode) -> None:
        self.show_notice(notice_of(known))
        set_button_words(self.book, _("Isi buku tamu"))
        set_button_words(self.survey, _("Isi survei"))
        ticket = known if isinstance(known, KnownTicket) else None
        self.book.setVisible(ticket is not None and ticket.signable)
        self.survey.setVisible(ticket is not None and ticket.ticket.state in _SERVED)
        more = not (self.book.isHidden() and self.survey.isHidden())
        set_style_properties(self.action, role="" if more else "primary")
