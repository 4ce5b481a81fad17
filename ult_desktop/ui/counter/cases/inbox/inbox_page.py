"""The page Kotak masuk."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case_views import CaseInbox
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.cases.case_words import hop_words, timeline_entry
from ult_desktop.ui.counter.cases.inbox.inbox_acts import InboxActs
from ult_desktop.ui.counter.cases.inbox.inbox_reading import (
    InboxView,
    count_unread,
    read_inbox,
    view_item,
)
from ult_desktop.ui.counter.cases.inbox.inbox_words import (
    inbox_facts,
    inbox_filters,
    inbox_rows,
    inbox_tags,
    row_id,
)
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.timeline import Timeline
from ult_desktop.ui.kit.widgets.button import Button


class InboxPage(WorkPage):
    """What other desks ask of this officer, what came back to him, and visitors on their way to him."""

    name = "inbox"
    icon_name = "mail"
    group = "requests"
    needs = frozenset({Permission.ANSWER_ESCALATIONS, Permission.WORK_CASES})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Kotak masuk")

    @override
    def build(self) -> None:
        self._inbox = CaseInbox(items=(), counts=())
        self.items = RecordList(
            self.theme,
            _("Cari nomor, nama, pengirim …"),
            filters=inbox_filters(),
            empty=(_("Tidak ada yang menunggu Anda."), "mail"),
        )
        self.detail = Detail(self.theme, (_("Pilih sebuah permintaan."), "mail"))
        self.hops, self.timeline = Timeline(self.theme), Timeline(self.theme)
        self.way = self.detail.add_section(_("Disposisi"), self.hops)
        self.history = self.detail.add_section(_("Riwayat permohonan"), self.timeline)
        self.show_split(self.items, self.detail)
        self.acts = InboxActs(self.host)
        self.sheet = self.way.add_button(Button(self.theme, _("Lembar disposisi"), "quiet", "printer"))
        self.case = self.history.add_button(Button(self.theme, _("Buka permohonan"), "quiet", "files"))
        self.sheet.clicked.connect(lambda: self.acts.do("sheet"))
        self.case.clicked.connect(lambda: self.acts.do("open"))
        self.items.chosen.connect(self._choose)
        self.items.opened.connect(lambda _item: self.acts.begin())
        self.detail.asked.connect(self.acts.do)

    @override
    def refresh(self) -> None:
        self.fetch(partial(read_inbox, self.host.actor), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        """The id of an escalation, or a row's own."""
        self.items.choose(f"to_do:{subject}" if isinstance(subject, int) else subject)

    @override
    def badge_query(self) -> Callable[[Office], int]:
        return partial(count_unread, self.host.actor)

    def _show(self, inbox: CaseInbox) -> None:
        self._inbox = inbox
        self.items.show_rows(inbox_rows(inbox.items, self.host.now(), self.host.actor.officer_id))
        self._choose(self.items.selected)

    def _choose(self, chosen: object) -> None:
        item = next((each for each in self._inbox.items if row_id(each) == chosen), None)
        if item is None:
            self.acts.show_item(None)
            self.detail.show_nothing(_("Pilih sebuah permintaan."), "mail")
        else:
            self.fetch(partial(view_item, item, self.host.actor), self._show_item)

    def _show_item(self, view: InboxView) -> None:
        if row_id(view.item) != self.items.selected:
            return
        now, case = self.host.now(), view.case
        self.acts.show_item(view)
        self.detail.show_head(view.item.name or _("Tanpa nama"), view.item.number, inbox_tags(view))
        self.detail.show_facts(inbox_facts(view, now))
        self.detail.show_actions(self.acts.actions())
        self.way.setVisible(case is not None)
        self.history.setVisible(case is not None)
        if case is not None:
            entry = partial(hop_words, unit_label=case.unit_label, now=now)
            self.hops.show_entries([entry(escalation) for escalation in case.card.escalations])
            history = reversed(case.card.timeline)
            self.timeline.show_entries([timeline_entry(each, now) for each in history])
