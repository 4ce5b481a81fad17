"""The tabs Pengunjung and Riwayat: who sits at the counter, and what brought them before."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.visits.visits import EarlierVisit
from ult_desktop.operations.visits import boards, returning_visitors
from ult_desktop.ui.counter.pages import VisitTab, snapshot
from ult_desktop.ui.counter.visits.visit_acts import VisitActs
from ult_desktop.ui.counter.visits.visit_view import VisitView
from ult_desktop.ui.kit import lists, timeline


class VisitorTab(VisitTab):
    """The tab of the visit, as on the page Tamu. Before the visitor has arrived there is no visit."""

    name, icon_name = "visitor", "user-round"
    needs = frozenset({Permission.RECEIVE_VISITORS})
    title = staticmethod(lambda: _("Pengunjung"))

    @override
    def build(self) -> None:
        self.view = VisitView(self.host, _("Data pengunjung tampil setelah ia tiba di loket."))
        self.body.addWidget(self.view, 1)
        self.acts = VisitActs(self.host)
        self._next_act, self._next_ticket_id = "", 0  # the act to begin, for the visitor with that ticket
        self.key("Ctrl+B", partial(self.acts.do_named, "guest"))
        self.key("Ctrl+I", partial(self.acts.do_named, "identity"))
        self.key("Ctrl+D", partial(self.acts.do_named, "card"))

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(boards.ticket_forms, self.now_serving.ticket.id), self._show)

    def want(self, act: str) -> None:
        """Begin the act of that name as soon as the visitor's forms are read; the tab may be out of sight."""
        if self._has_visitor:
            self._next_act, self._next_ticket_id = act, self.now_serving.ticket.id
            self.refresh()

    def _show(self, forms: boards.VisitForms | None) -> None:
        if forms is not None and forms.card.visit.ticket_id != self.now_serving.ticket.id:
            return  # the answer is about the visitor before this one
        self.acts.show_forms(forms)
        self.view.show_card(forms.card if forms else None)
        self.view.show_actions(self.acts.actions())
        act, self._next_act = self._next_act, ""
        if self._next_ticket_id == self.now_serving.ticket.id:
            self.acts.do_named(act)


_ICONS = {VisitChannel.FACE_TO_FACE: "user-round", VisitChannel.PHONE: "phone", VisitChannel.ONLINE: "globe"}


class HistoryTab(VisitTab):
    """The tab of earlier visits of a guest who agreed to be remembered. Enter opens the visit's case."""

    name, icon_name = "history", "history"
    needs = frozenset({Permission.WORK_CASES})
    title = staticmethod(lambda: _("Riwayat"))

    @override
    def build(self) -> None:
        empty = (
            _("Belum ada kunjungan sebelumnya yang diketahui. Hanya tamu yang mengizinkan yang diingat."),
            "history",
        )
        self.visits = lists.RecordList(self.theme, _("Cari permohonan …"), empty=empty)
        self.body.addWidget(self.visits, 1)
        self.visits.opened.connect(self._open_case)
        self._visits_by_id: dict[object, EarlierVisit] = {}

    @override
    def refresh(self) -> None:
        visit = self.now_serving.visit
        if visit is None:
            self._show_visits(())
        else:
            self.fetch(partial(returning_visitors.find_earlier, visit_id=visit.id), self._show_visits)

    def _show_visits(self, visits: tuple[EarlierVisit, ...]) -> None:
        self._visits_by_id = {visit.visit_id: visit for visit in visits}
        self.visits.show_rows([self._row(visit) for visit in visits])

    def _row(self, visit: EarlierVisit) -> lists.ListRow:
        state = (lists.Tag(visit.state.word),) if visit.state else ()
        outcome = (lists.Tag(visit.outcome.word, "ok"),) if visit.outcome else ()
        return lists.ListRow(
            id=visit.visit_id,
            title=visit.detail or visit.service or visit.channel.word,
            subtitle=" · ".join(filter(None, (visit.number, visit.service))),
            aside=timeline.when_words(visit.at, self.host.now()),
            icon=_ICONS[visit.channel],
            tint="blue",
            tags=(*outcome, *state),
        )

    def _open_case(self, visit_id: object) -> None:
        case_id = self._visits_by_id[visit_id].case_id
        if case_id is None:
            self.host.tell(_("Kunjungan itu tanpa permohonan."))
        else:
            self.host.open_page("cases", case_id)
