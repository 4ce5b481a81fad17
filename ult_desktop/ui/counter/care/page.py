"""The page Pendampingan."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care import commands, declarations as care_declarations
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import today
from ult_desktop.ui.counter.care import acts, care_words, seat_strip
from ult_desktop.ui.counter.pages import FormBox, ListBox, PageHost, WorkPage, snapshot
from ult_desktop.ui.counter.words import service_name, worded
from ult_desktop.ui.kit import detail, dialogs, forms, lists, timeline
from ult_desktop.ui.kit.detail import Detail

ICON = ("accessibility", "violet")


class DeviceBox(ListBox):
    """The box of assistive devices: which there are, who has them, and in what condition."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada alat bantu yang tercatat."), "accessibility")
        rows = lists.RecordList(host.theme, _("Cari alat …"), empty=empty)
        super().__init__(host, _("Alat bantu"), ICON, rows)
        self._known: dict[object, care_declarations.Device] = {}
        rows.opened.connect(lambda _device: self._change())
        self.add = self.add_act(_("Tambah alat"), "plus", self._add, about_row=False)
        self.change = self.add_act(_("Ubah keadaan"), "pen-line", self._change)

    @override
    def refresh(self) -> None:
        self.host.read(snapshot(_devices), self._show)

    def _show(self, found: tuple[care_declarations.Device, ...]) -> None:
        self._known = {device.id: device for device in found}
        self.rows.show_rows([_row(device) for device in found])

    def _add(self) -> None:
        fields = (
            forms.ChoiceField(
                self.theme, "kind", _("Jenis"), worded(care_declarations.DeviceKind), required=True
            ),
            forms.LineField(
                self.theme, "label", _("Nama pada alat"), required=True, hint=_("misalnya Kursi roda 2")
            ),
        )
        FormBox(
            self.host,
            _("Tambah alat bantu"),
            fields,
            command=lambda values: commands.AddDevice(**values),
            verb=_("Tambah"),
            told=_("{label} ditambahkan."),
            draft=self.host.draft("device"),
            icon=ICON,
        ).open()

    def _change(self) -> None:
        device = self._known[self.rows.selected]
        options: list[tuple[str, object]] = [(each.word, each) for each in care_declarations.Condition]
        title = _("Keadaan {label}").format(label=device.label)
        dialogs.choose(self, self.theme, title, options, partial(self._set_condition, device.id))

    def _set_condition(self, device_id: int, condition: object) -> None:
        command = commands.SetDeviceCondition(
            device_id=device_id, condition=care_declarations.Condition(str(condition))
        )
        self.host.perform(command, told=_("Keadaan {label} tercatat."))


def _row(device: care_declarations.Device) -> lists.ListRow:
    return lists.ListRow(
        id=device.id,
        title=device.label,
        subtitle=care_words.device_state(device),
        icon="accessibility",
        tint="violet" if device.is_free else "slate",
        side_tone="danger" if device.overdue else "",
    )


def _devices(tx: Transaction, now: int) -> tuple[care_declarations.Device, ...]:
    return assistive_devices.every_device(tx, today(tx, now))


class CarePage(WorkPage):
    """The page of vulnerable visitors: those of today, and those still expected for their result."""

    name, icon_name, group = "care", "heart-handshake", "visitors"
    needs = frozenset({Permission.ASSIST_VULNERABLE})
    title = staticmethod(lambda: _("Pendampingan"))
    waiting = staticmethod(lambda tx, _now, _actor: len(declarations.open_alerts(tx)))

    @override
    def build(self) -> None:
        self.visitors = lists.RecordList(
            self.theme,
            _("Cari nama atau nomor …"),
            filters=(
                lists.Filter("", _("Semua")),
                lists.Filter("alert", _("Perlu ditangani"), tone="danger"),
            ),
            empty=(_("Belum ada tamu kelompok rentan hari ini."), "heart-handshake"),
            opens_first=True,
        )
        self.detail = Detail(self.theme, (_("Pilih seorang tamu."), "heart-handshake"))
        self.way = timeline.Timeline(self.theme)
        self.journey = self.detail.add_section(_("Perjalanan tamu"), self.way)
        self.show_split(self.visitors, self.detail)
        self.acts = acts.CareActs(self.host)
        self.occupancy = self.add_head_pill()
        self.lent = self.add_head_pill()
        self.devices = self.add_head_button(
            _("Alat bantu"), "accessibility", lambda: DeviceBox(self.host).open()
        )
        self.visitors.chosen.connect(self._choose)
        self._chosen: int | None = None

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(declarations.care_board, self._chosen), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        self.visitors.choose(int(str(subject)))

    def _show(self, found: declarations.CareBoard) -> None:
        if found.card is None:
            self.detail.show_nothing()
        else:
            self._show_card(found.card)
        calling = {alert.visit_id: care_words.alert_words(alert) for alert in found.alerts}
        sitting = {guest.visit_id for guest in found.seats.guests if guest.sits}
        self.visitors.show_rows(
            [
                self._row(line, calling.get(line.visit_id, ""), sits=line.visit_id in sitting)
                for line in found.rows
            ]
        )
        full = found.seats.taken >= found.seats.kept
        words = seat_strip.seat_words(found.seats) if found.seats.kept else ""
        self.occupancy.show_status(words, "warn" if full else "priority", "armchair")
        self.lent.show_status(*care_words.devices_notice(found.devices), "accessibility")

    def _row(self, line: declarations.CareRow, alert: str, *, sits: bool) -> lists.ListRow:
        return lists.ListRow(
            id=line.visit_id,
            title="  ".join(filter(None, (line.label, care_words.who(line)))),
            subtitle=alert or care_words.grounds(line),
            aside=timeline.when_words(line.began_at, self.host.now()),
            icon="heart-handshake",
            tint="violet",
            tags=(
                *((lists.Tag(care_words.helps(line), "accent"),) if line.help else ()),
                *((lists.Tag(_("duduk"), "priority", "armchair"),) if sits else ()),
            ),
            groups=frozenset({"alert"}) if alert else frozenset(),
            strong=bool(alert),
            side_tone="danger" if alert else "",
        )

    def _choose(self, visit_id: int | None) -> None:
        self._chosen = visit_id
        self.refresh()

    def _show_card(self, card: declarations.CareCard) -> None:
        line = card.line
        self.detail.show_head(
            care_words.who(line), service_name(line), (lists.Tag(care_words.grounds(line), "priority"),)
        )
        self.detail.show_facts(
            [
                detail.Fact(_("Nomor antrean"), line.label or ""),
                detail.Fact(_("Bantuan yang diminta"), care_words.helps(line)),
                detail.Fact(
                    _("Alat yang dipakai"), ", ".join(each.label for each in care_words.lent_to(card))
                ),
                detail.Fact(_("Kedatangan"), timeline.when_words(line.began_at, self.host.now())),
            ]
        )
        self.detail.show_actions(self.acts.actions(card))
        entries = care_words.journey(card, self.host.now())
        self.way.show_entries(entries)
        self.journey.setVisible(bool(entries))
