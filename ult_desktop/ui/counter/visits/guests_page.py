"""The page Tamu: who came today, what each still needs, and what the office holds of theirs."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.pages.papers import offer_paper
from ult_desktop.ui.counter.visits.guest_words import visit_row
from ult_desktop.ui.counter.visits.reading import (
    VisitForms,
    VisitorBoard,
    read_visitors,
    spd_of_today,
    visit_forms,
    waiting_arrivals,
)
from ult_desktop.ui.counter.visits.visit_acts import VisitActs
from ult_desktop.ui.counter.visits.visit_view import VisitView
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.widgets.button import Button

_KEYS = {"Ctrl+B": "guest", "Ctrl+I": "identity", "Ctrl+K": "card", "Ctrl+N": "number", "Ctrl+E": "end"}


class GuestsPage(WorkPage):
    """For reception and front office: guest book, number, identity, cards, letters, the end of a visit.

    Keys: Ctrl+B guest book, Ctrl+N number, Ctrl+I identity, Ctrl+K card, Ctrl+E end.
    """

    name = "guests"
    icon_name = "book-open"
    group = "visitors"
    needs = frozenset({Permission.RECEIVE_VISITORS})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Tamu")

    @override
    def build(self) -> None:
        self.visits = RecordList(
            self.theme,
            _("Cari nama, instansi, nomor …"),
            filters=(
                Filter("here", _("Di sini")),
                Filter("new", _("Baru"), tone="warn"),
                Filter("cards", _("Kartu"), tone="danger"),
                Filter("badges", _("Tag")),
                Filter("", _("Semua")),
            ),
            empty=(_("Belum ada tamu hari ini."), "book-open"),
        )
        self.view = VisitView(self.host, _("Pilih seorang tamu."))
        self.show_split(self.visits, self.view)
        self.acts = VisitActs(self.host)
        self.visits.chosen.connect(self._choose)
        self.view.asked.connect(self.acts.do)
        self.visits.opened.connect(lambda _id: self.acts.do_first("guest"))
        for keys, act in _KEYS.items():
            self.key(keys, partial(self.acts.do_first, act))
        self.spd = self.add_head_button(Button(self.theme, _("Daftar SPD"), icon_name="printer"))
        self.spd.clicked.connect(lambda: offer_paper(self.host, spd_of_today))
        self._chosen: int | None = None

    @override
    def refresh(self) -> None:
        self.fetch(read_visitors, self._show)
        self._choose(self._chosen)

    @override
    def open_subject(self, subject: object) -> None:
        self.visits.choose(int(str(subject)))

    @override
    def badge_query(self) -> Callable[[Office], int]:
        return waiting_arrivals

    def _show(self, found: VisitorBoard) -> None:
        self.visits.show_rows([visit_row(line, self.host.now()) for line in found.visits])

    def _choose(self, visit_id: int | None) -> None:
        self._chosen = visit_id
        if visit_id is None:
            self._show_forms(None)
        else:
            self.fetch(partial(visit_forms, visit_id), self._show_forms)

    def _show_forms(self, forms: VisitForms | None) -> None:
        if forms is not None and forms.card.visit.id != self._chosen:
            return
        self.acts.show_forms(forms)
        self.view.show_card(forms.card if forms else None)
        self.view.show_actions(self.acts.actions())
