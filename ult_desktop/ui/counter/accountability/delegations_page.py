"""The page Penugasan: who stands in for whom, and handing a task over."""

from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability.commands import EndDelegation
from ult_desktop.core.accountability.deviations import Delegation
from ult_desktop.operations.accountability.delegations import DelegationBoard, delegation_board
from ult_desktop.ui.counter.accountability import delegation_words as words
from ult_desktop.ui.counter.accountability.delegation_form import DelegationForm
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.pages.panel import snapshot
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.widgets.button import Button


class DelegationsPage(WorkPage):
    """The head hands tasks over, and ends it when the absent officer is back."""

    name = "delegations"
    icon_name = "arrow-right-left"
    group = "quality"
    needs = frozenset({Permission.DELEGATE})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Penugasan")

    @override
    def build(self) -> None:
        self._board = DelegationBoard((), (), ())
        self.list = RecordList(
            self.theme,
            _("Cari nama, nomor surat …"),
            filters=words.filters(),
            empty=(_("Belum ada tugas yang dialihkan."), "arrow-right-left"),
        )
        self.detail = Detail(self.theme)
        self.show_split(self.list, self.detail)
        self.give = self.add_head_button(Button(self.theme, _("Alihkan tugas …"), "primary", "plus"))
        self.give.clicked.connect(self._give)
        self.key("Ctrl+N", self._give)
        self.list.chosen.connect(self._show_chosen)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(delegation_board), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    def _show(self, board: DelegationBoard) -> None:
        self._board = board
        self.list.show_rows(words.rows_of(board.found, self.host.now()))
        self._show_chosen(self.list.selected)

    @property
    def chosen(self) -> Delegation | None:
        return next((each for each in self._board.found if each.id == self.list.selected), None)

    def _show_chosen(self, _row: object) -> None:
        found, now = self.chosen, self.host.now()
        if found is None:
            self.detail.show_nothing(_("Pilih penugasan untuk melihat isinya."), "arrow-right-left")
            return
        title = _("{delegate} a.n. {absent}").format(delegate=found.delegate, absent=found.absent)
        self.detail.show_head(title, words.days_of(found), (words.stage_tag(found, now),))
        self.detail.show_facts(words.facts_of(found, dict(self._board.oral)))
        over = words.stage_of(found, now) == words.OVER
        end = DetailAction("end", _("Akhiri sekarang"), "x", "danger", do=partial(self._end, found))
        self.detail.show_actions([] if over else [end])

    def _give(self) -> None:
        DelegationForm(self.host, self._board).open()

    def _end(self, found: Delegation) -> None:
        command = EndDelegation(delegation_id=found.id)
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Akhiri penugasan?"),
            _("{delegate} tidak lagi bertindak a.n. {absent}.").format(
                delegate=found.delegate, absent=found.absent
            ),
            (_("Akhiri"), lambda: self.host.perform(command, told=_("Penugasan diakhiri."))),
        )
