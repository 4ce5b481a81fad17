"""The groups that are lists: services, their categories, counters."""

from functools import partial
from string import ascii_uppercase
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, paths, pgettext
from ult_desktop.core.office.template import (
    CategoryTemplate,
    CounterTemplate,
    OfficeTemplate,
    ServiceTemplate,
)
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.ui.counter.settings.preview import PreviewPane
from ult_desktop.ui.counter.settings.rows_group import RowsGroup
from ult_desktop.ui.counter.settings.setting import Rows, Setting
from ult_desktop.ui.kit import Theme, forms, icons, lists
from ult_desktop.ui.kit.forms.choice_fields import Options


class IconField(forms.ChoiceField):
    """The field with the drawings that the program ships, each next to its name."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        names = sorted(path.stem for path in paths.resource("icons").glob("*.svg"))
        super().__init__(theme, name, label, [(each, each) for each in names], required=True)
        side = theme.text("body")
        self.choice.setIconSize(QSize(side, side))
        for place, each in enumerate(names):
            self.choice.setItemIcon(place, icons.icon(each, theme.color("ink"), side))


def category_options(office: OfficeTemplate) -> Options:
    return [("", _("tanpa kategori")), *((each.key, each.name.id) for each in office.categories)]


_CARD_HEIGHT = 150


class ServicesGroup(RowsGroup[ServiceTemplate]):
    """The services that visitors take numbers for, in the order of the kiosk's cards."""

    name, icon_name = "services", "layout-grid"
    title = staticmethod(lambda: pgettext("many", "Layanan"))
    one = staticmethod(lambda: _("Layanan"))
    part, kind = "services", ServiceTemplate

    @override
    def rows(self, office: OfficeTemplate) -> Rows:
        procedures = [("", _("tanpa prosedur")), *((each, each) for each in office.procedures)]
        officers = [(each.login, each.name) for each in office.officers]
        return (
            (Setting("prefix", _("Huruf nomor")), Setting("icon", _("Gambar"), make=IconField)),
            Setting("name", _("Nama layanan")),
            Setting("description", _("Penjelasan di kartu")),
            Setting("requirements", _("Syarat, satu tiap baris"), rows=3),
            Setting("fee", _("Biaya")),
            (
                Setting("minutes", _("Lama layanan (menit)")),
                Setting("quota", _("Kuota sehari"), _("Kosong: tanpa batas.")),
            ),
            (
                Setting("days", _("Menjawab (hari kerja)"), _("Kosong: seperti kantor.")),
                Setting("seats", _("Janji tiap setengah jam"), _("Kosong: seperti kantor.")),
            ),
            (
                Setting("category", _("Kategori"), options=category_options(office)),
                Setting("procedure", _("Prosedur"), options=procedures),
            ),
            Setting("helpdesk", _("Petugas helpdesk"), options=officers),
            Setting("hours", _("Jam sendiri"), _("Kosong semua: mengikuti jam kantor.")),
        )

    @override
    def preview(self) -> QWidget | None:
        if self.host.previews is None:
            return None
        self.pane = PreviewPane(self.theme, "")
        self.pane.setFixedHeight(self.theme.px(_CARD_HEIGHT))
        return self.pane

    @override
    def show_preview(self, row: ServiceTemplate) -> None:
        if self.host.previews is not None:
            self.pane.show_picture(partial(self.host.previews.card, row, self.theme.contrast))

    @override
    def row_of(self, row: ServiceTemplate) -> lists.ListRow:
        details = row.description.id if row.description else counted("{n} menit", row.minutes)
        return lists.ListRow(
            id=row.prefix,
            title=f"{row.prefix}  {row.name.id}",
            subtitle=details,
            icon=row.icon,
            tint="blue",
            search=row.name.en,
        )

    @override
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        """Return the next free letter as the prefix."""
        taken = {*(each.prefix for each in office.services), office.calling.priority_series}
        return {"prefix": next((each for each in ascii_uppercase if each not in taken), "")}


class CategoriesGroup(RowsGroup[CategoryTemplate]):
    """The kiosk's tree, where there are more services than cards on a page."""

    name, icon_name = "categories", "network"
    title = staticmethod(lambda: pgettext("many", "Kategori"))
    one = staticmethod(lambda: _("Kategori"))
    part, kind = "categories", CategoryTemplate

    @override
    def rows(self, office: OfficeTemplate) -> Rows:
        above = [("", _("di halaman pertama")), *((each.key, each.name.id) for each in office.categories)]
        return (
            (
                Setting("key", _("Kunci"), _("Nama singkat, misalnya guru; tidak tampil di kios.")),
                Setting("icon", _("Gambar"), make=IconField),
            ),
            Setting("name", _("Nama kategori")),
            Setting("parent", _("Di bawah"), options=above),
        )

    @override
    def row_of(self, row: CategoryTemplate) -> lists.ListRow:
        return lists.ListRow(id=row.key, title=row.name.id, subtitle=row.key, icon=row.icon, tint="violet")

    @override
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        return {}


class CountersGroup(RowsGroup[CounterTemplate]):
    """The counters that visitors are called to.

    None is removed, because past numbers and calls refer to it.
    """

    name, icon_name = "counters", "monitor"
    title = staticmethod(lambda: pgettext("many", "Loket"))
    one = staticmethod(lambda: _("Loket"))
    part, kind = "counters", CounterTemplate
    may_drop = may_move = False

    @override
    def rows(self, office: OfficeTemplate) -> Rows:
        services = [(each.prefix, f"{each.prefix}  {each.name.id}") for each in office.services]
        return (
            (
                Setting("number", _("Nomor loket")),
                Setting("name", _("Nama"), _("Kosong: Loket dan nomornya.")),
            ),
            Setting("serves", _("Melayani"), _("Tanpa centang: semua layanan."), options=services),
            Setting("priority", _("Loket prioritas: nomor prioritas didahulukan")),
        )

    @override
    def row_of(self, row: CounterTemplate) -> lists.ListRow:
        return lists.ListRow(
            id=row.number,
            title=counter_name(row.number, row.name),
            subtitle=", ".join(row.serves) or _("semua layanan"),
            icon="monitor",
            tags=(lists.Tag(_("prioritas"), "priority"),) if row.priority else (),
        )

    @override
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        return {"number": max(each.number for each in office.counters) + 1}
