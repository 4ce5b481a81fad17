"""A visitor comes again: the box in which the request from before is found and named."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.cases.case_views import CaseFilter, CaseRow
from ult_desktop.core.visits.commands import FollowUp
from ult_desktop.db.cases.case_views import case_list
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits.boards import VisitForms
from ult_desktop.ui.counter.pages import ListBox, PageHost
from ult_desktop.ui.kit import lists, timeline


class FollowUpBox(ListBox):
    """The open requests by number, name, institution or words; one is what the visitor is here for."""

    def __init__(self, host: PageHost, forms: VisitForms) -> None:
        empty = (_("Tidak ada permohonan terbuka yang cocok."), "files")
        rows = lists.RecordList(
            host.theme, _("Cari nomor, nama, instansi, isi …"), empty=empty, own_search=False
        )
        super().__init__(host, _("Lanjutan dari permohonan …"), ("history", "blue"), rows)
        self._visit_id, self._text = forms.card.visit.id, ""
        rows.searched.connect(self._search)
        rows.opened.connect(lambda _case_id: self._name())
        self.name = self.add_act(_("Ini permohonannya"), "check", self._name, "primary")

    @override
    def refresh(self) -> None:
        self.host.read(partial(_open_cases, self._text), self._show)

    def _search(self, text: str) -> None:
        self._text = text
        self.refresh()

    def _show(self, found: tuple[CaseRow, ...]) -> None:
        self.rows.show_rows([self._row(each) for each in found])

    def _row(self, each: CaseRow) -> lists.ListRow:
        return lists.ListRow(
            id=each.id,
            title=each.name or each.detail,
            subtitle=" · ".join(
                filter(None, (each.number, each.detail if each.name else "", each.institution))
            ),
            aside=timeline.when_words(each.opened_at, self.host.now()),
            icon="file-text",
            tint="blue",
            tags=(lists.Tag(each.state.word),),
        )

    def _name(self) -> None:
        if self.rows.selected is not None:
            command = FollowUp(visit_id=self._visit_id, case_id=int(str(self.rows.selected)))
            self.host.perform(command, self._named, told=_("Tercatat sebagai lanjutan."))

    def _named(self, _visit: object) -> None:
        self.accept()


def _open_cases(text: str, office: Office) -> tuple[CaseRow, ...]:
    """Find the cases, on the worker thread."""
    return office.read(lambda tx: case_list(tx, CaseFilter(text=text)))
