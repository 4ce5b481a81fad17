"""The group Standar Pelayanan: the components of each service's standard, and its papers."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.standard import components_of, document_components, published_components
from ult_desktop.core.office.template import OfficeTemplate, ServiceTemplate, service_line
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.evidence.papers import pledge_sheet, standard_leaflet
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import offer_paper
from ult_desktop.ui.counter.pages.papers import save, write_document
from ult_desktop.ui.counter.settings.lists_groups import RowsGroup
from ult_desktop.ui.counter.settings.setting import Setting, SettingRows
from ult_desktop.ui.kit import lists

if TYPE_CHECKING:
    from ult_desktop.reports import wall_paper
else:
    wall_paper = late("ult_desktop.reports.wall_paper")

_WITH_SERVICE = ("requirements", "fee")  # the components that the group Layanan asks for


class StandardsGroup(RowsGroup[ServiceTemplate]):
    """The components of each service's standard, except those that the group Layanan asks for."""

    name, icon_name = "standards", "file-check"
    title = staticmethod(lambda: _("Standar"))
    one = staticmethod(lambda: _("Layanan"))
    part, kind = "services", ServiceTemplate
    may_add = may_drop = may_move = False

    @override
    def build(self) -> None:
        super().build()
        self.leaflet = self.add_head_button(_("Brosur"), "printer", self._print_leaflet)
        self.pledge = self.add_head_button(_("Maklumat"), "printer", lambda: save(self.host, _write_pledge))

    def _print_leaflet(self) -> None:
        if self.current is not None:
            offer_paper(self.host, partial(_leaflet, self.current.prefix))

    @override
    def settings(self, office: OfficeTemplate) -> SettingRows:
        components = (*published_components(), *document_components())
        return tuple(Setting(key, name, rows=2) for key, name in components if key not in _WITH_SERVICE)

    @override
    def row_of(self, row: ServiceTemplate) -> lists.ListRow:
        components = components_of(row)
        written = sum(bool(component.lines) for component in components)
        words = _("{n} dari {m}").format(n=written, m=len(components))
        tone = "ok" if written == len(components) else "warn"
        return lists.ListRow(
            id=row.prefix,
            title=service_line(row.prefix, row.name),
            icon=row.icon,
            tags=(lists.Tag(words, tone),),
        )

    @override
    def new_row_values(self, office: OfficeTemplate) -> dict[str, Any]:
        return {}


def _leaflet(prefix: str, office: Office, _actor: Actor) -> Sheet:
    def make(tx: Transaction) -> Sheet:
        row = next(service for service in services.active(tx) if service.definition.prefix == prefix)
        return standard_leaflet(tx, row.id)

    return office.read(make)


def _write_pledge(office: Office, _actor: Actor) -> Path:
    sheet = office.read(lambda tx: pledge_sheet(tx, office.clock()))
    return write_document(sheet.title, "pdf", wall_paper.wall_pdf(sheet))
