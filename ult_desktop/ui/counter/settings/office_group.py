"""The groups about the office's own document."""

from typing_extensions import override

from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_changes import office_document, without_people
from ult_desktop.ui.counter.settings.form_group import DocumentGroup, FormGroup, Saver
from ult_desktop.ui.counter.settings.saving import OfficeSaver


class OfficeGroup(DocumentGroup[OfficeTemplate]):
    """A group of the office, read through the link. What is saved is one event."""

    @override
    def make_saver(self) -> Saver[OfficeTemplate]:
        return OfficeSaver(self.host, self.note)

    @override
    def refresh(self) -> None:
        self.fetch(read_document, self.show_read)


class OfficeForm(OfficeGroup, FormGroup[OfficeTemplate]):
    """A form over keys of the office's document."""

    needs = frozenset({Permission.SET_OFFICE})
    kind = OfficeTemplate

    @override
    def show_read(self, document: OfficeTemplate) -> None:
        super().show_read(without_people(document))


def read_document(office: Office) -> OfficeTemplate:
    """Read the office's document with its officers and procedures, on the worker thread."""
    return office.read(office_document)
