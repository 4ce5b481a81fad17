"""Which office is made: a ready-made one, with a name and hours of its own."""

import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.office.template import OfficeTemplate, Weekly
from ult_desktop.operations.office.office_files import load_office, office_names
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.page import Page, Values


class OfficePage(Page):
    """Services, counters and procedures come with the ready-made office; all can be changed later."""

    def __init__(self, theme: Theme) -> None:
        self._offices: dict[str, OfficeTemplate] = {name: load_office(name) for name in office_names()}
        named = [(name, each.office.name) for name, each in self._offices.items()]
        self.template = forms.ChoiceField(theme, "template", _("Contoh kantor"), named, required=True)
        super().__init__(
            theme,
            _("Nama dan jam layanan"),
            _("Layanan, loket, dan POS diambil dari contohnya. Semuanya dapat diubah nanti di Pengaturan."),
            (
                self.template,
                (
                    forms.LineField(theme, "name", _("Nama kantor"), required=True),
                    forms.LineField(theme, "short_name", _("Nama pendek"), required=True, most=40),
                ),
                forms.LogoField(theme, "logo", _("Logo kantor")),
                forms.HoursField(theme, "hours", _("Jam layanan"), empty=Weekly()),
            ),
        )
        self.template.changed.connect(self._show_ready_made)

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        if not draft.office.name:
            self.template.show_value(draft.office.template)
            self._show_ready_made()
        else:
            self.form.show_values(msgspec.structs.asdict(draft.office))

    def _show_ready_made(self) -> None:
        ready = self._offices[str(self.template.value())]
        about = ready.office
        self.form.show_values({"name": about.name, "short_name": about.short_name, "hours": ready.hours})

    @override
    def answered(self, values: Values) -> SetupDraft:
        office = msgspec.structs.replace(self.draft.office, **values)
        counters = tuple(each.number for each in self._offices[office.template].counters)
        return msgspec.structs.replace(self.draft, office=office, counters=counters)
