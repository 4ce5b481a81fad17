"""What can be done for a vulnerable visitor, and the words when it cannot."""

from collections.abc import Callable

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care.commands import (
    AcknowledgeAlert,
    BeginEscort,
    CallSecurity,
    ComeForResult,
    DeclineEscort,
    EndEscort,
    GiveSeatBack,
    LendDevice,
    ReturnDevice,
    TakeSeat,
)
from ult_desktop.core.care.declarations import Condition, Leg
from ult_desktop.core.command import Command
from ult_desktop.db.care.declarations import CareCard
from ult_desktop.ui.counter.care.care_words import free_devices, lent_to, next_leg, under_way
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction

Act = Callable[[CareCard], object]


class CareActs:
    """The acts on the visitor shown last."""

    def __init__(self, host: PageHost) -> None:
        self._host = host
        self._card: CareCard | None = None
        self._by_name: dict[str, Act] = {
            "acknowledge": self._acknowledge,
            "escort": self._escort,
            "arrived": self._arrived,
            "alone": self._alone,
            "seat": self._seat,
            "lend": self._lend,
            "take_back": self._take_back,
            "security": self._security,
            "again": self._again,
        }

    def show_card(self, card: CareCard | None) -> None:
        self._card = card

    def do(self, name: str) -> None:
        if self._card is not None:
            self._by_name[name](self._card)

    def actions(self) -> list[DetailAction]:
        """The buttons for the visitor shown, the next thing to do first."""
        card = self._card
        if card is None:
            return []
        gone = _("Kunjungan ini sudah selesai.") if card.line.ended_at is not None else ""
        wanted = [
            *self._about_alerts(card),
            *self._about_ways(card, gone),
            *self._about_seat(card),
            *self._about_devices(card, gone),
        ]
        if not self._host.actor.may(Permission.RECEIVE_VISITORS):
            return wanted
        call = DetailAction("security", _("Panggil keamanan"), "shield", why=gone)
        again = DetailAction("again", _("Datang lagi untuk hasil"), "rotate-ccw", why=gone)
        return [*wanted, call, *([again] if self._of_earlier_day(card) else [])]

    def _of_earlier_day(self, card: CareCard) -> bool:
        return card.line.day != self._host.now().date().isoformat() and card.follows is None

    @staticmethod
    def _about_alerts(card: CareCard) -> list[DetailAction]:
        return (
            [DetailAction("acknowledge", _("Saya tangani"), "check", role="primary")] if card.alerts else []
        )

    @staticmethod
    def _about_ways(card: CareCard, gone: str) -> list[DetailAction]:
        role = "" if card.alerts else "primary"
        if under_way(card) is not None:
            return [DetailAction("arrived", _("Sudah sampai"), "map-pin", role=role)]
        leg = next_leg(card)
        if leg is None:
            return []
        go = _("Dampingi {leg}").format(leg=leg.word)
        return [
            DetailAction("escort", go, "hand-helping", role=role, why=gone),
            DetailAction("alone", _("Tamu memilih sendiri"), "person-standing", why=gone),
        ]

    @staticmethod
    def _about_seat(card: CareCard) -> list[DetailAction]:
        """For who waits; seats are counted on the page, and refused in words when none is left."""
        guest = card.seats.guest(card.line.visit_id)
        if guest is None or not card.seats.kept:
            return []
        return [
            DetailAction("seat", _("Kursi kembali") if guest.sits else _("Beri kursi prioritas"), "armchair")
        ]

    @staticmethod
    def _about_devices(card: CareCard, gone: str) -> list[DetailAction]:
        none = gone or ("" if any(free_devices(card)) else _("Tidak ada alat bantu yang tersedia."))
        lend = DetailAction("lend", _("Pinjamkan alat"), "accessibility", why=none)
        back = DetailAction("take_back", _("Alat kembali"), "undo-2")
        return [lend, back] if lent_to(card) else [lend]

    def _send(self, command: Command, told: str) -> None:
        self._host.perform(command, told=told)

    def _acknowledge(self, card: CareCard) -> None:
        for alert in card.alerts:
            self._send(AcknowledgeAlert(alert_id=alert.id), _("Tercatat: Anda yang menangani."))

    def _escort(self, card: CareCard) -> None:
        leg = next_leg(card)
        if leg is not None:
            start, goal = _places(leg)
            command = BeginEscort(visit_id=card.line.visit_id, leg=leg, from_place=start, to_place=goal)
            self._send(command, _("Pendampingan dimulai."))

    def _arrived(self, card: CareCard) -> None:
        escort = under_way(card)
        if escort is not None:
            self._send(EndEscort(escort_id=escort.id), _("Pendampingan selesai."))

    def _alone(self, card: CareCard) -> None:
        leg = next_leg(card)
        if leg is not None:
            self._send(DeclineEscort(visit_id=card.line.visit_id, leg=leg), _("Keinginan tamu tercatat."))

    def _seat(self, card: CareCard) -> None:
        guest = card.seats.guest(card.line.visit_id)
        if guest is not None and guest.sits:
            self._send(GiveSeatBack(visit_id=guest.visit_id), _("Kursi prioritas kembali."))
        elif guest is not None:
            self._send(TakeSeat(visit_id=guest.visit_id), _("Kursi prioritas diberikan."))

    def _lend(self, card: CareCard) -> None:
        def chosen(device: object) -> None:
            command = LendDevice(device_id=int(str(device)), visit_id=card.line.visit_id)
            self._send(command, _("{label} dipinjamkan."))

        title = _("Pinjamkan alat bantu")
        dialogs.choose(self._host.window, self._host.theme, title, list(free_devices(card)), chosen)

    def _take_back(self, card: CareCard) -> None:
        options: list[tuple[str, object]] = []
        asks: list[Command] = []
        for device in lent_to(card):
            for words, condition in (
                (_("{label}, baik"), Condition.GOOD),
                (_("{label}, rusak"), Condition.BROKEN),
            ):
                options.append((words.format(label=device.label), len(asks)))
                asks.append(ReturnDevice(loan_id=device.loan_id or 0, condition=condition))

        def chosen(place: object) -> None:
            self._send(asks[int(str(place))], _("Alat kembali tercatat."))

        title = _("Alat mana yang kembali?")
        dialogs.choose(self._host.window, self._host.theme, title, options, chosen)

    def _security(self, card: CareCard) -> None:
        counter = self._host.counter
        place = "" if counter is None else _("Loket {n}").format(n=counter)
        command = CallSecurity(visit_id=card.line.visit_id, place=place)
        self._send(command, _("Petugas keamanan dipanggil."))

    def _again(self, card: CareCard) -> None:
        command = ComeForResult(visit_id=card.line.visit_id)
        self._send(command, _("Kedatangan kedua tercatat."))


def _places(leg: Leg) -> tuple[str, str]:
    """From where to where (POS DKI 2, 4 and 10)."""
    return {
        Leg.IN: (_("pintu masuk"), _("ULT")),
        Leg.TO_COUNTER: (_("ruang tunggu"), _("loket prioritas")),
        Leg.OUT: (_("loket"), _("pintu keluar")),
    }[leg]
