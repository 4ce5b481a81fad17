"""A day of an office in windows on one clock: kiosk, paper, counters and lobby TV agree at each minute.

The hours, who came and who was called are the script's own; nothing here asks the program what is true.
"""

import re
from dataclasses import dataclass, field
from functools import partial

import pytest
from PySide6.QtCore import Qt

from tests.journeys.windows.conftest import OpenHouse
from tests.journeys.windows.desk import OfficerWindow
from tests.journeys.windows.house import JourneyOffice
from tests.ui.conftest import Picture
from ult_desktop.core.access.roles import Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.commands import CloseDay, IssueTicket
from ult_desktop.core.queue.lobby import LobbyState
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
from ult_desktop.ui.counter.queue.side_panel import TicketModel
from ult_desktop.ui.office_link.link import OfficeLink

F2, F4, F9 = Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F9
SPANS = (("07.30", "12.00"), ("13.00", "16.00"))
KIOSK = "KIOS-1"
SERVICE = "Informasi & Konsultasi"
CALLED, SERVED = "dipanggil", "sedang dilayani"


def state_of(clock: str, *, serving: bool) -> LobbyState:
    """The state of the lobby by the hours on the office's door."""
    if any(opens <= clock < closes for opens, closes in SPANS):
        return LobbyState.OPEN
    if clock < SPANS[0][0]:
        return LobbyState.BEFORE
    if clock < SPANS[-1][0]:
        return LobbyState.BREAK
    return LobbyState.ENDING if serving else LobbyState.CLOSED


@dataclass
class Script:
    """The truth: who waits, in the order of coming, whom each counter has, and the calls, newest first.

    `came` are all numbers in the order of coming, `apart` those that the office does not know yet.
    """

    waiting: list[str] = field(default_factory=list)
    at: dict[int, tuple[str, str]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)

    def come(self, label: str, *, apart: bool = False) -> None:
        self.came.append(label)
        (self.apart if apart else self.waiting).append(label)

    def hand_in(self) -> None:
        """The office hears of the numbers that were given apart from it; each stands where it came."""
        self.waiting = sorted((*self.waiting, *self.apart), key=self.came.index)
        self.apart = []

    def call(self, counter: int) -> None:
        label = self.waiting.pop(0)
        self.at[counter] = (label, CALLED)
        self.calls = [label, *(each for each in self.calls if each != label)]


