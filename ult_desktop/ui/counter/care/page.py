"""The page Pendampingan: vulnerable visitors, their escorts and devices, and the bar that calls for help."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from ult_desktop.base import _, counted
from ult_desktop.base.formats import format_time
from ult_desktop.base.i18n import in_every_language
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.care import commands
from ult_desktop.core.care.declarations import Alert, AlertKind, Condition, Device, DeviceKind, Escort, Leg
from ult_desktop.core.cases import commands as case_commands
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands as queue_commands
from ult_desktop.core.queue.ticket import Help, readable_reasons
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.care.declarations import CareBoard, CareCard, CareRow, care_board
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.second_comings import arrivals_today
from ult_desktop.operations.lookup import today
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.care import seat_strip
from ult_desktop.ui.counter.pages import Fetching, FormBox, ListBox, PageHost, WorkPage, snapshot
from ult_desktop.ui.counter.words import options_of, service_name
from ult_desktop.ui.kit import Theme, dialogs, forms, lists, widgets
from ult_desktop.ui.kit.detail import Detail, DetailAction, Fact
from ult_desktop.ui.kit.timeline import Timeline, TimelineEntry, when_words


def guest_name(row: CareRow) -> str:
    return row.guest or _("Tamu tanpa nama")


def reasons_words(row: CareRow) -> str:
    """Return the declared reasons. The office erases them after a time, and keeps the visit."""
    return ", ".join(reason.word for reason in readable_reasons(row.grounds)) or _("kelompok rentan")


def help_words(row: CareRow) -> str:
    return ", ".join(Help(wanted).word for wanted in row.help)


def alert_words(alert: Alert) -> str:
    if alert.kind is AlertKind.KIOSK_CALL:
        return _("Pengunjung di {place} minta bantuan petugas.").format(place=alert.place)
    if alert.kind is AlertKind.MANY_NUMBERS:
        return _("Banyak nomor baru saja diambil di {place}. Mungkin rombongan; silakan dilihat.").format(
            place=alert.place
        )
    if alert.kind is AlertKind.SECURITY_CALL:
        where = alert.place or _("loket")
        return _("Petugas keamanan diminta ke {place} untuk {label}.").format(
            place=where, label=alert.label or _("tamu")
        )
    help_wanted = ", ".join(kind.word for kind in alert.help)
    label = alert.label or _("tamu").capitalize()
    if help_wanted:
        return _("{label} kelompok rentan, perlu {help}.").format(label=label, help=help_wanted)
    return _("{label} kelompok rentan, sambut dan dampingi.").format(label=label)


def covered_words(alerts: Sequence[Alert]) -> str:
    """Return the words about the calls for help for a locked PC: how many, and at which counter.

    They have no name, number or reason. Many tickets taken at a kiosk are no call for help.
    """
    calls = [alert for alert in alerts if alert.kind is not AlertKind.MANY_NUMBERS]
    if not calls:
        return ""
    place, *other_places = {alert.place for alert in calls}
    number = place.rpartition(" ")[2]
    # The PC that called may speak another language.
    counter_names = {words.format(n=number) for words in in_every_language("Loket {n}")}
    is_counter = number.isdecimal() and place in counter_names
    if other_places or not is_counter:  # a typed place might name a person
        return counted("{n} permintaan bantuan. Buka kunci untuk menjawab.", len(calls))
    words = _("{n} permintaan bantuan di {place}. Buka kunci untuk menjawab.")
    return words.format(n=len(calls), place=place)


class AlertBar(widgets.Banner):
    """The bar that shows the oldest open alert, hidden when there is none.

    `covered`: the words for a locked PC, which name no visitor.

    Signals:
        acknowledged: the officer takes care of the alert (its id).
        visit_opened: the officer wants to see the visit (its id).
    """

    acknowledged = Signal(int)
    visit_opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._alert: Alert | None = None
        self.covered = ""
        self.take_button = widgets.Button(theme, _("Saya tangani"), "primary", "check")
        self.look_button = widgets.Button(theme, _("Lihat"), "quiet", "eye")
        words = widgets.Label("", "strong", wrap=True, news=True)
        super().__init__(
            theme, ("bell-ring", "violet"), "priority", words, self.look_button, self.take_button
        )
        self.take_button.clicked.connect(self._acknowledge)
        self.look_button.clicked.connect(self._open_visit)

    def _acknowledge(self) -> None:
        if self._alert is not None:
            self.acknowledged.emit(self._alert.id)

    def _open_visit(self) -> None:
        if self._alert is not None and self._alert.visit_id is not None:
            self.visit_opened.emit(self._alert.visit_id)

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """Show the alerts, given oldest first. The first is named, the others are counted."""
        self._alert = next(iter(alerts), None)
        self.covered = covered_words(alerts)
        self.setVisible(self._alert is not None)
        if self._alert is None:
            return
        self.look_button.setVisible(self._alert.visit_id is not None)
        words = alert_words(self._alert)
        if len(alerts) > 1:
            words += " " + _("({n} lagi)").format(n=len(alerts) - 1)
        self.words.setText(words)


_PERMISSION_FOR = {
    AlertKind.VULNERABLE: Permission.ASSIST_VULNERABLE,
    AlertKind.SECURITY_CALL: Permission.GUARD_DOOR,
    AlertKind.KIOSK_CALL: Permission.ASSIST_VULNERABLE,
    AlertKind.MANY_NUMBERS: Permission.RECEIVE_VISITORS,
}
_WELCOMING_ROLES = {Role.RECEPTION, Role.SECURITY}


class AlertWatch(QObject):
    """The reader of the open alerts for the bar, at every change of the office.

    The bar shows an alert to an officer with the permission that its kind needs. An alert about a vulnerable
    visitor is shown at reception and security, and at the one counter that would call the visitor next.
    """

    def __init__(self, host: PageHost, bar: AlertBar) -> None:
        super().__init__(bar)
        self._host, self._bar = host, bar
        self._fetching = Fetching(host)
        self._kinds = {kind for kind, permission in _PERMISSION_FOR.items() if host.actor.may(permission)}
        self._sees_every_visitor = host.counter is None or not host.actor.roles.isdisjoint(_WELCOMING_ROLES)
        self._next_label = ""  # of the ticket that this counter would call now
        self._alerts: tuple[Alert, ...] = ()
        self._shown_ids: frozenset[int] = frozenset()
        bar.acknowledged.connect(self._acknowledge)
        bar.visit_opened.connect(partial(host.open_page, "care"))
        host.lost.connect(self._show_outage)
        self._show_outage()
        if self._kinds:
            host.changed.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(open_alerts, self._show)

    def _show(self, alerts: tuple[Alert, ...]) -> None:
        self._alerts = alerts
        shown_alerts = []
        for alert in alerts:
            is_next = alert.label is not None and alert.label == self._next_label
            is_for_all = self._sees_every_visitor or alert.kind is not AlertKind.VULNERABLE
            if alert.kind in self._kinds and (is_for_all or is_next):
                shown_alerts.append(alert)
        ids = frozenset(alert.id for alert in shown_alerts)
        self._bar.show_alerts(shown_alerts)
        if ids - self._shown_ids:
            QApplication.alert(self._host.window)
            QApplication.beep()  # heard over a locked PC too
        self._shown_ids = ids

    def show_next(self, label: str) -> None:
        """Show the alerts for a counter that would call the ticket with this label now; "" for none."""
        if label != self._next_label:
            self._next_label = label
            self._show(self._alerts)

    def _show_outage(self) -> None:
        """Disable the button while cut off: nobody can acknowledge an alert without the share."""
        self._bar.take_button.setDisabled(self._host.is_cut_off)

    def _acknowledge(self, alert_id: int) -> None:
        self._host.perform(
            commands.AcknowledgeAlert(alert_id=alert_id), message=_("Tercatat: Anda yang menangani.")
        )


def open_alerts(office: Office) -> tuple[Alert, ...]:
    return office.read(declarations.open_alerts)


def escort_words(escort: Escort) -> str:
    if escort.declined:
        return _("Tanpa pendamping {leg}, atas keinginan tamu").format(leg=escort.leg.word)
    if escort.ended_at is None:
        return _("Sedang didampingi {leg}").format(leg=escort.leg.word)
    return _("Didampingi {leg}").format(leg=escort.leg.word)


def next_leg(card: CareCard) -> Leg | None:
    """Return the leg after the last one that was escorted or declined; None after the way out."""
    order = list(Leg)
    after = max((order.index(escort.leg) + 1 for escort in card.escorts), default=0)
    return order[after] if after < len(order) else None


def lent_devices(card: CareCard) -> tuple[Device, ...]:
    """Return the devices that this visitor has."""
    return tuple(device for device in card.devices if device.visit_id == card.line.visit_id)


def device_state(device: Device) -> str:
    if device.loan_id is not None:
        words = _("dipakai {label}").format(label=device.ticket or _("tamu"))
        return words + _(" · belum kembali") if device.overdue else words
    return _("tersedia") if device.is_free else _("rusak")


def free_devices(card: CareCard) -> list[tuple[str, object]]:
    """Return the names and ids of the devices that can be lent."""
    return [(device.label, device.id) for device in card.devices if device.is_free]


def journey(card: CareCard, now: datetime) -> list[TimelineEntry]:
    """Return the entries of alerts, escorts and loans in the order of time."""
    entries = []
    for alert in card.alerts:
        when, what = when_words(alert.at, now), alert_words(alert)
        entries.append((alert.at, TimelineEntry(when=when, icon="bell-ring", tone="danger", what=what)))
    entries += [(escort.began_at, _escort_entry(escort, now)) for escort in card.escorts]
    entries += [(device.lent_at or 0, _loan_entry(device, now)) for device in lent_devices(card)]
    return [entry for _at, entry in sorted(entries, key=lambda pair: pair[0])]


def _escort_entry(escort: Escort, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(escort.began_at, now),
        icon="hand-helping",
        tone="ok" if escort.ended_at else "primary",
        what=escort_words(escort),
        who=escort.officer,
        note=" → ".join(filter(None, (escort.from_place, escort.to_place))),
    )


def _loan_entry(device: Device, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(device.lent_at or 0, now),
        icon="accessibility",
        tone="primary",
        what=_("{label}: {state}").format(label=device.label, state=device_state(device)),
    )


def devices_notice(devices: Sequence[Device]) -> tuple[str, str]:
    """Return a notice about the assistive devices and its tone; ("", "") if there is nothing to say."""
    overdue = sum(device.overdue for device in devices)
    if overdue:
        return counted("{n} alat bantu belum kembali", overdue), "danger"
    if devices and not any(device.is_free for device in devices):
        return _("Tidak ada alat bantu yang tersedia"), "warn"
    return "", ""


_NO_ARRIVAL = 0  # `ComeForResult.arrival_id` of a visitor whom nobody has welcomed today


class CareActs:
    """The acts of an officer for one vulnerable visitor."""

    def __init__(self, host: PageHost) -> None:
        self._host = host

    def actions(self, card: CareCard) -> list[DetailAction]:
        """Return the acts for a visitor, the next one first."""
        # Why most acts are closed once the visit is over; "" while it lasts.
        why_closed = _("Kunjungan ini sudah selesai.") if card.line.ended_at is not None else ""
        acts = []
        if card.alerts:
            acknowledge = partial(self._acknowledge, card)
            acts.append(DetailAction("acknowledge", _("Saya tangani"), "check", acknowledge, "primary"))
        acts += [
            *self._escort_acts(card, why_closed),
            *self._seat_acts(card),
            *self._device_acts(card, why_closed),
        ]
        if not self._host.actor.may(Permission.RECEIVE_VISITORS):
            return acts
        call = partial(self._call_security, card)
        acts.append(DetailAction("security", _("Panggil keamanan"), "shield", call, why_not=why_closed))
        # A visit of an earlier day still waits for its result, unless it is itself the coming for one.
        if card.line.day != self._host.now().date().isoformat() and card.follows is None:
            come_back = partial(self._come_for_result, card)
            words = _("Datang lagi untuk hasil")
            acts.append(DetailAction("again", words, "rotate-ccw", come_back, why_not=why_closed))
        return acts

    def _escort_acts(self, card: CareCard, why_closed: str) -> list[DetailAction]:
        """Return the acts that end the present escort, or begin or decline the next."""
        role = "" if card.alerts else "primary"
        escort = next((escort for escort in card.escorts if escort.ended_at is None), None)
        leg = next_leg(card)
        if escort is not None:
            arrived = partial(self._send, commands.EndEscort(escort_id=escort.id), _("Pendampingan selesai."))
            return [DetailAction("arrived", _("Sudah sampai"), "map-pin", arrived, role)]
        if leg is None:
            return []
        start, goal = _places(leg)
        visit_id = card.line.visit_id
        begin = commands.BeginEscort(visit_id=visit_id, leg=leg, from_place=start, to_place=goal)
        decline = commands.DeclineEscort(visit_id=visit_id, leg=leg)
        return [
            DetailAction(
                "escort",
                _("Dampingi {leg}").format(leg=leg.word),
                "hand-helping",
                partial(self._send, begin, _("Pendampingan dimulai.")),
                role,
                why_closed,
            ),
            DetailAction(
                "alone",
                _("Tamu memilih sendiri"),
                "person-standing",
                partial(self._send, decline, _("Keinginan tamu tercatat.")),
                why_not=why_closed,
            ),
        ]

    def _seat_acts(self, card: CareCard) -> list[DetailAction]:
        """Return the act for the seat of a visitor who waits. Without a free seat the office refuses it."""
        guest = card.seats.guest_of_visit(card.line.visit_id)
        if guest is None or not card.seats.reserved:
            return []
        if guest.sits:
            give_back = partial(
                self._send,
                queue_commands.GiveSeatBack(visit_id=guest.visit_id),
                _("Kursi prioritas kembali."),
            )
            return [DetailAction("seat", _("Kursi kembali"), "armchair", give_back)]
        take = partial(
            self._send, queue_commands.TakeSeat(visit_id=guest.visit_id), _("Kursi prioritas diberikan.")
        )
        return [DetailAction("seat", _("Beri kursi prioritas"), "armchair", take)]

    def _device_acts(self, card: CareCard, why_closed: str) -> list[DetailAction]:
        if not why_closed and not free_devices(card):
            why_closed = _("Tidak ada alat bantu yang tersedia.")
        lend = partial(self._lend, card)
        acts = [DetailAction("lend", _("Pinjamkan alat"), "accessibility", lend, why_not=why_closed)]
        if lent_devices(card):
            take_back = partial(self._take_back, card)
            acts.append(DetailAction("take_back", _("Alat kembali"), "undo-2", take_back))
        return acts

    def _send(self, command: Command, message: str) -> None:
        """Send a command; the message afterwards may name "{label}", the result's."""
        self._host.perform(command, message=message)

    def _acknowledge(self, card: CareCard) -> None:
        for alert in card.alerts:
            self._send(commands.AcknowledgeAlert(alert_id=alert.id), _("Tercatat: Anda yang menangani."))

    def _lend(self, card: CareCard) -> None:
        def lend(device_id: object) -> None:
            command = commands.LendDevice(device_id=int(str(device_id)), visit_id=card.line.visit_id)
            self._send(command, _("{label} dipinjamkan."))

        title = _("Pinjamkan alat bantu")
        dialogs.choose(self._host.window, self._host.theme, title, free_devices(card), lend)

    def _take_back(self, card: CareCard) -> None:
        options: list[tuple[str, Command]] = []
        for device in lent_devices(card):
            for words, condition in (
                (_("{label}, baik"), Condition.GOOD),
                (_("{label}, rusak"), Condition.BROKEN),
            ):
                command = commands.ReturnDevice(loan_id=device.loan_id or 0, condition=condition)
                options.append((words.format(label=device.label), command))

        def take_back(command: Command) -> None:
            self._send(command, _("Alat kembali tercatat."))

        title = _("Alat mana yang kembali?")
        dialogs.choose(self._host.window, self._host.theme, title, options, take_back)

    def _call_security(self, card: CareCard) -> None:
        counter = self._host.counter
        place = "" if counter is None else _("Loket {n}").format(n=counter)
        command = commands.CallSecurity(visit_id=card.line.visit_id, place=place)
        self._send(command, _("Petugas keamanan dipanggil."))

    def _come_for_result(self, card: CareCard) -> None:
        self._host.read(snapshot(arrivals_today), partial(self._choose_arrival, card.line.visit_id))

    def _choose_arrival(self, visit_id: int, arrivals: tuple[Visit, ...]) -> None:
        """Ask which of today's arrivals is this visitor's, if anybody was welcomed today."""

        def record(arrival_id: int) -> None:
            command = case_commands.ComeForResult(visit_id=visit_id, arrival_id=arrival_id)
            self._send(command, _("Kedatangan kedua tercatat."))

        if not arrivals:
            record(_NO_ARRIVAL)
            return
        zone, options = self._host.now().tzinfo, []
        for arrival in arrivals:
            time = format_time(to_datetime(arrival.began_at, zone))
            options.append((_("Disambut pukul {time}").format(time=time), arrival.id))
        options.append((_("Belum disambut"), _NO_ARRIVAL))
        dialogs.choose(self._host.window, self._host.theme, _("Tamu ini sudah disambut?"), options, record)


