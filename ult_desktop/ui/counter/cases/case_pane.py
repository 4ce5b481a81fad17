"""The pane with one case in full and every act on it, for the page and the counter."""

from functools import partial

from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.db.cases.boards import CaseView
from ult_desktop.ui.counter.cases import case_acts, case_words, ppid_acts, ppid_words
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import Column
from ult_desktop.ui.kit.detail import ActionsRow, Detail, Facts
from ult_desktop.ui.kit.timeline import Timeline


class CasePane(QWidget):
    """The pane that shows one case.

    `brief`: next to the visitor, with little room.
    """

    def __init__(self, host: PageHost, *, brief: bool = False) -> None:
        super().__init__()
        self._host, self._brief = host, brief
        theme = host.theme
        self.detail = Detail(theme, (_("Pilih sebuah permohonan."), "file-text"))
        self.hops, self.timeline, self.information = Timeline(theme), Timeline(theme), Facts(theme)
        self.way = self.detail.add_section(_("Disposisi"), self.hops)
        self.register = self.detail.add_section(_("Permohonan informasi publik (PPID)"), self.information)
        self.ppid_acts = ActionsRow(theme)
        self.register.body.addWidget(self.ppid_acts)
        self.history = self.detail.add_section(_("Riwayat"), self.timeline)
        Column(theme, self).addWidget(self.detail)

    def show_case(self, view: CaseView | None) -> None:
        """None: nothing is chosen, or the case is not there any more."""
        if view is None:
            self.detail.show_nothing()
            return
        card, now = view.card, self._host.now()
        who = card.guest.name if card.guest else _("Tanpa nama")
        self.detail.show_head(who, card.case.number, case_words.case_tags(card, now))
        self.detail.show_facts(case_words.case_facts(card, now, brief=self._brief))
        self.detail.show_actions(case_acts.case_actions(self._host, view))
        entry = partial(case_words.hop_words, unit_label=view.unit_label, now=now)
        self.hops.show_entries([entry(escalation) for escalation in card.escalations])
        self.way.setVisible(bool(card.escalations))
        self.information.show_facts(ppid_words.ppid_facts(card, now))
        self.ppid_acts.show_actions(ppid_acts.ppid_actions(self._host, view))
        self.register.setVisible(card.information is not None)
        self.timeline.show_entries([case_words.timeline_entry(each, now) for each in reversed(card.timeline)])