class MovingDay:
    """The windows of the day, and the hands of its script."""

    def __init__(self, house: JourneyOffice) -> None:
        self.house, self.script, self.serving_over = house, Script(), False
        self.kiosk = house.lobby
        self.tv = house.television()
        self.desks: dict[int, OfficerWindow] = {}
        self.stations: dict[int, str] = {}
        self.cut: set[str] = set()

    @property
    def clock(self) -> str:
        return f"{self.house.now():%H.%M}"

    def sit_down(self, counter: int, officer: str) -> None:
        self.desks[counter] = self.house.desk_of(officer, f"Loket {counter}")
        self.stations[counter] = f"pc-{officer.replace(' ', '-').lower()}"

    def pull(self, station: str, link: OfficeLink) -> None:
        """The cable of one station: it comes to know that, and all others go on."""
        self.cut.add(station)
        self.house.pull(station)
        self.tv.wait(lambda: link.monitor.health.share is Connection.OFFLINE)

    def plug_in(self, station: str, link: OfficeLink) -> None:
        self.house.plug_in(station)
        self.tv.wait(lambda: link.monitor.health.share is Connection.ONLINE)
        self.cut.remove(station)

    @property
    def online(self) -> dict[int, OfficerWindow]:
        return {each: desk for each, desk in self.desks.items() if self.stations[each] not in self.cut}

    def come(self) -> None:
        """A visitor takes a number at another kiosk."""
        issued = self.house.bureau.at_kiosk(IssueTicket(service_id=self.house.bureau.service["A"]))
        self.script.come(issued.ticket.label)

    def touch(self, picture: Picture) -> None:
        """A visitor takes a number here: the page and the paper say who is before them."""
        before = len(self.script.waiting)
        label = self.kiosk.take_number(SERVICE, picture=picture)
        paper = next(each for each in self.kiosk.printing.papers if label in each)
        apart = KIOSK in self.cut
        assert (f"Menunggu di depan Anda: {before}" in paper) is not apart
        assert ("Menunggu di depan Anda" in paper) is not apart
        self.script.come(label, apart=apart)

    def call(self, counter: int) -> None:
        self.script.call(counter)
        self._key(counter, F2)

    def receive(self, counter: int) -> None:
        self.script.at[counter] = (self.script.at[counter][0], SERVED)
        self._key(counter, F4)

    def finish(self, counter: int) -> None:
        del self.script.at[counter]
        self._key(counter, F9, F9)

    def _key(self, counter: int, *keys: Qt.Key) -> None:
        for key in keys:
            self.desks[counter].key(key)

    def go_to(self, clock: str) -> None:
        """Each minute until then, with what every window says at each."""
        while self.clock < clock:
            self.house.later(1)
            self.compare()

    def compare(self) -> None:
        serving = bool(self.desks) and bool(self.script.at or self.script.waiting)
        state = state_of(self.clock, serving=serving and not self.serving_over)
        self.tv.wait(lambda: self.tv.screen.lobby.state is state)
        self._compare_clocks()
        self._compare_kiosk(state)
        if state is LobbyState.OPEN:
            self._compare_queue()
            self._compare_table()
        self._compare_counters()
        if state is not LobbyState.CLOSED:
            self._compare_lines()

    def look(self, name: str, picture: Picture) -> None:
        """Pictures of all windows at this minute, to be looked at side by side."""
        for which, window in (("kios", self.kiosk), ("tv", self.tv), *self.desks.items()):
            picture(window.window, f"hari-{name}-{which}")

    def _compare_clocks(self) -> None:
        clocks = [self.kiosk.shell.head.clock, self.tv.screen.lobby.header.clock]
        clocks += [desk.counter.frame.status.clock for desk in self.desks.values()]
        self.tv.wait(lambda: {clock.time_label.text().split()[0] for clock in clocks} == {self.clock})

    def _compare_kiosk(self, state: LobbyState) -> None:
        shell = self.kiosk.shell
        if state is LobbyState.OPEN:
            self.kiosk.on(shell.home)
            return
        self.kiosk.on(shell.notice)
        title = "Istirahat sampai 13.00" if state is LobbyState.BREAK else "Layanan sedang tutup"
        self.kiosk.wait(lambda: shell.notice.title.text() == title)
        if state is LobbyState.BREAK:
            assert title in self.tv.screen.lobby.stage.media.slide.welcome.text()

    def _compare_queue(self) -> None:
        """Whoever comes now has all who wait before them: so say the cards and, of its services, the TV."""

        def agrees() -> bool:
            cards = [queue_of(card.face.status[0]) for card in self.kiosk.cards()]
            before = {words for words in cards if isinstance(words, int)}
            return before == (set() if KIOSK in self.cut else {len(self.script.waiting)})

        self.kiosk.wait(agrees)

    def _compare_table(self) -> None:
        """The TV says of each open service what a kiosk that sees the queue says."""

        def agrees() -> bool:
            listed = {queue_of(words) for words in self.tv.queues.values()}
            return {words for words in listed if isinstance(words, int)} <= {len(self.script.waiting)}

        self.tv.wait(agrees)

    def _compare_counters(self) -> None:
        """Each counter has whom it called, and sees whom the other one has."""
        for number, desk in self.online.items():
            others = {" ".join(who) for each, who in self.script.at.items() if each != number}
            desk.wait(partial(self._knows, desk, self.script.at.get(number), others))
        for number in self.desks.keys() - self.online.keys():
            desk = self.desks[number]
            assert self._knows(desk, self.script.at.get(number), set()), "its own visitor stays in sight"
            assert "terputus" in desk.counter.frame.banner.words.text().casefold()

    def _compare_lines(self) -> None:
        """The line of each counter, the numbers that the TV says are next, and its calls, newest first."""
        waiting = self.script.waiting
        for desk in self.online.values():
            desk.wait(partial(self._lists, desk, waiting))
        if self.desks:
            self.tv.wait(
                lambda: (
                    set(map(tuple, self.tv.upcoming.values())) == ({tuple(waiting[:3])} if waiting else set())
                )
            )
        here = [label for label, _state in self.script.at.values()]
        calls = [label for label in self.script.calls if label in here]
        self.tv.wait(lambda: [each for each in self.tv.calls if each in here] == calls)

    def _knows(self, desk: OfficerWindow, mine: tuple[str, str] | None, others: set[str]) -> bool:
        current = desk.current
        has = None if current is None else (current.label, current.state.word)
        return has == mine and others <= {tile.visit.text() for tile in page_of(desk).queue.others.tiles}

    def _lists(self, desk: OfficerWindow, waiting: list[str]) -> bool:
        return labels(page_of(desk).queue.side.waiting.model) == waiting


def page_of(desk: OfficerWindow) -> CounterWorkspace:
    assert isinstance(desk.workspace, CounterWorkspace)
    return desk.workspace


def labels(model: TicketModel) -> list[str]:
    """The numbers of a list, from the top."""
    rows = (model.row_at(model.index(number)) for number in range(model.rowCount()))
    return [row.ticket.label for row in rows if row is not None]


