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
from ult_desktop.ui.counter.pages.list_page import ListPage
from ult_desktop.ui.counter.pages.panel import snapshot
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.widgets.button import Button


class DelegationsPage(ListPage[Delegation]):
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
        self.add_list(
            _("Cari nama, nomor surat …"),
            words.filters(),
            (_("Belum ada tugas yang dialihkan."), "arrow-right-left"),
            (_("Pilih penugasan untuk melihat isinya."), "arrow-right-left"),
        )
        self.give = self.add_head_button(Button(self.theme, _("Alihkan tugas …"), "primary", "plus"))
        self.give.clicked.connect(self._give)
        self.key("Ctrl+N", self._give)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(delegation_board), self._show)

    def _show(self, board: DelegationBoard) -> None:
        self._board = board
        self.show_records(board.found, words.rows_of(board.found, self.host.now()))

    @override
    def show_record(self, found: Delegation) -> None:
        now = self.host.now()
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
