"""The page Pendampingan: vulnerable visitors, their escorts and devices, and what is done for them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from typing_extensions import override

from ult_desktop.base import _, counted
from ult_desktop.base.formats import format_time
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care import commands, declarations as care_declarations
from ult_desktop.core.care.declarations import Alert, AlertKind, Device, Escort, Leg
from ult_desktop.core.cases import commands as case_commands
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands as queue_commands
from ult_desktop.core.queue.ticket import Help, readable_reasons
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.care.declarations import CareCard, CareRow
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.second_comings import arrivals_today
from ult_desktop.operations.lookup import today
from ult_desktop.ui.counter.care import seat_strip
from ult_desktop.ui.counter.pages import FormBox, ListBox, PageHost, WorkPage, snapshot
from ult_desktop.ui.counter.words import service_name, worded
from ult_desktop.ui.kit import detail, dialogs, forms, lists, timeline
from ult_desktop.ui.kit.detail import Detail, DetailAction
from ult_desktop.ui.kit.timeline import TimelineEntry, when_words


def who(line: CareRow) -> str:
    return line.guest or _("Tamu tanpa nama")


def grounds(line: CareRow) -> str:
    """Return the declared reasons. The office erases them after a time, and keeps the visit."""
    return ", ".join(each.word for each in readable_reasons(line.grounds)) or _("kelompok rentan")


def helps(line: CareRow) -> str:
    return ", ".join(Help(each).word for each in line.help)


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
    wanted = ", ".join(each.word for each in alert.help)
    label = alert.label or _("tamu").capitalize()
    if wanted:
        return _("{label} kelompok rentan, perlu {help}.").format(label=label, help=wanted)
    return _("{label} kelompok rentan, sambut dan dampingi.").format(label=label)


def covered_words(alerts: Sequence[Alert]) -> str:
    """Return the words about the calls for a locked PC.

    They say how many and at which counter; no name, number or reason. Many numbers at a kiosk are no call.
    """
    calls = [alert for alert in alerts if alert.kind is not AlertKind.MANY_NUMBERS]
    if not calls:
        return ""
    places = {alert.place for alert in calls}
    (place, *others) = places
    if others or not _is_counter(place):  # a typed place might name a person
        return counted("{n} permintaan bantuan. Buka kunci untuk menjawab.", len(calls))
    words = _("{n} permintaan bantuan di {place}. Buka kunci untuk menjawab.")
    return words.format(n=len(calls), place=place)


def _is_counter(place: str) -> bool:
    number = place.rpartition(" ")[2]
    return number.isdecimal() and place in (_("Loket {n}").format(n=number), f"Loket {number}")


def escort_words(escort: Escort) -> str:
    if escort.declined:
        return _("Tanpa pendamping {leg}, atas keinginan tamu").format(leg=escort.leg.word)
    if escort.ended_at is None:
        return _("Sedang didampingi {leg}").format(leg=escort.leg.word)
    return _("Didampingi {leg}").format(leg=escort.leg.word)


def next_leg(card: CareCard) -> Leg | None:
    """Return the next part of the way; None after the last."""
    escorted = {escort.leg for escort in card.escorts}
    return next((leg for leg in Leg if leg not in escorted and not _passed(leg, escorted)), None)


def _passed(leg: Leg, escorted: set[Leg]) -> bool:
    """Return whether a later part has been escorted already, so that this one needs no escort."""
    order = list(Leg)
    return any(order.index(other) > order.index(leg) for other in escorted)


def under_way(card: CareCard) -> Escort | None:
    return next((escort for escort in card.escorts if escort.ended_at is None), None)


def lent_to(card: CareCard) -> tuple[Device, ...]:
    return tuple(device for device in card.devices if device.visit_id == card.line.visit_id)


def device_state(device: Device) -> str:
    if device.loan_id is not None:
        with_whom = device.ticket or _("tamu")
        late = _(" · belum kembali") if device.overdue else ""
        return _("dipakai {label}").format(label=with_whom) + late
    return _("tersedia") if device.is_free else _("rusak")


def free_devices(card: CareCard) -> Iterator[tuple[str, object]]:
    """Yield the choices for a lending."""
    return ((device.label, device.id) for device in card.devices if device.is_free)


def journey(card: CareCard, now: datetime) -> list[TimelineEntry]:
    """Return the entries of the journey in the order of time."""
    return [entry for _at, entry in sorted(_entries(card, now), key=lambda pair: pair[0])]


def _entries(card: CareCard, now: datetime) -> Iterator[tuple[int, TimelineEntry]]:
    for alert in card.alerts:
        yield alert.at, _called(alert, now)
    for escort in card.escorts:
        yield escort.began_at, _accompanied(escort, now)
    for device in lent_to(card):
        yield device.lent_at or 0, _lent(device, now)


def _called(alert: Alert, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(alert.at, now), icon="bell-ring", tone="danger", what=alert_words(alert)
    )


def _accompanied(escort: Escort, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(escort.began_at, now),
        icon="hand-helping",
        tone="ok" if escort.ended_at else "primary",
        what=escort_words(escort),
        who=escort.officer,
        note=" → ".join(filter(None, (escort.from_place, escort.to_place))),
    )


def _lent(device: Device, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(device.lent_at or 0, now),
        icon="accessibility",
        tone="primary",
        what=_("{label}: {state}").format(label=device.label, state=device_state(device)),
    )


def devices_notice(devices: Sequence[Device]) -> tuple[str, str]:
    """Return a notice about the assistive devices and its tone; ("", "") while some are free."""
    late = sum(device.overdue for device in devices)
    if late:
        return counted("{n} alat bantu belum kembali", late), "danger"
    none_left = bool(devices) and not any(device.is_free for device in devices)
    return (_("Tidak ada alat bantu yang tersedia"), "warn") if none_left else ("", "")


class CareActs:
    """The acts of an officer for one vulnerable visitor."""

    def __init__(self, host: PageHost) -> None:
        self._host = host

    def actions(self, card: CareCard) -> list[DetailAction]:
        """Return the buttons for a visitor, the next act first."""
        over = _("Kunjungan ini sudah selesai.") if card.line.ended_at is not None else ""
        take = partial(self._acknowledge, card)
        mine = DetailAction("acknowledge", _("Saya tangani"), "check", take, "primary")
        wanted = [
            *([mine] if card.alerts else []),
            *self._about_ways(card, over),
            *self._about_seat(card),
            *self._about_devices(card, over),
        ]
        if not self._host.actor.may(Permission.RECEIVE_VISITORS):
            return wanted
        call = partial(self._security, card)
        wanted.append(DetailAction("security", _("Panggil keamanan"), "shield", call, why=over))
        if card.line.day != self._host.now().date().isoformat() and card.follows is None:
            again = partial(self._again, card)
            text = _("Datang lagi untuk hasil")
            wanted.append(DetailAction("again", text, "rotate-ccw", again, why=over))
        return wanted

    def _about_ways(self, card: CareCard, gone: str) -> list[DetailAction]:
        role = "" if card.alerts else "primary"
        escort, leg = under_way(card), next_leg(card)
        if escort is not None:
            arrived = partial(self._send, commands.EndEscort(escort_id=escort.id), _("Pendampingan selesai."))
            return [DetailAction("arrived", _("Sudah sampai"), "map-pin", arrived, role)]
        if leg is None:
            return []
        start, goal = _places(leg)
        visit_id = card.line.visit_id
        begin = commands.BeginEscort(visit_id=visit_id, leg=leg, from_place=start, to_place=goal)
        go = partial(self._send, begin, _("Pendampingan dimulai."))
        decline = commands.DeclineEscort(visit_id=visit_id, leg=leg)
        alone = partial(self._send, decline, _("Keinginan tamu tercatat."))
        words = _("Dampingi {leg}").format(leg=leg.word)
        return [
            DetailAction("escort", words, "hand-helping", go, role, gone),
            DetailAction("alone", _("Tamu memilih sendiri"), "person-standing", alone, why=gone),
        ]

    def _about_seat(self, card: CareCard) -> list[DetailAction]:
        """Return the seat's buttons for a visitor who waits.

        The page counts seats; without one left the act is refused.
        """
        guest = card.seats.guest(card.line.visit_id)
        if guest is None or not card.seats.kept:
            return []
        if guest.sits:
            back = partial(
                self._send,
                queue_commands.GiveSeatBack(visit_id=guest.visit_id),
                _("Kursi prioritas kembali."),
            )
            return [DetailAction("seat", _("Kursi kembali"), "armchair", back)]
        take = partial(
            self._send, queue_commands.TakeSeat(visit_id=guest.visit_id), _("Kursi prioritas diberikan.")
        )
        return [DetailAction("seat", _("Beri kursi prioritas"), "armchair", take)]

    def _about_devices(self, card: CareCard, gone: str) -> list[DetailAction]:
        none = gone or ("" if any(free_devices(card)) else _("Tidak ada alat bantu yang tersedia."))
        lend = partial(self._lend, card)
        found = [DetailAction("lend", _("Pinjamkan alat"), "accessibility", lend, why=none)]
        if lent_to(card):
            back = partial(self._take_back, card)
            found.append(DetailAction("take_back", _("Alat kembali"), "undo-2", back))
        return found

    def _send(self, command: Command, message: str) -> None:
        self._host.perform(command, message=message)

    def _acknowledge(self, card: CareCard) -> None:
        for alert in card.alerts:
            self._send(commands.AcknowledgeAlert(alert_id=alert.id), _("Tercatat: Anda yang menangani."))

    def _lend(self, card: CareCard) -> None:
        def chosen(device: object) -> None:
            command = commands.LendDevice(device_id=int(str(device)), visit_id=card.line.visit_id)
            self._send(command, _("{label} dipinjamkan."))

        title = _("Pinjamkan alat bantu")
        dialogs.choose(self._host.window, self._host.theme, title, list(free_devices(card)), chosen)

    def _take_back(self, card: CareCard) -> None:
        options: list[tuple[str, object]] = []
        returns: list[Command] = []
        for device in lent_to(card):
            for words, condition in (
                (_("{label}, baik"), care_declarations.Condition.GOOD),
                (_("{label}, rusak"), care_declarations.Condition.BROKEN),
            ):
                options.append((words.format(label=device.label), len(returns)))
                returns.append(commands.ReturnDevice(loan_id=device.loan_id or 0, condition=condition))

        def chosen(place: object) -> None:
            self._send(returns[int(str(place))], _("Alat kembali tercatat."))

        title = _("Alat mana yang kembali?")
        dialogs.choose(self._host.window, self._host.theme, title, options, chosen)

    def _security(self, card: CareCard) -> None:
        counter = self._host.counter
        place = "" if counter is None else _("Loket {n}").format(n=counter)
        command = commands.CallSecurity(visit_id=card.line.visit_id, place=place)
        self._send(command, _("Petugas keamanan dipanggil."))

    def _again(self, card: CareCard) -> None:
        self._host.read(snapshot(arrivals_today), partial(self._choose_arrival, card.line.visit_id))

    def _choose_arrival(self, visit_id: int, arrivals: tuple[Visit, ...]) -> None:
        """Ask who of those welcomed today it is, where somebody was."""

        def chosen(arrival_id: int) -> None:
            command = case_commands.ComeForResult(visit_id=visit_id, arrival_id=arrival_id)
            self._send(command, _("Kedatangan kedua tercatat."))

        if not arrivals:
            chosen(0)
            return
        zone = self._host.now().tzinfo
        options = [
            (_("Disambut pukul {time}").format(time=format_time(to_datetime(each.began_at, zone))), each.id)
            for each in arrivals
        ]
        title, none = _("Tamu ini sudah disambut?"), (_("Belum disambut"), 0)
        dialogs.choose(self._host.window, self._host.theme, title, [*options, none], chosen)


def _places(leg: care_declarations.Leg) -> tuple[str, str]:
    """Return the start and the end of a part of the way (POS DKI 2, 4 and 10)."""
    return {
        care_declarations.Leg.IN: (_("pintu masuk"), _("ULT")),
        care_declarations.Leg.TO_COUNTER: (_("ruang tunggu"), _("loket prioritas")),
        care_declarations.Leg.OUT: (_("loket"), _("pintu keluar")),
    }[leg]


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
            message=_("{label} ditambahkan."),
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
        self.host.perform(command, message=_("Keadaan {label} tercatat."))


def _row(device: care_declarations.Device) -> lists.ListRow:
    return lists.ListRow(
        id=device.id,
        title=device.label,
        subtitle=device_state(device),
        icon="accessibility",
        tint="violet" if device.is_free else "slate",
        side_tone="danger" if device.overdue else "",
    )


def _devices(tx: Transaction, now: int) -> tuple[care_declarations.Device, ...]:
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
        self.way = timeline.Timeline(self.theme)
        self.journey = self.detail.add_section(_("Perjalanan tamu"), self.way)
        self.show_split(self.visitors, self.detail)
        self.acts = CareActs(self.host)
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
        calling = {alert.visit_id: alert_words(alert) for alert in found.alerts}
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
        self.lent.show_status(*devices_notice(found.devices), "accessibility")

    def _row(self, line: declarations.CareRow, alert: str, *, sits: bool) -> lists.ListRow:
        return lists.ListRow(
            id=line.visit_id,
            title="  ".join(filter(None, (line.label, who(line)))),
            subtitle=alert or grounds(line),
            aside=timeline.when_words(line.began_at, self.host.now()),
            icon="heart-handshake",
            tint="violet",
            tags=(
                *((lists.Tag(helps(line), "accent"),) if line.help else ()),
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
        self.detail.show_head(who(line), service_name(line), (lists.Tag(grounds(line), "priority"),))
        self.detail.show_facts(
            [
                detail.Fact(_("Nomor antrean"), line.label or ""),
                detail.Fact(_("Bantuan yang diminta"), helps(line)),
                detail.Fact(_("Alat yang dipakai"), ", ".join(each.label for each in lent_to(card))),
                detail.Fact(_("Kedatangan"), timeline.when_words(line.began_at, self.host.now())),
            ]
        )
        self.detail.show_actions(self.acts.actions(card))
        entries = journey(card, self.host.now())
        self.way.show_entries(entries)
        self.journey.setVisible(bool(entries))
