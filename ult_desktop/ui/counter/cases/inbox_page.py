"""The page Kotak masuk."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.db.cases.boards import InboxBoard, InboxView, inbox_board, unread
from ult_desktop.ui.counter.cases import inbox_acts, inbox_words
from ult_desktop.ui.counter.cases.case_words import hop_words, timeline_entry
from ult_desktop.ui.counter.pages import WorkPage, snapshot
from ult_desktop.ui.kit import lists, widgets
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.timeline import Timeline


class InboxPage(WorkPage):
    """The inbox (Kotak masuk): questions of other desks, answers that came back, expected visitors."""

    name, icon_name = "inbox", "mail"
    line = "cases"
    needs = frozenset({Permission.ANSWER_ESCALATIONS, Permission.WORK_CASES})
    title = staticmethod(lambda: _("Kotak masuk"))
    waiting = staticmethod(unread)

    @override
    def build(self) -> None:
        self._view: InboxView | None = None
        self.items = lists.RecordList(
            self.theme,
            _("Cari nomor, nama, pengirim …"),
            filters=inbox_words.inbox_filters(),
            empty=(_("Tidak ada yang menunggu Anda."), "mail"),
            opens_first=True,
        )
        self.detail = Detail(self.theme, (_("Pilih sebuah permintaan."), "mail"))
        self.hops, self.timeline = Timeline(self.theme), Timeline(self.theme)
        self.way = self.detail.add_section(_("Disposisi"), self.hops)
        self.history = self.detail.add_section(_("Riwayat permohonan"), self.timeline)
        self.show_split(self.items, self.detail)
        self.sheet = self.way.add_button(
            widgets.Button(self.theme, _("Lembar disposisi"), "quiet", "printer")
        )
        self.case = self.history.add_button(
            widgets.Button(self.theme, _("Buka permohonan"), "quiet", "files")
        )
        self.sheet.clicked.connect(self._print_sheet)
        self.case.clicked.connect(self._open_case)
        self.items.chosen.connect(lambda _key: self.refresh())
        self.items.opened.connect(lambda _key: self.detail.acts.begin())

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(inbox_board, self.host.actor, self.items.selected), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        """Choose a line by the id of an escalation, or by the row's own id."""
        self.items.choose(f"to_do:{subject}" if isinstance(subject, int) else subject)

    def _show(self, board: InboxBoard) -> None:
        self.items.show_rows(inbox_words.inbox_rows(board.items, self.host.now(), self.host.actor.officer_id))
        if board.chosen is None:
            self._view = None
            self.detail.show_nothing()
        elif board.chosen.item.key == self.items.selected:
            self._show_item(board.chosen)

    def _show_item(self, view: InboxView) -> None:
        now, case = self.host.now(), view.case
        self._view = view
        self.detail.show_head(
            view.item.name or _("Tanpa nama"), view.item.number, inbox_words.inbox_tags(view)
        )
        self.detail.show_facts(inbox_words.inbox_facts(view, now))
        self.detail.show_actions(inbox_acts.inbox_actions(self.host, view))
        self.way.setVisible(case is not None)
        self.history.setVisible(case is not None)
        if case is not None:
            entry = partial(hop_words, unit_label=case.unit_label, now=now)
            self.hops.show_entries([entry(escalation) for escalation in case.card.escalations])
            history = reversed(case.card.timeline)
            self.timeline.show_entries([timeline_entry(each, now) for each in history])

    def _print_sheet(self) -> None:
        if self._view is not None and self._view.escalation is not None:
            inbox_acts.offer_sheet(self.host, self._view.escalation)

    def _open_case(self) -> None:
        if self._view is not None:
            self.host.open_page("cases", self._view.item.case_id)
