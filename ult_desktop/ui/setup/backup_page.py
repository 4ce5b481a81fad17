"""Where the copies go that make a lost office whole again."""

from functools import partial
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.operations.office.place import examine_backups
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.page import Page, Values


class BackupPage(Page):
    """It can be put off, and stays red until it is done."""

    def __init__(self, theme: Theme) -> None:
        self.when = forms.RadioField(
            theme,
            "when",
            _("Cadangan"),
            (("later", _("Nanti")), ("now", _("Ke folder di disk atau PC lain, setiap jam"))),
        )
        self.folder = forms.FolderField(
            theme, "backup", _("Folder cadangan"), required=True, hint=r"E:\cadangan"
        )
        super().__init__(
            theme,
            _("Cadangan"),
            _(
                "Satu disk rusak membawa semua nomor dan permohonan. Cadangan di disk USB atau di PC lain"
                " menyelamatkannya."
            ),
            (self.when, self.folder),
        )
        self.when.changed.connect(self._show_questions)

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        self.form.show_values({"when": "now" if draft.backup else "later", "backup": draft.backup})
        self._show_questions()

    def _show_questions(self) -> None:
        later = self.when.value() == "later"
        self.folder.set_shown(not later)
        self.note.say(
            _("Sampai diisi, pemeriksaan kantor (doctor, Kesehatan) menunjukkannya merah.") if later else ""
        )

    @override
    def answered(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(self.draft, backup=values.get("backup", ""))

    @override
    def settle(self, draft: SetupDraft) -> None:
        if not draft.backup:
            self.passed.emit(draft)
            return
        office = (
            draft.report.path
            if draft.report
            else Path(draft.share.folder if draft.share else draft.place, "x")
        )
        self.work.run(
            _("Memeriksa folder cadangan …"),
            partial(examine_backups, draft.backup, office),
            partial(self.pass_with, draft),
            self.refuse,
        )
