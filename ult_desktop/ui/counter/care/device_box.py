"""The office's assistive devices: where each is, a new one, repaired or broken."""

from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.care.commands import AddDevice, SetDeviceCondition
from ult_desktop.core.care.declarations import Condition, Device
from ult_desktop.db.care import assistive_devices
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import today
from ult_desktop.ui.counter.care.care_words import device_state
from ult_desktop.ui.counter.pages.boxes import FormBox, ListBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.panel import snapshot
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.lists.rows import ListRow

ICON = ("accessibility", "violet")


class DeviceBox(ListBox):
    """What there is, with whom it is, and in what condition."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada alat bantu yang tercatat."), "accessibility")
        rows = RecordList(host.theme, _("Cari alat …"), empty=empty)
        super().__init__(host, _("Alat bantu"), ICON, rows)
        self._known: dict[object, Device] = {}
        rows.opened.connect(lambda _device: self._change())
        self.add = self.add_act(_("Tambah alat"), "plus", self._add, about_row=False)
        self.change = self.add_act(_("Ubah keadaan"), "pen-line", self._change)

    @override
    def refresh(self) -> None:
        self.host.read(snapshot(_devices), self._show)

    def _show(self, found: tuple[Device, ...]) -> None:
        self._known = {device.id: device for device in found}
        self.rows.show_rows([_row(device) for device in found])

    def _add(self) -> None:
        kinds = sorted({device.kind for device in self._known.values()} | set(_usual_kinds()))
        fields = (
            ChoiceField(
                self.theme,
                "kind",
                _("Jenis"),
                [(kind, kind) for kind in kinds],
                free=True,
                required=True,
            ),
            LineField(
                self.theme, "label", _("Nama pada alat"), required=True, hint=_("misalnya Kursi roda 2")
            ),
        )
        FormBox(
            self.host,
            _("Tambah alat bantu"),
            fields,
            command=lambda values: AddDevice(**values),
            verb=_("Tambah"),
            told=_("{label} ditambahkan."),
            draft=self.host.draft("device"),
            icon=ICON,
        ).open()

    def _change(self) -> None:
        device = self._known[self.rows.selected]
        options: list[tuple[str, object]] = [(each.word, each) for each in Condition]
        title = _("Keadaan {label}").format(label=device.label)
        dialogs.choose(self, self.theme, title, options, partial(self._set_condition, device.id))

    def _set_condition(self, device_id: int, condition: object) -> None:
        command = SetDeviceCondition(device_id=device_id, condition=Condition(str(condition)))
        self.host.perform(command, told=_("Keadaan {label} tercatat."))


def _row(device: Device) -> ListRow:
    return ListRow(
        id=device.id,
        title=device.label,
        subtitle=device_state(device),
        icon="accessibility",
        tint="violet" if device.is_free else "slate",
        side_tone="danger" if device.overdue else "",
    )


def _usual_kinds() -> tuple[str, ...]:
    """What POS DKI 2 names."""
    return (_("Kursi roda"), _("Tongkat"), _("Payung"))


def _devices(tx: Transaction, now: int) -> tuple[Device, ...]:
    return assistive_devices.every_device(tx, today(tx, now))
