"""The acts for a vulnerable visitor, and the words when one is closed."""

from functools import partial

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care import commands, declarations
from ult_desktop.core.command import Command
from ult_desktop.db.care.declarations import CareCard
from ult_desktop.ui.counter.care.care_words import free_devices, lent_to, next_leg, under_way
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction


class CareActs:
    """The acts of an officer for one vulnerable visitor."""

    def __init__(self, host: PageHost) -> None:
        self._host = host

    def actions(self, card: CareCard) -> list[DetailAction]:
        """Return the buttons for a visitor, the next act first."""
        gone = _("Kunjungan ini sudah selesai.") if card.line.ended_at is not None else ""
        wanted = [
            *self._about_alerts(card),
            *self._about_ways(card, gone),
            *self._about_seat(card),
            *self._about_devices(card, gone),
        ]
        if not self._host.actor.may(Permission.RECEIVE_VISITORS):
            return wanted
        call = partial(self._security, card)
        wanted.append(DetailAction("security", _("Panggil keamanan"), "shield", call, why=gone))
        if card.line.day != self._host.now().date().isoformat() and card.follows is None:
            again = partial(self._again, card)
            text = _("Datang lagi untuk hasil")
            wanted.append(DetailAction("again", text, "rotate-ccw", again, why=gone))
        return wanted

    def _about_alerts(self, card: CareCard) -> list[DetailAction]:
        take = partial(self._acknowledge, card)
        mine = DetailAction("acknowledge", _("Saya tangani"), "check", take, "primary")
        return [mine] if card.alerts else []

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
                self._send, commands.GiveSeatBack(visit_id=guest.visit_id), _("Kursi prioritas kembali.")
            )
            return [DetailAction("seat", _("Kursi kembali"), "armchair", back)]
        take = partial(
            self._send, commands.TakeSeat(visit_id=guest.visit_id), _("Kursi prioritas diberikan.")
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

    def _send(self, command: Command, told: str) -> None:
        self._host.perform(command, told=told)

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
        asks: list[Command] = []
        for device in lent_to(card):
            for words, condition in (
                (_("{label}, baik"), declarations.Condition.GOOD),
                (_("{label}, rusak"), declarations.Condition.BROKEN),
            ):
                options.append((words.format(label=device.label), len(asks)))
                asks.append(commands.ReturnDevice(loan_id=device.loan_id or 0, condition=condition))

        def chosen(place: object) -> None:
            self._send(asks[int(str(place))], _("Alat kembali tercatat."))

        title = _("Alat mana yang kembali?")
        dialogs.choose(self._host.window, self._host.theme, title, options, chosen)

    def _security(self, card: CareCard) -> None:
        counter = self._host.counter
        place = "" if counter is None else _("Loket {n}").format(n=counter)
        command = commands.CallSecurity(visit_id=card.line.visit_id, place=place)
        self._send(command, _("Petugas keamanan dipanggil."))

    def _again(self, card: CareCard) -> None:
        command = commands.ComeForResult(visit_id=card.line.visit_id)
        self._send(command, _("Kedatangan kedua tercatat."))


def _places(leg: declarations.Leg) -> tuple[str, str]:
    """Return the start and the end of a part of the way (POS DKI 2, 4 and 10)."""
    return {
        declarations.Leg.IN: (_("pintu masuk"), _("ULT")),
        declarations.Leg.TO_COUNTER: (_("ruang tunggu"), _("loket prioritas")),
        declarations.Leg.OUT: (_("loket"), _("pintu keluar")),
    }[leg]
