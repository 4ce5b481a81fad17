"""The tab Pengunjung: who sits at the counter, and what has to be seen of him before the service."""

from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.ui.counter.pages.visit_tab import VisitTab
from ult_desktop.ui.counter.visits.reading import VisitForms, ticket_forms
from ult_desktop.ui.counter.visits.visit_acts import VisitActs
from ult_desktop.ui.counter.visits.visit_view import VisitView


class VisitorTab(VisitTab):
    """The same visit as on the page Tamu; before he has arrived there may be none yet."""

    name, icon_name = "visitor", "user-round"
    needs = frozenset({Permission.RECEIVE_VISITORS})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Pengunjung")

    @override
    def build(self) -> None:
        self.view = VisitView(self.desk, _("Data pengunjung tampil setelah ia tiba di loket."))
        self.body.addWidget(self.view, 1)
        self.acts = VisitActs(self.desk)
        self.view.asked.connect(self.acts.do)
        self.key("Ctrl+B", partial(self.acts.do_first, "guest"))
        self.key("Ctrl+I", partial(self.acts.do_first, "identity"))
        self.key("Ctrl+K", partial(self.acts.do_first, "card"))

    @override
    def refresh(self) -> None:
        self.fetch(partial(ticket_forms, self.now_serving.ticket.id), self._show)

    def _show(self, forms: VisitForms | None) -> None:
        if forms is not None and forms.card.visit.ticket_id != self.now_serving.ticket.id:
            return
        self.acts.show_forms(forms)
        self.view.show_card(forms.card if forms else None)
        self.view.show_actions(self.acts.actions())