def _places(leg: Leg) -> tuple[str, str]:
    """Return the start and the end of a part of the way (POS DKI 2, 4 and 10)."""
    return {
        Leg.IN: (_("pintu masuk"), _("ULT")),
        Leg.TO_COUNTER: (_("ruang tunggu"), _("loket prioritas")),
        Leg.OUT: (_("loket"), _("pintu keluar")),
    }[leg]


ICON = ("accessibility", "violet")


class DeviceBox(ListBox[Device]):
    """The box of assistive devices: which there are, who has them, and in what condition."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada alat bantu yang tercatat."), "accessibility")
        rows = lists.RecordList(host.theme, _("Cari alat …"), empty=empty)
        super().__init__(host, _("Alat bantu"), ICON, rows)
        self.new_button = self.add_act(_("Tambah alat"), "plus", self._add, about_row=False)
        self.change_button = self.add_act(_("Ubah keadaan"), "pen-line", self._change, opens_row=True)

    @override
    def refresh(self) -> None:
        self.host.read(snapshot(_read_devices), self.show_records)

    @override
    def row_of(self, record: Device) -> lists.ListRow:
        return lists.ListRow(
            id=record.id,
            title=record.label,
            subtitle=device_state(record),
            icon="accessibility",
            tint="violet" if record.is_free else "slate",
            side_tone="danger" if record.overdue else "",
        )

    def _add(self) -> None:
        fields = (
            forms.ChoiceField(self.theme, "kind", _("Jenis"), options_of(DeviceKind), required=True),
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
            message=_("{label} ditambahkan."),
            draft=self.host.draft("device"),
            icon=ICON,
        ).open()

    def _change(self) -> None:
        device = self.chosen
        options = [(condition.word, condition) for condition in Condition]
        title = _("Keadaan {label}").format(label=device.label)
        dialogs.choose(self, self.theme, title, options, partial(self._set_condition, device.id))

    def _set_condition(self, device_id: int, condition: Condition) -> None:
        command = commands.SetDeviceCondition(device_id=device_id, condition=condition)
        self.host.perform(command, message=_("Keadaan {label} tercatat."))


def _read_devices(tx: Transaction, now: int) -> tuple[Device, ...]:
    return assistive_devices.every_device(tx, today(tx, now))


class CarePage(WorkPage):
    """The page of vulnerable visitors: those of today, and those still expected for their result."""

    name, icon_name, group = "care", "heart-handshake", "visitors"
    line = "guests"
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
        self.journey = Timeline(self.theme)
        self.journey_section = self.detail.add_section(_("Perjalanan tamu"), self.journey)
        self.show_split(self.visitors, self.detail)
        self.acts = CareActs(self.host)
        self.occupancy = self.add_head_pill()
        self.lent = self.add_head_pill()
        self.devices_button = self.add_head_button(
            _("Alat bantu"), "accessibility", lambda: DeviceBox(self.host).open()
        )
        self.visitors.chosen.connect(self._choose)
        self._chosen_visit_id: int | None = None

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(care_board, self._chosen_visit_id), self._show_board)

    @override
    def open_subject(self, subject: object) -> None:
        self.visitors.choose(int(str(subject)))

    def _show_board(self, board: CareBoard) -> None:
        if board.card is None:
            self.detail.show_nothing()
        else:
            self._show_card(board.card)
        alerts = {alert.visit_id: alert_words(alert) for alert in board.alerts}
        sitting_ids = {guest.visit_id for guest in board.seats.guests if guest.sits}
        self.visitors.show_rows(
            [
                self._row(row, alerts.get(row.visit_id, ""), sits=row.visit_id in sitting_ids)
                for row in board.rows
            ]
        )
        is_full = board.seats.taken >= board.seats.reserved
        words = seat_strip.seat_words(board.seats) if board.seats.reserved else ""
        self.occupancy.show_status(words, "warn" if is_full else "priority", "armchair")
        self.lent.show_status(*devices_notice(board.devices), "accessibility")

    def _row(self, row: CareRow, alert: str, *, sits: bool) -> lists.ListRow:
        """Make the row of a visitor; `alert` says what they need now, "" for nothing."""
        return lists.ListRow(
            id=row.visit_id,
            title="  ".join(filter(None, (row.label, guest_name(row)))),
            subtitle=alert or reasons_words(row),
            aside=when_words(row.began_at, self.host.now()),
            icon="heart-handshake",
            tint="violet",
            tags=(
                *((lists.Tag(help_words(row), "accent"),) if row.help else ()),
                *((lists.Tag(_("duduk"), "priority", "armchair"),) if sits else ()),
            ),
            groups=frozenset({"alert"}) if alert else frozenset(),
            strong=bool(alert),
            side_tone="danger" if alert else "",
        )

    def _choose(self, visit_id: int | None) -> None:
        self._chosen_visit_id = visit_id
        self.refresh()

    def _show_card(self, card: CareCard) -> None:
        row = card.line
        devices = ", ".join(device.label for device in lent_devices(card))
        reasons = lists.Tag(reasons_words(row), "priority")
        self.detail.show_head(guest_name(row), service_name(row), (reasons,))
        self.detail.show_facts(
            [
                Fact(_("Nomor antrean"), row.label or ""),
                Fact(_("Bantuan yang diminta"), help_words(row)),
                Fact(_("Alat yang dipakai"), devices),
                Fact(_("Kedatangan"), when_words(row.began_at, self.host.now())),
            ]
        )
        self.detail.show_actions(self.acts.actions(card))
        entries = journey(card, self.host.now())
        self.journey.show_entries(entries)
        self.journey_section.setVisible(bool(entries))
