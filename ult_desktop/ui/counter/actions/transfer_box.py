"""Sending a visitor on: to a service, to a counter, or back to the sender, with a remark."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from ult_desktop.base.i18n import _, language
from ult_desktop.core.queue.boards import CounterBoard, CounterState
from ult_desktop.core.queue.commands import Transfer
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.words import counter_name
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.forms.option_button import Option
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.combo_box import ComboBox


class TransferBox(Box):
    """Exactly one destination can be chosen; the remark goes along to the next officer."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        board: CounterBoard,
        ticket: Ticket,
        chosen: Callable[[Transfer], object],
    ) -> None:
        title = _("Alihkan {label}").format(label=ticket.label)
        super().__init__(parent, theme, title, ("arrow-right-left", "blue"))
        self._counter = board.mine.number
        self.service, self.counter, self.remark = ComboBox(theme), ComboBox(theme), QLineEdit()
        self._fill(board, ticket)
        self.to_service = self._add_way(_("Ke layanan lain"), self.service)
        self.to_counter = self._add_way(_("Ke loket lain"), self.counter)
        self.back = self._add_way(_("Kembali ke pengirim"), None)
        if ticket.sender_counter is not None:
            self.back.setText(_("Kembali ke pengirim (loket {n})").format(n=ticket.sender_counter))
        self.back.setVisible(ticket.sender_counter is not None)
        self.to_counter.setEnabled(self.counter.count() > 0)
        self.remark.setPlaceholderText(_("Pesan untuk petugas berikutnya (boleh kosong)"))
        self.remark.setAccessibleName(_("Pesan"))
        self.words.addWidget(self.remark)
        self.to_service.setChecked(True)
        self.add_button(_("Batal"), "quiet", lambda: None)
        self.send = self.add_button(_("Alihkan"), "primary", lambda: chosen(self.wish()))
        self.service.setFocus()

    def _fill(self, board: CounterBoard, ticket: Ticket) -> None:
        for service in board.services:
            if service.id != ticket.service_id:
                text = f"{service.prefix} · {service.name.within(language())}"
                self.service.addItem(text, service.id)
        for line in board.counters:
            if line.number != board.mine.number and line.state is not CounterState.CLOSED:
                self.counter.addItem(counter_name(line), line.number)

    def _add_way(self, text: str, choice: ComboBox | None) -> QRadioButton:
        switch = Option(text)
        self.words.addWidget(switch)
        if choice is None:
            return switch
        choice.setAccessibleName(text)
        choice.activated.connect(lambda _index: switch.setChecked(True))
        switch.toggled.connect(lambda on: choice.setFocus() if on else None)
        self.words.addWidget(choice)
        return switch

    def wish(self) -> Transfer:
        """The request as chosen now."""
        remark = self.remark.text().strip()
        if self.back.isChecked():
            return Transfer(counter=self._counter, back=True, remark=remark)
        if self.to_counter.isChecked():
            return Transfer(counter=self._counter, to_counter=self.counter.currentData(), remark=remark)
        return Transfer(counter=self._counter, to_service=self.service.currentData(), remark=remark)
