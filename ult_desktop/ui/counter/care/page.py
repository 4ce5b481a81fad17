"""The page Pendampingan."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care.declarations import Alert
from ult_desktop.core.queue.boards import Seats
from ult_desktop.db.care import declarations
from ult_desktop.db.care.declarations import CareCard, CareRow
from ult_desktop.db.queue.tickets import seats_on
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.ui.counter.care.acts import CareActs
from ult_desktop.ui.counter.care.care_words import alert_words, grounds, helps, journey, lent_to, who
from ult_desktop.ui.counter.care.device_box import DeviceBox
from ult_desktop.ui.counter.care.seat_strip import seat_words
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.words import service_name
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.lists.rows import ListRow, Tag
from ult_desktop.ui.kit.timeline import Timeline, when_words
from ult_desktop.ui.kit.widgets.button import Button


class CarePage(WorkPage):
    """Vulnerable visitors of today and those still expected for their result."""

    name = "care"
    icon_name = "heart-handshake"
    group = "visitors"
    needs = frozenset({Permission.ASSIST_VULNERABLE})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Pendampingan")

    @override
    def build(self) -> None:
        self.visitors = RecordList(
            self.theme,
            _("Cari nama atau nomor …"),
            filters=(Filter("", _("Semua")), Filter("alert", _("Perlu ditangani"), tone="danger")),
            empty=(_("Belum ada tamu kelompok rentan hari ini."), "heart-handshake"),
        )
        self.detail = Detail(self.theme)
        self.way = Timeline(self.theme)
        self.journey = self.detail.add_section(_("Perjalanan tamu"), self.way)
        self.show_split(self.visitors, self.detail)
        self.acts = CareActs(self.host)
        self.occupancy = self.add_head_pill()
        self.devices = self.add_head_button(Button(self.theme, _("Alat bantu"), icon_name="accessibility"))
        self.devices.clicked.connect(lambda: DeviceBox(self.host).open())
        self.visitors.chosen.connect(self._choose)
        self.detail.asked.connect(self.acts.do)
        self._chosen: int | None = None

    @override
    def refresh(self) -> None:
        self.fetch(_todays, self._show)
        self._choose(self._chosen)

    @override
    def open_subject(self, subject: object) -> None:
        self.visitors.choose(int(str(subject)))

    @override
    def badge_query(self) -> Callable[[Office], int]:
        return open_alerts_count

    def _show(self, found: "_Todays") -> None:
        calling = {alert.visit_id: alert_words(alert) for alert in found.alerts}
        sitting = {guest.visit_id for guest in found.seats.guests if guest.sits}
        self.visitors.show_rows(
            [
                self._row(line, calling.get(line.visit_id, ""), sits=line.visit_id in sitting)
                for line in found.lines
            ]
        )
        full = found.seats.taken >= found.seats.kept
        words = seat_words(found.seats) if found.seats.kept else ""
        self.occupancy.show_status(words, "warn" if full else "priority", "armchair")

    def _row(self, line: CareRow, alert: str, *, sits: bool) -> ListRow:
        return ListRow(
            id=line.visit_id,
            title="  ".join(filter(None, (line.label, who(line)))),
            subtitle=alert or grounds(line),
            aside=when_words(line.began_at, self.host.now()),
            icon="heart-handshake",
            tint="violet",
            tags=(
                *((Tag(helps(line), "accent"),) if line.help else ()),
                *((Tag(_("duduk"), "priority", "armchair"),) if sits else ()),
            ),
            groups=frozenset({"alert"}) if alert else frozenset(),
            strong=bool(alert),
            side_tone="danger" if alert else "",
        )

    def _choose(self, visit_id: int | None) -> None:
        self._chosen = visit_id
        if visit_id is None:
            self.acts.show_card(None)
            self.detail.show_nothing(_("Pilih seorang tamu."), "heart-handshake")
        else:
            self.fetch(partial(_card, visit_id), self._show_card)

    def _show_card(self, card: CareCard | None) -> None:
        if card is None or card.line.visit_id != self._chosen:
            return
        self.acts.show_card(card)
        line = card.line
        self.detail.show_head(who(line), service_name(line), (Tag(grounds(line), "priority"),))
        self.detail.show_facts(
            [
                Fact(_("Nomor antrean"), line.label or ""),
                Fact(_("Bantuan yang diminta"), helps(line)),
                Fact(_("Alat yang dipakai"), ", ".join(each.label for each in lent_to(card))),
                Fact(_("Kedatangan"), when_words(line.began_at, self.host.now())),
            ]
        )
        self.detail.show_actions(self.acts.actions())
        entries = journey(card, self.host.now())
        self.way.show_entries(entries)
        self.journey.setVisible(bool(entries))


class _Todays(NamedTuple):
    """What the page shows: today's visitors and those still expected, calls for care, seats."""

    lines: tuple[CareRow, ...]
    alerts: tuple[Alert, ...]
    seats: Seats


def _todays(office: Office) -> _Todays:
    day = today_of(office)
    here = office.read(lambda tx: declarations.vulnerable_visits(tx, day))
    known = {line.visit_id for line in here}
    expected = tuple(line for line in office.read(declarations.still_expected) if line.visit_id not in known)
    found = office.read(lambda tx: seats_on(tx, day))
    return _Todays((*here, *expected), office.read(declarations.open_alerts), found)


def _card(visit_id: int, office: Office) -> CareCard | None:
    day = today_of(office)
    return office.read(lambda tx: declarations.care_card(tx, visit_id, day))


def open_alerts_count(office: Office) -> int:
    return len(office.read(declarations.open_alerts))