def queue_of(words: str) -> int | str:
    """Return how many are before whoever comes now; the words themselves where no number is given."""
    found = re.fullmatch(r"(\d+) antrean", words)
    return int(found[1]) if found else 0 if words == "Tidak ada antrean" else words


@pytest.mark.slow
def test_every_window_says_the_same_at_each_minute_of_a_day(
    open_house: OpenHouse, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = open_house("bpmp-kaltara")
    monkeypatch.setattr("ult_desktop.db.store.clock.steady_ms", lambda: house.bureau.clock.now)
    house.bureau.set_time("2026-11-23 07:27")
    day = MovingDay(house)
    day.sit_down(1, "Siti Rahmawati")
    day.sit_down(2, "Budi Santoso")
    day.compare()
    day.look("sebelum-buka", picture)
    day.go_to("07.32")
    open_the_morning(day, picture)
    rush(day, picture)
    cut_the_kiosk(day, picture)
    cut_a_counter(day, picture)
    go_to_lunch(day, picture)
    close(day, picture)


def open_the_morning(day: MovingDay, picture: Picture) -> None:
    """The first visitors are called at once; nobody waits, then one does."""
    day.touch(picture)
    day.compare()
    day.call(2)
    day.compare()
    day.touch(picture)
    day.come()
    day.call(1)
    day.compare()
    day.look("dua-panggilan", picture)
    day.go_to("07.33")
    day.receive(2)
    day.receive(1)
    day.compare()


def rush(day: MovingDay, picture: Picture) -> None:
    """Eight come within two minutes; both counters serve one after the other."""
    for minute in range(34, 36):
        day.go_to(f"07.{minute}")
        for _visitor in range(4):
            day.come()
        day.compare()
    day.look("ramai", picture)
    for minute in range(36, 39):
        day.go_to(f"07.{minute}")
        for counter in (1, 2):
            day.finish(counter)
            day.compare()
            day.call(counter)
            day.compare()
            day.receive(counter)
        day.compare()
    day.touch(picture)
    day.compare()


def cut_the_kiosk(day: MovingDay, picture: Picture) -> None:
    """Cut the cable: the kiosk gives numbers of its own; back, each stands where its visitor came."""
    day.go_to("07.40")
    day.pull(KIOSK, day.kiosk.link)
    day.compare()
    day.go_to("07.41")
    day.touch(picture)
    day.go_to("07.42")
    day.come()
    day.go_to("07.43")
    day.touch(picture)
    day.finish(1)
    day.call(1)
    day.compare()
    day.look("kios-terputus", picture)
    day.receive(1)
    day.go_to("07.44")
    day.come()
    day.plug_in(KIOSK, day.kiosk.link)
    day.script.hand_in()
    day.compare()
    day.go_to("07.46")
    day.look("kios-kembali", picture)


def cut_a_counter(day: MovingDay, picture: Picture) -> None:
    """Its visitor stays in sight, nothing is done there, and the other counter goes on."""
    link = day.desks[2].counter._link
    day.pull(day.stations[2], link)
    day.compare()
    day.desks[2].key(F9)
    assert "terputus" in day.desks[2].counter.frame.toast.label.text().casefold()
    day.go_to("07.48")
    day.finish(1)
    day.call(1)
    day.compare()
    day.look("loket-terputus", picture)
    day.receive(1)
    day.go_to("07.50")
    day.plug_in(day.stations[2], link)
    day.compare()
    day.finish(2)
    day.compare()
    day.call(2)
    day.receive(2)
    day.go_to("07.52")
    day.look("loket-kembali", picture)


def go_to_lunch(day: MovingDay, picture: Picture) -> None:
    """The break begins with somebody at each counter and three who wait; it ends by the clock alone."""
    day.house.bureau.set_time("2026-11-23 11:57")
    day.house.later(1)
    day.go_to("12.02")
    day.look("istirahat", picture)
    day.finish(1)
    day.finish(2)
    day.compare()
    day.house.bureau.set_time("2026-11-23 12:57")
    day.house.later(1)
    day.go_to("13.02")
    day.look("sesudah-istirahat", picture)


def close(day: MovingDay, picture: Picture) -> None:
    """Numbers that wait at four are still served; then the day is closed, and each window says so."""
    day.house.bureau.set_time("2026-11-23 15:57")
    day.house.later(1)
    day.call(1)
    day.receive(1)
    day.go_to("16.02")
    day.look("tutup-masih-melayani", picture)
    day.finish(1)
    while day.script.waiting:
        day.call(2)
        day.compare()
        day.receive(2)
        day.finish(2)
    day.compare()
    day.house.bureau.do(Role.HEAD, CloseDay(reason="Jam layanan selesai"))
    day.go_to("16.05")
    day.look("sesudah-tutup", picture)
